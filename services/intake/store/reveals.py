"""The tables `reveal_asked` and `reveal_approved`: who may see a case that is not with them."""

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from shared.divisions import division_of
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReveal:
    """A reveal that was asked for; who approved it, and until when it is valid."""

    reveal_id: str
    case_id: str
    asked_by: str
    role: str
    reason_code: str
    purpose_digest: str
    asked_at: datetime
    approved_by: str | None = None
    shown_until: datetime | None = None


_ASK: LiteralString = """
    insert into reveal_asked (division_code, reveal_id, case_id, asked_by, role, reason_code,
        purpose_digest, asked_at)
    values (%(division)s, %(reveal_id)s, %(case_id)s, %(asked_by)s, %(role)s, %(reason_code)s,
        %(purpose_digest)s, %(asked_at)s)
"""
_APPROVE: LiteralString = """
    insert into reveal_approved (division_code, reveal_id, approved_by, shown_until)
    values (%(division)s, %(reveal_id)s, %(approved_by)s, %(shown_until)s)
    on conflict do nothing
"""
_OF_CASE: LiteralString = """
    select reveal_id, case_id, asked_by, role, reason_code, purpose_digest, asked_at, approved_by,
        shown_until
    from reveal_asked left join reveal_approved using (division_code, reveal_id)
    where division_code = %(division)s and case_id = %(case_id)s
    order by reveal_id
"""


def ask(reveal: AskedReveal) -> Statement:
    """What writes that somebody asked."""
    named = {name: getattr(reveal, name) for name in AskedReveal.__dataclass_fields__}
    return Statement(_ASK, named | {"division": division_of(reveal.case_id)})


def approve(reveal_id: str, *, approved_by: str, shown_until: datetime) -> Statement:
    """What writes that another post approved."""
    named = {"approved_by": approved_by, "shown_until": shown_until}
    return Statement(
        _APPROVE, {"division": division_of(reveal_id), "reveal_id": reveal_id} | named
    )


async def of_case(pool: Pool, case_id: str) -> list[AskedReveal]:
    """The reveals of a case in the order in which they were asked for."""
    division = division_of(case_id)
    async with transaction(pool, division) as connection:
        found = await rows(connection, _OF_CASE, {"division": division, "case_id": case_id})
    return [AskedReveal(**row) for row in found]


async def is_shown(pool: Pool, case_id: str, asked_by: str, *, at: datetime) -> bool:
    """Whether a reveal that this post asked for is approved and not over."""
    found = await of_case(pool, case_id)
    return any(
        each.asked_by == asked_by and each.shown_until is not None and at < each.shown_until
        for each in found
    )
