"""延期 (extension): the term of the opinion is prolonged, by the head of the unit [R34].

At most by the days that the policy allows in all, before the term ends; the petitioner is told
the reason by a notice.
"""

from dataclasses import dataclass

from services.intake.domain.case.acceptance import refuse_unless_accepted
from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import refuse_if_ended
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.routing import has_term
from shared.clocks.due import Due
from shared.contracts.case_handling import ExtensionGranted
from shared.contracts.case_handling_codes import ApproverRole
from shared.contracts.event import Event
from shared.refusals import Refusal
from shared.times import china_day


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantExtension:
    """延期; `due` is the new end, or why the law allows none."""

    days: int
    approver_role: ApproverRole
    due: Due | str
    reason_digest: str | None = None


class ExtensionNotAllowed(Refusal):
    """The law does not allow this extension."""

    status = 422
    title = "The extension is not allowed"


class TermIsOver(Refusal):
    """The term has ended; an extension is granted before."""

    title = "The term is over"


class CaseHasNoTerm(Refusal):
    """Only the petition procedure has a term, and this case takes another way."""

    title = "The case has no term"


class TermNoLongerRuns(Refusal):
    """The opinion was served: there is no term to be extended."""

    title = "The term runs no longer"


def extend(command: GrantExtension, case: CaseFile) -> list[Event]:
    """Of an open, accepted case that is not answered, before its term ends."""
    about = case.about(Origin.OFFICE)
    if _was_granted(command, case):
        return []
    refuse_if_ended(case)
    refuse_unless_accepted(case)
    if case.served:
        raise TermNoLongerRuns
    if not has_term(case):
        raise CaseHasNoTerm
    if case.due_at and case.mark.occurred_at >= case.due_at:
        raise TermIsOver
    if isinstance(command.due, str):
        raise ExtensionNotAllowed(command.due, field="days")
    return [
        ExtensionGranted(
            days=command.days,
            approver_role=command.approver_role,
            due_at=command.due.due_at,
            due_at_for_petitioner=command.due.due_at_for_petitioner,
            reason_digest=command.reason_digest,
            policy_version=command.due.policy_version,
            calendar_version=command.due.calendar_version,
            **about,
        )
    ]


def _was_granted(command: GrantExtension, case: CaseFile) -> bool:
    """Whether the record's last extension says the same on the same day."""
    if not case.proceedings.extensions:
        return False
    last, mark = case.proceedings.extensions[-1]
    same = (last.days, last.approver_role, last.reason_digest) == (
        command.days,
        command.approver_role,
        command.reason_digest,
    )
    return same and china_day(mark.occurred_at) == case.on
