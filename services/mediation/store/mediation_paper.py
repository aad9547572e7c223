"""The papers of a dispute in their order, written with their events.

What is on a paper lies in the vault under its digest.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import LiteralString

import orjson
from psycopg.rows import class_row

from services.mediation.domain.mediation_file import MediationFile
from shared.contracts.mediation import MediationPaperFilledIn
from shared.divisions import division_of
from shared.handling import Written
from shared.ledger import Statement
from shared.postgres import Pool, transaction

_KEEP: LiteralString = """
    insert into mediation_paper (division_code, mediation_id, form, digest, number, dated)
    select %(division)s, mediation_id, form, digest, number, dated
    from json_to_recordset(%(papers)s::json) as filled
        (mediation_id text, form text, digest text, number text, dated date)
    on conflict (division_code, mediation_id, form, digest) do update set place = default
"""
_PAPERS: LiteralString = """
    select form, digest, number, dated from (
        select *,
               digest = %(signed)s as is_signed,
               bool_or(digest = %(signed)s) over (partition by form) as has_signed,
               place = max(place) over (partition by form) as is_last
        from mediation_paper
        where division_code = %(division)s and mediation_id = %(mediation_id)s
    ) as paper
    where form = any(%(several)s) or case when has_signed then is_signed else is_last end
    order by place
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPaper:
    """A paper that was filled in: its form, what finds it in the vault, its number and day."""

    form: str
    digest: str
    number: str | None
    dated: date


async def papers_of(
    pool: Pool, scope: str, mediation_id: str, *, several: Collection[str], signed: str | None
) -> list[KeptPaper]:
    """Those that stand: of each form the last one, but all of the forms in `several`.

    Of the form that was signed it is the signed one, by its digest, whatever was filled in after.
    """
    named = {
        "division": division_of(mediation_id),
        "mediation_id": mediation_id,
        "several": sorted(several),
        "signed": signed,
    }
    async with (
        transaction(pool, scope) as connection,
        connection.cursor(row_factory=class_row(KeptPaper)) as cursor,
    ):
        await cursor.execute(_PAPERS, named)
        return await cursor.fetchall()


def beside(division: str, written: Sequence[Written[MediationFile]]) -> list[Statement]:
    """What writes the papers that were filled in; one that was there before is the last again."""
    papers = [
        {
            "mediation_id": event.mediation_id,
            "form": event.form,
            "digest": event.digest,
            "number": event.number,
            "dated": event.dated,
        }
        for each in written
        for event in each.events
        if isinstance(event, MediationPaperFilledIn)
    ]
    if not papers:
        return []
    return [Statement(_KEEP, {"division": division, "papers": orjson.dumps(papers).decode()})]
