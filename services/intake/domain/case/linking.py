"""并案 (linking): a matter is handled under another case, which was looked up [R19, R36].

The other case is open, or concluded where that is why, and it was received earlier: by the day of
receipt and the id of both registrations as they were first made, which no correction moves. So no
links can close into a ring, also of cases in several ledgers, where another township's case may
have moved on since it was read: along a chain of links every case is earlier than the one before.

A link is undone by reopening the case as linked in error.
"""

from dataclasses import dataclass, replace
from datetime import date

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.crossing import refuse_untaken
from services.intake.domain.case.ended import (
    has_ended,
    refuse_if_ended,
    withdrawal_is_in_effect,
)
from services.intake.domain.case.notices import IssueNotice, issue_notice
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.service_of_documents import Service
from shared.contracts.case_codes import LinkReason
from shared.contracts.case_handling_codes import NoticeKind
from shared.contracts.event import Event
from shared.contracts.intake import CaseLinked
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCase:
    """并案. A register may not know the other case, and nobody looks it up."""

    to_case_id: str | None
    why: LinkReason
    other: CaseFile | None = None
    """The other case as it was looked up."""
    notice: Service | None = None
    """That the petitioner was told on the spot; the notice is owed otherwise."""
    origin: Origin = Origin.OFFICE


class LinkNeedsACase(Refusal):
    """A link names the case under which the matter is handled."""

    status = 422
    title = "The other case is missing"


class CaseLinkedToItself(Refusal):
    """A case cannot be handled under itself."""

    status = 422
    title = "The case is linked to itself"


class OtherCaseIsLater(Refusal):
    """A case is linked to one that was received earlier, by day of receipt and id: link the later one."""

    title = "The other case was received later"


class OtherCaseHasEnded(Refusal):
    """Nobody handles the matter under the other case any more."""

    title = "The other case has ended"


class OtherCaseIsNotTaken(Refusal):
    """Another office passed the other case on, and its receiver may still give it back."""

    title = "The other case is not taken"


class OtherCaseIsNotConcluded(Refusal):
    """The other case was not handled to its end, so this one is not linked as concluded."""

    title = "The other case is not concluded"


def link(command: LinkCase, case: CaseFile) -> list[Event]:
    """Under the case that handles the matter, or that has handled it to its end."""
    linked = CaseLinked(
        to_case_id=command.to_case_id, why=command.why, **case.about(command.origin)
    )
    if case.holds(linked):
        return _notice(command, case)
    if command.origin is Origin.OFFICE and command.to_case_id is None:
        raise LinkNeedsACase
    if command.to_case_id == linked.case_id:
        raise CaseLinkedToItself
    refuse_if_ended(case)
    refuse_untaken(case)
    if command.origin is Origin.OFFICE:
        _check_other(command, case)
    return [linked, *_notice(command, replace(case, departed=linked))]


def _check_other(command: LinkCase, case: CaseFile) -> None:
    other = command.other
    if other is None:
        raise LinkNeedsACase
    if _place(other) >= _place(case):
        raise OtherCaseIsLater(field="to_case_id")
    if command.why is LinkReason.CONCLUDED:
        if other.departed or other.voided or not (other.resolved or other.closed):
            raise OtherCaseIsNotConcluded(field="to_case_id")
    elif has_ended(other) or withdrawal_is_in_effect(replace(other, mark=case.mark)):
        raise OtherCaseHasEnded(field="to_case_id")
    elif other.remit and not other.remit.taken:
        raise OtherCaseIsNotTaken(field="to_case_id")


def _place(case: CaseFile) -> tuple[date, str]:
    """The case's place among all others, by its registration as it was first made."""
    received_on = case.first_received_on
    if case.filed is None or received_on is None:
        raise LinkNeedsACase
    return received_on, case.filed.case_id


def _notice(command: LinkCase, case: CaseFile) -> list[Event]:
    if command.notice is None:
        return []
    notice = IssueNotice(notice=NoticeKind.LINKED, service=command.notice)
    return issue_notice(notice, case)
