"""The table `followed_case`: cases as intake publishes them, without a word of what they say.

Accusations and cases of discipline are shown to nobody here. Written in the transaction that moves the
place in intake's ledger.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, LiteralString

from psycopg.rows import class_row

from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Purpose
from shared.contracts.case_handling_codes import FilingFact
from shared.contracts.case_holding import CaseHandedOver, CaseRouted, RecusalRecorded
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDeclined,
    CaseDiverted,
    CaseFiled,
    CaseLinked,
    CaseReopened,
    CaseWithdrawn,
    FilingCorrected,
    FilingVoided,
)
from shared.contracts.transfers import TransferNoted
from shared.divisions import division_of
from shared.due import DueRow
from shared.postgres import Connection, Pool, rows, transaction
from shared.times import china_day

_FILE: LiteralString = """
    insert into followed_case (division_code, case_id, matter_id, category, village_code,
        complained_unit, filed_on, goes_on, accusation, voided, seq)
    values (%(division)s, %(case_id)s, %(matter_id)s, %(category)s, %(village_code)s,
        %(complained_unit)s, %(filed_on)s, true, %(accusation)s, false, %(seq)s)
    on conflict do nothing
"""
_CORRECT: LiteralString = """
    update followed_case set matter_id = %(matter_id)s, seq = %(seq)s,
        category = coalesce(%(category)s, category),
        village_code = case when %(village)s then %(village_code)s else village_code end,
        complained_unit = case when %(complained)s then %(complained_unit)s
            else complained_unit end,
        accusation = coalesce(%(accusation)s, accusation)
    where division_code = %(division)s and case_id = %(case_id)s and seq < %(seq)s
"""
_SEAL: LiteralString = """
    update followed_case set accusation = true, seq = %(seq)s
    where division_code = %(division)s and case_id = %(case_id)s and seq < %(seq)s
"""
_GO_ON: LiteralString = """
    update followed_case set goes_on = %(goes_on)s, voided = voided or %(voided)s, seq = %(seq)s
    where division_code = %(division)s and case_id = %(case_id)s and seq < %(seq)s
"""
_COMPLAIN: LiteralString = """
    update followed_case set complained_unit = %(complained_unit)s, seq = %(seq)s
    where division_code = %(division)s and case_id = %(case_id)s and seq < %(seq)s
"""
_HOLD: LiteralString = """
    update followed_case set held_by = %(held_by)s, seq = %(seq)s
    where division_code = %(division)s and case_id = %(case_id)s and seq < %(seq)s
"""
_RECUSE: LiteralString = """
    update followed_case set recused_posts = array_append(recused_posts, %(post)s), seq = %(seq)s
    where division_code = %(division)s and case_id = %(case_id)s and seq < %(seq)s
"""
_ENDS = (CaseClosed, CaseDeclined, CaseDiverted, CaseLinked, CaseWithdrawn, FilingVoided)
FOLLOWED = (
    CaseFiled,
    FilingCorrected,
    CaseRouted,
    CaseAccepted,
    CaseHandedOver,
    CaseReopened,
    TransferNoted,
    RecusalRecorded,
    *_ENDS,
)
"""The events that change a row."""
_Written = tuple[LiteralString, dict[str, Any]]
_SHOWN: LiteralString = "not accusation and not voided and category <> 'discipline'"
_ONE: LiteralString = f"""
    select case_id, matter_id, category, village_code, filed_on, goes_on from followed_case
    where division_code = %(division)s and case_id = %(case_id)s and {_SHOWN}
      and coalesce(complained_unit <> all(%(own_units)s::text[]), true)
"""
_STATES: LiteralString = """
    select case_id, matter_id, complained_unit, accusation, voided, recused_posts from followed_case
    where division_code = %(division)s and case_id = any(%(case_ids)s)
"""
_ACCUSATIONS: LiteralString = """
    select case_id from followed_case
    where division_code = any(%(divisions)s) and case_id = any(%(case_ids)s)
      and accusation and not voided
"""
ALIKE: LiteralString = f"""
    select case_id, matter_id, category, village_code, filed_on, goes_on from followed_case
    where division_code = %(division)s and category = %(category)s
      and village_code = %(village_code)s and {_SHOWN}
      and coalesce(complained_unit <> all(%(own_units)s::text[]), true)
    order by filed_on desc, case_id desc limit %(limit)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedCase:
    """A case by which a signal's matter may be known already."""

    case_id: str
    matter_id: str
    category: str
    village_code: str | None
    filed_on: date
    goes_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedState:
    """With which matter a case counts, and why it may be kept from somebody."""

    case_id: str
    matter_id: str
    complained_unit: str | None
    accusation: bool
    voided: bool
    recused_posts: list[str]
    """Posts that do nothing more in the case, by their code in its township."""

    @property
    def is_sealed(self) -> bool:
        """Whether nobody takes its words from a report any more."""
        return self.accusation or self.voided


async def follow(
    connection: Connection, recorded: RecordedEvent, event: Event
) -> Sequence[DueRow]:
    """Keep what the event says of a case; nothing is decided by it."""
    written = _written(event, recorded.occurred_at)
    if written is not None:
        query, named = written
        about = {"division": recorded.division, "seq": recorded.sequence}
        await connection.execute(query, {**about, **named})
    return ()


def _written(event: Event, at: datetime) -> _Written | None:
    match event:
        case CaseFiled():
            return _FILE, _filed(event, at)
        case FilingCorrected():
            return _CORRECT, _corrected(event)
        case CaseRouted(purpose=Purpose.ACCUSATION, case_id=case_id):
            return _SEAL, {"case_id": case_id}
        case TransferNoted(case_id=case_id) if (
            unit := event.complained_mark or event.complained_unit
        ):
            return _COMPLAIN, {"case_id": case_id, "complained_unit": unit}
        case _:
            return _handled(event)


def _handled(event: Event) -> _Written | None:
    match event:
        case (
            CaseAccepted(case_id=case_id, responsible_unit=unit)
            | CaseHandedOver(case_id=case_id, to_unit=unit)
        ):
            return _HOLD, {"case_id": case_id, "held_by": unit}
        case CaseReopened(case_id=case_id):
            return _GO_ON, {"case_id": case_id, "goes_on": True, "voided": False}
        case RecusalRecorded(case_id=case_id, post=post):
            return _RECUSE, {"case_id": case_id, "post": post}
        case _ if isinstance(event, _ENDS):
            voided = isinstance(event, FilingVoided)
            return _GO_ON, {"case_id": event.case_id, "goes_on": False, "voided": voided}
        case _:
            return None


def _filed(event: CaseFiled, at: datetime) -> dict[str, Any]:
    return {
        "case_id": event.case_id,
        "matter_id": event.matter_id,
        "category": event.category,
        "village_code": event.village_code,
        "complained_unit": event.complained_mark or event.complained_unit,
        "filed_on": event.received_on or china_day(at),
        "accusation": event.purpose is Purpose.ACCUSATION,
    }


def _corrected(event: FilingCorrected) -> dict[str, Any]:
    purpose = event.purpose if FilingFact.PURPOSE in event.changed else None
    return {
        "case_id": event.case_id,
        "matter_id": event.matter_id,
        "category": event.category,
        "village": FilingFact.VILLAGE_CODE in event.changed,
        "village_code": event.village_code,
        "complained": FilingFact.COMPLAINED_UNIT in event.changed,
        "complained_unit": event.complained_mark or event.complained_unit,
        "accusation": purpose and purpose is Purpose.ACCUSATION,
    }


async def followed_case(
    pool: Pool, scope: str, case_id: str, *, own_units: Sequence[str]
) -> FollowedCase | None:
    """One case, as far as whoever is of these units may know of it."""
    named = {
        "division": division_of(case_id),
        "case_id": case_id,
        "own_units": list(own_units),
    }
    found = await _read(pool, scope, _ONE, named)
    return found[0] if found else None


async def states_of_cases(
    pool: Pool, division: str, case_ids: Collection[str]
) -> list[FollowedState]:
    """Whom the cases of a township complain of, and whether they are accusations; never shown."""
    named = {"division": division, "case_ids": sorted(case_ids)}
    async with (
        transaction(pool, division) as connection,
        connection.cursor(row_factory=class_row(FollowedState)) as cursor,
    ):
        await cursor.execute(_STATES, named)
        return await cursor.fetchall()


async def accusations(connection: Connection, case_ids: Collection[str]) -> frozenset[str]:
    """Which of these cases are accusations, as far as intake's events were read."""
    named = {
        "divisions": sorted(set(map(division_of, case_ids))),
        "case_ids": sorted(case_ids),
    }
    return frozenset(row["case_id"] for row in await rows(connection, _ACCUSATIONS, named))


async def cases_alike(
    pool: Pool,
    division: str,
    *,
    category: str,
    village_code: str,
    own_units: Sequence[str],
    limit: int,
) -> list[FollowedCase]:
    """Cases of the township about the same category in the same village, the newest first."""
    named = {
        "division": division,
        "category": category,
        "village_code": village_code,
        "own_units": list(own_units),
        "limit": limit,
    }
    return await _read(pool, division, ALIKE, named)


async def _read(
    pool: Pool, scope: str, query: LiteralString, named: Mapping[str, object]
) -> list[FollowedCase]:
    async with (
        transaction(pool, scope) as connection,
        connection.cursor(row_factory=class_row(FollowedCase)) as cursor,
    ):
        await cursor.execute(query, named)
        return await cursor.fetchall()
