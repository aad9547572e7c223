"""Deletes attachments that have had their time, as the schema's owner: part of `concord purge`."""

from collections.abc import Collection
from typing import Any, LiteralString

import psycopg

from shared.attachments.limits import KEPT_UNNAMED_HOURS

_KEEPS_ATTACHMENTS: LiteralString = "select to_regclass('vault_attachment') is not null"
_DIVISIONS: LiteralString = """
    select distinct division_code from vault_attachment order by division_code
"""
_OF_ERASED: LiteralString = """
    with gone as (
        delete from vault_attachment as attachment using vault_erased as erased
        where attachment.division_code = %(division)s
          and erased.division_code = %(division)s
          and attachment.person_ref = erased.person_ref
        returning attachment.stream_id, attachment.digest),
    parts as (
        delete from vault_attachment_part as part using gone
        where part.division_code = %(division)s and part.stream_id = gone.stream_id
          and part.digest = gone.digest)
    select count(*) from gone
"""
# An append holds this lock from before it checks that an upload is there until its event is
# committed: what is deleted after it was taken, no event names.
_LOCK_LEDGER: LiteralString = "select from ledger where division_code = %(division)s for update"
_UNNAMED: LiteralString = """
    with gone as (
        delete from vault_attachment as attachment
        where division_code = %(division)s
          and uploaded_at < clock_timestamp() - make_interval(hours => %(hours)s)
          and not exists (
              select from event
              where event.division_code = attachment.division_code
                and event.stream_id = attachment.stream_id
                and position(attachment.digest in event.data) > 0)
        returning attachment.stream_id, attachment.digest),
    parts as (
        delete from vault_attachment_part as part using gone
        where part.division_code = %(division)s and part.stream_id = gone.stream_id
          and part.digest = gone.digest)
    select count(*) from gone
"""


def delete_attachments(
    connection: psycopg.Connection[Any], *, without: Collection[str] = ()
) -> tuple[int, int]:
    """How many were deleted of erased files, and how many uploads that no event named.

    The connection has the county's scope. `without` are divisions whose erased files are left.
    """
    of_erased, unnamed = 0, 0
    if not _first(connection.execute(_KEEPS_ATTACHMENTS)):
        return of_erased, unnamed
    divisions = [str(row[0]) for row in connection.execute(_DIVISIONS).fetchall()]
    connection.commit()
    for division in divisions:
        of = {"division": division, "hours": KEPT_UNNAMED_HOURS}
        if division not in without:
            of_erased += _first(connection.execute(_OF_ERASED, of))
            connection.commit()
        connection.execute(_LOCK_LEDGER, of)
        unnamed += _first(connection.execute(_UNNAMED, of))
        connection.commit()
    return of_erased, unnamed


def _first(cursor: psycopg.Cursor[Any]) -> int:
    [found] = cursor.fetchall()
    return int(found[0])
