"""The papers of a dispute in their order, written with their events.

The content of a paper is in the vault under its digest.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import LiteralString

from psycopg.rows import class_row

from services.mediation.domain.mediation_file import MediationFile
from shared.contracts.event import Event
from shared.contracts.mediation import MediationPaperFilledIn, MediationPaperVoided
from shared.divisions import division_of
from shared.handling import Written
from shared.ledger import Statement
from shared.postgres import Pool, transaction

_KEEP: LiteralString = """
    insert into mediation_paper (division_code, mediation_id, form, digest, number, dated)
    values (%(division)s, %(mediation_id)s, %(form)s, %(digest)s, %(number)s, %(dated)s)
    on conflict (division_code, mediation_id, form, digest)
        do update set place = default, voided = false
"""
_TAKE_BACK: LiteralString = """
    update mediation_paper set voided = true
    where division_code = %(division)s and mediation_id = %(mediation_id)s
      and form = %(form)s and digest = %(digest)s
"""
_PAPERS: LiteralString = """
    select form, digest, number, dated from (
        select *,
               digest = %(signed)s as is_signed,
               form = any(%(of_an_end)s) and bool_or(digest = %(signed)s) over () as was_signed,
               place = max(place) over (partition by form) as is_last
        from mediation_paper
        where division_code = %(division)s and mediation_id = %(mediation_id)s
          and not voided
    ) as paper
    where form = any(%(several)s) or case when was_signed then is_signed else is_last end
    order by place
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPaper:
    """A recorded paper: form, digest, number and day."""

    form: str
    digest: str
    number: str | None
    dated: date


async def papers_of(
    pool: Pool,
    scope: str,
    mediation_id: str,
    *,
    several: Collection[str],
    of_an_end: Collection[str],
    signed: str | None,
) -> list[KeptPaper]:
    """The current papers: of each form the last one, and all of the forms in `several`.

    Once a paper of the forms `of_an_end` is signed, only that one is current, by its digest: a
    dispute has one agreement, written or oral, and no notice of another end.
    """
    named = {
        "division": division_of(mediation_id),
        "mediation_id": mediation_id,
        "several": sorted(several),
        "of_an_end": sorted(of_an_end),
        "signed": signed,
    }
    async with (
        transaction(pool, scope) as connection,
        connection.cursor(row_factory=class_row(KeptPaper)) as cursor,
    ):
        await cursor.execute(_PAPERS, named)
        return await cursor.fetchall()


def view_writes(division: str, written: Sequence[Written[MediationFile]]) -> list[Statement]:
    """Writes of the papers that were filled in or voided, in the order of these events.

    A paper that is filled in again after it was replaced or voided is the last again.
    """
    return [
        statement
        for each in written
        for event in each.events
        for statement in _of(division, event)
    ]


def _of(division: str, event: Event) -> Iterator[Statement]:
    match event:
        case MediationPaperFilledIn():
            further = {"number": event.number, "dated": event.dated}
            yield Statement(_KEEP, _named(division, event) | further)
        case MediationPaperVoided():
            yield Statement(_TAKE_BACK, _named(division, event))
        case _:
            return


def _named(
    division: str, paper: MediationPaperFilledIn | MediationPaperVoided
) -> dict[str, object]:
    return {
        "division": division,
        "mediation_id": paper.mediation_id,
        "form": paper.form,
        "digest": paper.digest,
    }
