"""A case that states that it repeats an answered one has the first answer looked at again.

The repeated case may lie in another ledger, so this follows from the event. Nothing is noted of the
person, and nothing follows from an accusation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from services.intake.domain.case import CaseCommand, CaseFile, CaseState
from services.intake.domain.case.answer_review import OpenAnswerReview, is_answered
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Purpose
from shared.contracts.event import Event
from shared.contracts.intake import CaseFiled, FilingCorrected
from shared.divisions import division_of, in_scope
from shared.handling import Handling, Prepared, Record
from shared.office.following import caused

SERVICE = "intake"
_LONGEST_CHAIN = 50
REPEATS = (CaseFiled.kind, FilingCorrected.kind)


def states_a_repeat(event: RecordedEvent) -> bool:
    """Seen in the canonical JSON, which is not parsed; an older register opens nothing."""
    is_imported = b'"imported":true' in event.data
    return event.kind in REPEATS and not is_imported and b'"repeat_of":"' in event.data


@dataclass(frozen=True, kw_only=True)
class AnswerReviews:
    """Opens the review of the first answer to a matter that is raised again."""

    cases: Handling[CaseCommand, CaseFile]
    county: str

    async def open(self, event: RecordedEvent, fact: Event) -> None:
        """Under a key made of the event: read again, it is the same review."""
        if not isinstance(fact, CaseFiled | FilingCorrected):
            return
        repeating = (await self.cases.read(self.county, fact.case_id)).state
        if repeating.voided or _is_accusation(repeating):
            return
        answered = [each for each in await self._repeated_by(repeating) if is_answered(each)]
        if not answered or answered[-1].case_id is None or _is_accusation(answered[-1]):
            return
        request = caused(
            event,
            partial(_prepare, event, fact.case_id),
            answered[-1].case_id,
            command=OpenAnswerReview,
            service=SERVICE,
            county=self.county,
        )
        await self.cases.handle(request)

    async def _repeated_by(self, case: CaseFile) -> Sequence[CaseFile]:
        """The case that it repeats, the one that this one repeats, and so on to the first."""
        found = list[CaseFile]()
        while len(found) < _LONGEST_CHAIN:
            earlier = case.registration.repeat_of if case.registration else None
            if earlier is None or not in_scope(self.county, division_of(earlier)):
                break
            case = (await self.cases.read(self.county, earlier)).state
            found.append(case)
        return found


def _is_accusation(case: CaseFile) -> bool:
    if case.state is CaseState.WITH_DISCIPLINE:
        return True
    routed = case.proceedings.routed
    purposes = {case.required.purpose, routed[0].purpose if routed else None}
    return Purpose.ACCUSATION in purposes


async def _prepare(
    event: RecordedEvent, repeated_by: str, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile] | None:
    if not record.history:
        return None
    at = max(event.occurred_at, *(each.occurred_at for each in record.history))
    return Prepared(command=OpenAnswerReview(repeated_by=repeated_by), at=at)
