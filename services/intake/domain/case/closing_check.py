"""办结审核 (checks before closing): by the head of the unit and by the petition office, two people."""

from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import (
    CaseStillOpen,
    CaseWasClosed,
    CaseWasVoided,
    refuse_if_withdrawal_is_in_effect,
)
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.outcomes import outcomes_of
from services.intake.domain.closing_policy import ClosingPolicy
from shared.contracts.case_handling import ClosingChecked
from shared.contracts.case_handling_codes import ClosingChecker
from shared.contracts.event import Event
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckClosing:
    """办结审核: one of the two checks; who checks states as what."""

    by: ClosingChecker
    names: frozenset[str] = frozenset()
    """Every reference under which records name the post that asks."""


class ClosingCheckedByAnother(Refusal):
    """Another post has made this check already."""

    title = "The check was made by another post"


class ClosingCheckedByTheSamePost(Refusal):
    """The two checks are made by two different posts."""

    title = "One post does not make both checks"


class ClosingNotChecked(Refusal):
    """The unit head and the petition office check a case before it is closed."""

    title = "The closing is not checked"


def check(command: CheckClosing, case: CaseFile) -> list[Event]:
    """Of a case that has an end to be closed with; a later end is checked anew."""
    checked = ClosingChecked(by=command.by, **case.about(Origin.OFFICE))
    before = case.proceedings.checked.get(command.by)
    names = {*command.names, case.mark.actor_ref}
    if before and before[1].actor_ref in names:
        return []
    if case.voided:
        raise CaseWasVoided
    if case.closed:
        raise CaseWasClosed
    refuse_if_withdrawal_is_in_effect(case)
    if not outcomes_of(case):
        raise CaseStillOpen
    if before:
        raise ClosingCheckedByAnother(by=command.by.value)
    if not _others(case).isdisjoint(names - {None}):
        raise ClosingCheckedByTheSamePost
    return [checked]


def require_checks(case: CaseFile, policy: ClosingPolicy) -> None:
    """Raise where one of the checks is missing."""
    missing = [each.value for each in policy.checkers if each not in case.proceedings.checked]
    if missing:
        raise ClosingNotChecked(missing=" ".join(missing))


def _others(case: CaseFile) -> set[str | None]:
    return {mark.actor_ref for _, mark in case.proceedings.checked.values()}
