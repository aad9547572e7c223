"""The schema of a rebuild, next to the live one, made by this release's migrations."""

import asyncio
from pathlib import Path
from typing import LiteralString

from psycopg import errors

from services.stats.rebuilding.refusals import SchemaOfAnotherRelease
from shared.migrating import migrate
from shared.postgres import Connection

REBUILD_SCHEMA: LiteralString = "rebuild"
RETIRED: LiteralString = "retired"
"""Where the old tables go in the swap, to be dropped after it."""

_REMOVE: LiteralString = f"drop schema if exists {REBUILD_SCHEMA}, {RETIRED} cascade"
_MAKE: LiteralString = f"create schema {REBUILD_SCHEMA}; create schema {RETIRED}"
_RELEASES: LiteralString = f"""
    select (select array_agg(version_num order by version_num) from public.schema_version)
         = (select array_agg(version_num order by version_num) from {REBUILD_SCHEMA}.schema_version)
"""


async def make_anew(
    keeper: Connection, *, owner_url: str, service: str, role: str, versions: Path
) -> None:
    """Empty tables, beside the live ones and shaped as they are; raises SchemaOfAnotherRelease."""
    await remove(keeper)
    await keeper.execute(_MAKE)
    # only that schema is in the path, so that nothing can reach the live tables by mistake
    url = f"{owner_url}{'&' if '?' in owner_url else '?'}options=-csearch_path%3D{REBUILD_SCHEMA}"
    await asyncio.to_thread(migrate, url, service=service, role=role, versions=versions)
    await check_release(keeper)


async def check_release(keeper: Connection) -> None:
    """Raises SchemaOfAnotherRelease unless both schemas are of the same migrations."""
    try:
        row = await (await keeper.execute(_RELEASES)).fetchone()
    except errors.UndefinedTable as fault:
        raise SchemaOfAnotherRelease from fault  # never migrated
    if not (row and row[0]):
        raise SchemaOfAnotherRelease


async def remove(keeper: Connection) -> None:
    """Drop what this rebuild, or one that was killed, leaves behind."""
    await keeper.execute("set client_min_messages = warning")
    await keeper.execute(_REMOVE)
