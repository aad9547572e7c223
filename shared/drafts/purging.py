"""Deletes drafts that were emptied or are older than fourteen days: part of `concord purge`."""

from typing import LiteralString

import psycopg

from shared.drafts.storing import KEPT
from shared.postgres import SET_SCOPE

_DELETE: LiteralString = """
    delete from vault_draft where sealed is null or saved_at <= clock_timestamp() - %(kept)s
"""


def delete_drafts(owner_url: str, county: str) -> int:
    """How many were deleted."""
    with psycopg.connect(owner_url) as connection, connection.transaction():
        connection.execute(SET_SCOPE, (county,))
        return connection.execute(_DELETE, {"kept": KEPT}).rowcount
