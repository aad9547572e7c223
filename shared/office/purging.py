"""Deletes what has had its time: erased files with their attachments, corrected texts, uploads that
nothing named, drafts, old receipts; run by `concord purge`.

It runs once a day as the owner of the schema. The service's own role can neither change nor delete
files and receipts: nobody who takes the service over can have a command executed twice, or destroy
the vault unseen. Before files of a township go, their number is compared with the erasures in its
ledger.

Receipts of requests end after thirty days, by the clock as long as it is not more than seven days
beyond the newest record: one that ran ahead ends none before its time. Receipts of follow-ups and due rows never end, since
their events can be read again at any time.

Exit code 1: more files are closed than the ledger's erasures say, so they were left; 2: `--days`
is no number of days; 3: the database is away.
"""

import argparse
import sys
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import LiteralString

import psycopg

from shared.attachments.purging import delete_attachments
from shared.contracts.vault import PersonErased
from shared.divisions import CountyCode
from shared.drafts.purging import delete_drafts
from shared.http import set_up_logs
from shared.http.idempotency import PLACE_FORM
from shared.migrating import OwnerSettings
from shared.postgres import SET_SCOPE
from shared.settings import read_settings

KEPT_DAYS = 30
"""For how many days a request with an idempotency key can be repeated."""
DONE, NOT_IN_LEDGER, NOT_REACHABLE = 0, 1, 3

SET_SCOPE_FOR_SESSION: LiteralString = "select set_config('concord.scope', %s, false)"
_AT_ONCE = 10_000
_EXPIRE: LiteralString = """
    delete from command_receipt where ctid = any(array(
        select ctid from command_receipt
        where recorded_at < least(clock_timestamp(), (
            select max(head_recorded_at) + interval '7 days' from ledger where head_seq > 0)) - %(kept)s::interval
          and actor_ref not like 'policy:%%' and route not like 'ON %%' and route not like 'DUE %%'
        limit %(at_once)s))
"""

_COUNTED: LiteralString = """
    select division_code as division, count(*) as closed, (
        select coalesce(sum((data::json ->> 'files')::bigint), 0) from event
        where event.division_code = erased.division_code and kind = %(kind)s) as by_ledger
    from vault_erased as erased group by division_code order by division_code
"""
_FILES: LiteralString = """
    with entries as (
        delete from vault_entry using vault_erased as erased
        where vault_entry.division_code = %(division)s
          and erased.division_code = %(division)s
          and vault_entry.person_ref = erased.person_ref)
    delete from vault_person using vault_erased as erased
    where vault_person.division_code = %(division)s and erased.division_code = %(division)s
      and vault_person.person_ref = erased.person_ref
"""
_REPLACED: LiteralString = """
    delete from vault_entry using vault_replaced as replaced
    where vault_entry.division_code = replaced.division_code
      and vault_entry.person_ref = replaced.person_ref
      and vault_entry.kind = replaced.kind and vault_entry.digest = replaced.digest
      and exists (
          select from event as earlier join event as later using (division_code, stream_id)
          where earlier.division_code = replaced.division_code
            and earlier.stream_id = replaced.stream_id and earlier.version < later.version
            and position(replaced.digest in earlier.data) > 0
            and position(replaced.replaced_by in later.data) > 0)
"""
"""Entries whose words were corrected, where the ledger names both digests in that order."""
_RECEIPTS_OF_FILES: LiteralString = """
    delete from command_receipt as receipt using vault_erased as erased, event
    where erased.division_code = %(division)s and event.division_code = %(division)s
      and event.stream_id = erased.person_ref and receipt.division_code = %(division)s
      and receipt.last_seq = event.seq
      and receipt.actor_ref not like 'policy:%%'
      and receipt.route not like 'POST /townships/%%'
      and substring(receipt.response for length(%(place_form)s)) <> %(place_form)s
"""
"""Where a record has a file of its own, receipts of earlier releases hold texts of it. Those of the
request that began it stay, or a repeat would begin it again. Receipts of this release hold no text
and stay."""


class PurgeSettings(OwnerSettings):
    """The owner's address, and the county that is served."""

    county: CountyCode


def purge_command(service: str, *, also: Sequence[LiteralString] = ()) -> int:
    """Run the command and return the exit code.

    `also` are the service's own deletions of what follows from closed files and replaced texts.
    """
    days = _asked()
    settings = read_settings(PurgeSettings, prefix=f"{service.upper()}_")
    set_up_logs(settings.log_format, service=service, stream=sys.stderr)
    url = settings.owner_database_url.get_secret_value()
    try:
        files, left = delete_files(url, settings.county)
        replaced = delete_replaced(url, settings.county)
        delete_what_follows(url, settings.county, also)
        attachments, unnamed = delete_attached(url, settings.county, left)
        drafts = delete_drafts(url, settings.county)
        ended = end_receipts(url, settings.county, days)
    except psycopg.OperationalError:
        sys.stderr.write(
            f"The database of {service} does not answer; `concord status` says what runs.\n"
        )
        return NOT_REACHABLE
    sys.stdout.write(
        f"{service}: files of erased persons deleted: {files}, with attachments: {attachments}; "
        f"corrected texts deleted: {replaced}; uploads deleted that nothing named: {unnamed}; "
        f"drafts deleted: {drafts}; "
        f"receipts ended, of requests older than {days} days: {ended}.\n"
    )
    for division in left:
        sys.stderr.write(
            f"{service}/{division}: more files are closed than the ledger's erasures say; they "
            "were left. `concord verify --live` says more.\n"
        )
    return NOT_IN_LEDGER if left else DONE


def _asked() -> int:
    parser = argparse.ArgumentParser(prog="concord purge", description=__doc__)
    parser.add_argument("--days", type=int, choices=range(KEPT_DAYS + 1), default=KEPT_DAYS)
    days: int = parser.parse_args().days
    return days


def delete_files(owner_url: str, county: str) -> tuple[int, list[str]]:
    """How many keys were deleted with their entries, and the townships whose files were left."""
    deleted, left = 0, []
    with psycopg.connect(owner_url) as connection:
        connection.execute(SET_SCOPE_FOR_SESSION, (county,))
        counted = connection.execute(_COUNTED, {"kind": PersonErased.kind}).fetchall()
        for division, closed, by_ledger in counted:
            if closed > by_ledger:
                left.append(division)
                continue
            deleted += connection.execute(_FILES, {"division": division}).rowcount
            connection.execute(
                _RECEIPTS_OF_FILES, {"division": division, "place_form": PLACE_FORM}
            )
            connection.commit()
    return deleted, left


def delete_replaced(owner_url: str, county: str) -> int:
    """How many entries were deleted whose words had been corrected."""
    with psycopg.connect(owner_url) as connection:
        connection.execute(SET_SCOPE_FOR_SESSION, (county,))
        return connection.execute(_REPLACED).rowcount


def delete_what_follows(owner_url: str, county: str, also: Sequence[LiteralString]) -> None:
    """Run a service's own deletions; nothing reads what they delete."""
    with psycopg.connect(owner_url) as connection:
        connection.execute(SET_SCOPE_FOR_SESSION, (county,))
        for statement in also:
            connection.execute(statement)


def delete_attached(owner_url: str, county: str, left: Collection[str] = ()) -> tuple[int, int]:
    """How many attachments were deleted with erased files, and how many uploads that nothing named.

    `left` are the townships whose erased files were left.
    """
    with psycopg.connect(owner_url) as connection:
        connection.execute(SET_SCOPE_FOR_SESSION, (county,))
        return delete_attachments(connection, without=left)


def end_receipts(owner_url: str, county: str, days: int = KEPT_DAYS) -> int:
    """How many receipts ended; in short transactions, while commands go on."""
    ended, named = 0, {"kept": timedelta(days=days), "at_once": _AT_ONCE}
    with psycopg.connect(owner_url) as connection:
        while True:
            with connection.transaction():
                connection.execute(SET_SCOPE, (county,))
                now = connection.execute(_EXPIRE, named).rowcount
            ended += now
            if now < _AT_ONCE:
                return ended
