"""The papers of a dispute in their order; what is on them lies in the vault under the digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import LiteralString

from psycopg.rows import class_row

from shared.divisions import division_of
from shared.ledger import Statement
from shared.postgres import Pool, transaction

_KEEP: LiteralString = """
    insert into mediation_paper
        (division_code, mediation_id, form, digest, number, dated)
    values
        (%(division)s, %(mediation_id)s, %(form)s, %(digest)s, %(number)s, %(dated)s)
    on conflict (division_code, mediation_id, form, digest) do nothing
"""
_PAPERS: LiteralString = """
    select form, digest, number, dated from mediation_paper
    where division_code = %(division)s and mediation_id = %(mediation_id)s order by place
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPaper:
    """A paper that was filled in: its form, what finds it in the vault, its number and day."""

    form: str
    digest: str
    number: str | None
    dated: date


async def papers_of(pool: Pool, scope: str, mediation_id: str) -> list[KeptPaper]:
    """All that were ever filled in, the first one first."""
    named = {"division": division_of(mediation_id), "mediation_id": mediation_id}
    async with (
        transaction(pool, scope) as connection,
        connection.cursor(row_factory=class_row(KeptPaper)) as cursor,
    ):
        await cursor.execute(_PAPERS, named)
        return await cursor.fetchall()


def standing(
    papers: Sequence[KeptPaper], *, repeated: frozenset[str], signed: str | None
) -> list[KeptPaper]:
    """Of each form the last one, but all of those forms of which there may be several.

    Of the form that was signed it is the signed one, by its digest, whatever was filled in after.
    """
    last = {paper.form: paper for paper in papers}
    last |= {paper.form: paper for paper in papers if paper.digest == signed}
    return [paper for paper in papers if paper.form in repeated or last[paper.form] is paper]


async def keep(
    pool: Pool, scope: str, mediation_id: str, paper: KeptPaper, *, also: Sequence[Statement]
) -> None:
    """Keep a paper and, in the same transaction, what is on it; a paper kept before stays."""
    named = {
        "division": division_of(mediation_id),
        "mediation_id": mediation_id,
        "form": paper.form,
        "digest": paper.digest,
        "number": paper.number,
        "dated": paper.dated,
    }
    async with transaction(pool, scope) as connection:
        for statement in (*also, Statement(_KEEP, named)):
            await connection.execute(statement.query, statement.parameters)
