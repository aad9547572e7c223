"""复查, 复核 (reviews): what the petitioner requests and the units above decide [R35, R36].

  served ─ ReviewRequested ─► requested ─ ReviewDecided ─► decided      (review, by the unit above)
                                                              │
  ReReviewHandedOver ◄─ ReviewRequested (re-review) ◄─────────┘ served
         └─► ReviewDecided (re-review): final, told back by the unit that decided it

The office records what was requested and decided; no clock of the deciding units runs here.
"""

from dataclasses import dataclass
from datetime import date

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import refuse_if_departed
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.served_opinion import refuse_unless_served
from services.intake.domain.case.service_of_documents import refuse_before
from shared.contracts.case_handling import ReReviewHandedOver, ReviewDecided, ReviewRequested
from shared.contracts.case_handling_codes import ReviewLevel, ReviewResult, StatementWay
from shared.contracts.event import Event
from shared.decider import Mark
from shared.refusals import Refusal
from shared.times import china_day


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReview:
    """申请复查, 申请复核; `until` is the petitioner's last day, None where no time runs."""

    level: ReviewLevel
    way: StatementWay | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideReview:
    """复查意见, 复核意见, as the deciding unit states it."""

    level: ReviewLevel
    result: ReviewResult
    by_unit: str
    decision_digest: str | None = None
    served_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverReReview:
    """复核移送: the file goes to the unit that decides the re-review."""

    to_unit: str


class ReviewRequestedAlready(Refusal):
    """A review of this level was requested before; there is one request of each level."""

    title = "The review was requested already"


class ReviewTimeIsOver(Refusal):
    """The time in which the petitioner may ask for this review is over."""

    title = "The time for the review is over"


class ReviewNotRequested(Refusal):
    """The petitioner has not requested this review."""

    title = "The review was not requested"


class ReviewNotDecided(Refusal):
    """A re-review follows the decision on the review, when the petitioner has received it."""

    title = "The review is not decided"


class ReviewDecidedOtherwise(Refusal):
    """This review was decided with another result."""

    title = "The review was decided otherwise"


class ReviewedByOneself(Refusal):
    """A unit does not review its own opinion: a unit above it does."""

    status = 422
    title = "The unit would review itself"


class ReReviewNotHandedOver(Refusal):
    """The re-review was not handed over to the unit that decides it."""

    title = "The re-review is not handed over"


class HandedOverElsewhere(Refusal):
    """The re-review was handed over to another unit."""

    title = "The re-review was handed over elsewhere"


def request_review(command: RequestReview, case: CaseFile) -> list[Event]:
    """Once for each level, within the petitioner's time."""
    about = case.about(Origin.OFFICE)
    requested = ReviewRequested(level=command.level, way=command.way, **about)
    before = case.proceedings.requested.get(command.level)
    if before:
        if before[0] == requested:
            return []
        raise ReviewRequestedAlready(level=command.level.value)
    refuse_if_departed(case)
    received_on = _received_on(command.level, case)
    if command.until is None or received_on is None:
        raise ReviewNotDecided
    refuse_before(received_on, case.on, field="happened_on")
    if case.on > command.until:
        raise ReviewTimeIsOver(last_day=command.until.isoformat())
    return [requested]


def decide_review(command: DecideReview, case: CaseFile) -> list[Event]:
    """Once for each level; the day of its service may be stated later."""
    decided = ReviewDecided(
        level=command.level,
        result=command.result,
        by_unit=command.by_unit,
        decision_digest=command.decision_digest,
        served_on=command.served_on,
        **case.about(Origin.OFFICE),
    )
    before = case.proceedings.decided.get(command.level)
    if before:
        return _completed(decided, *before)
    refuse_if_departed(case)
    if command.level not in case.proceedings.requested:
        raise ReviewNotRequested(level=command.level.value)
    if command.level is ReviewLevel.RE_REVIEW and case.proceedings.handed_over is None:
        raise ReReviewNotHandedOver
    if case.responsible_unit and command.by_unit == case.responsible_unit:
        raise ReviewedByOneself(field="by_unit")
    if command.served_on:
        refuse_before(case.on, command.served_on)
    return [decided]


def hand_over(command: HandOverReReview, case: CaseFile) -> list[Event]:
    """What the petitioner has requested, once."""
    handed_over = ReReviewHandedOver(to_unit=command.to_unit, **case.about(Origin.OFFICE))
    before = case.proceedings.handed_over
    if before:
        if before[0] == handed_over:
            return []
        raise HandedOverElsewhere
    refuse_if_departed(case)
    if ReviewLevel.RE_REVIEW not in case.proceedings.requested:
        raise ReviewNotRequested(level=ReviewLevel.RE_REVIEW.value)
    return [handed_over]


def results(case: CaseFile) -> set[ReviewResult]:
    """What the reviews of the current opinion came to."""
    return {fact.result for fact, _ in case.proceedings.decided.values()}


def _received_on(level: ReviewLevel, case: CaseFile) -> date | None:
    """The day on which the petitioner received what is to be reviewed."""
    if level is ReviewLevel.REVIEW:
        return refuse_unless_served(case)
    decided = case.proceedings.decided.get(ReviewLevel.REVIEW)
    return decided[0].served_on if decided else None


def _completed(decided: ReviewDecided, before: ReviewDecided, mark: Mark) -> list[Event]:
    """The same decision again, with the day of its service where that was not known."""
    if decided in {before, before.model_copy(update={"served_on": None})}:
        return []
    if before.served_on or decided.model_copy(update={"served_on": None}) != before:
        raise ReviewDecidedOtherwise(level=decided.level.value)
    if decided.served_on:
        refuse_before(china_day(mark.occurred_at), decided.served_on)
    return [decided]
