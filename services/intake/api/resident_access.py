"""A petitioner without a token, known by the number and the query code of a case.

number and code (in the body) ─► limit of the network ─► the case first filed ─► the case that
holds the matter; a failure counts for the number and the network together.

An unknown number and a wrong code have one answer, and it comes after the same time.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from fastapi import Request

from services.intake.api.office import Office
from services.intake.api.resident_refusals import in_residents_words
from services.intake.domain.accusation import AccusationFile
from services.intake.domain.case import CASE, CaseFile
from services.intake.domain.case.ended import CaseIsWithDiscipline
from services.intake.store.case_number import CaseNumber
from services.intake.store.query_code import QueryCode, case_known_by
from shared.contracts.case_codes import Purpose
from shared.contracts.event import Event
from shared.decider import Mark
from shared.divisions import county_of, division_of
from shared.handling import Record
from shared.handling.stored_events import decoded
from shared.http import Body
from shared.refusals import Refusal

ANSWERED_AFTER = 0.25
"""Seconds after which a failed attempt is answered: longer than either look-up takes."""


class NumberAndCode(Body):
    """What a petitioner was given at the filing. In the body, since addresses are written down."""

    number: CaseNumber
    code: QueryCode


class NumberOrCodeWrong(Refusal):
    """There is no case of this number with this query code."""

    status = 404
    title = "Number or code is wrong"

    def __init__(self) -> None:
        """One answer for a number that is unknown and for a code that is wrong."""
        super().__init__(zh="编号或查询码不正确。")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCase:
    """The matter of a petitioner: the case first filed, and the one that holds it now."""

    home: Record[CaseFile]
    held: Record[CaseFile]
    """The home itself while the matter is on its way, or has nowhere gone."""
    cases: Sequence[Record[CaseFile]]
    """Every case of the matter, the home first."""

    @property
    def number(self) -> str:
        """The number that the petitioner has: of the case first filed."""
        return self.home.state.required.number

    @property
    def is_sealed(self) -> bool:
        """Whether it is an accusation, of which nothing but the state is told [R30]."""
        return any(
            each.state.is_sealed or each.state.required.purpose is Purpose.ACCUSATION
            for each in self.cases
        )

    @property
    def held_id(self) -> str:
        """The id of the case that holds the matter."""
        return self.held.state.required.case_id

    def events(self) -> Sequence[tuple[Event, Mark]]:
        """The events of all cases of the matter."""
        return [
            (event, Mark(stored.occurred_at, stored.event_id))
            for each in self.cases
            for stored, event in zip(each.history, decoded(each.history), strict=True)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccusation:
    """An accusation, of which whoever made it is told the state alone [R30]."""

    record: Record[AccusationFile]


B = TypeVar("B", bound=NumberAndCode)


async def own_case(office: Office, request: Request, body: NumberAndCode) -> OwnCase:
    """The petitioner's case; raises what `own_matter` does, or CaseIsWithDiscipline."""
    own = await own_matter(office, request, body)
    if isinstance(own, OwnAccusation):
        raise in_residents_words(CaseIsWithDiscipline())
    return own


async def own_matter(
    office: Office, request: Request, body: NumberAndCode
) -> OwnCase | OwnAccusation:
    """The petitioner's case or accusation; raises TooManyAttempts or NumberOrCodeWrong."""
    began = monotonic()
    await office.resident_limits.count(request)
    case_id = await case_known_by(office.pool, office.keys, number=body.number, code=body.code)
    if case_id is None:
        try:
            await office.resident_limits.count_failure(request, body.number)
        finally:
            await asyncio.sleep(max(0.0, began + ANSWERED_AFTER - monotonic()))
        raise NumberOrCodeWrong
    county = county_of(case_id)
    if division_of(case_id) == county:
        accusation = await office.accusations.read(county, case_id)
        if accusation.state.registered is not None:
            return OwnAccusation(record=accusation)
    return await _matter(office, county, case_id)


async def _matter(office: Office, county: str, case_id: str) -> OwnCase:
    home = await office.cases.read(county, case_id)
    others = dict.fromkeys(
        hop.case_id for hop in home.state.transfers.hops if hop.case_id != case_id
    )
    read = {each: await office.cases.read(county, each) for each in others}
    cases = [home, *(each for each in read.values() if each.version)]
    holder = home.state.holder
    held = home
    if holder and not holder.on_its_way:
        held = read.get(holder.case_id, home)
    return OwnCase(home=home, held=held if held.version else home, cases=cases)


def on(office: Office, record: Record[CaseFile]) -> CaseFile:
    """The state as a command now would find it."""
    return CASE.at(record.state, Mark(office.now()))
