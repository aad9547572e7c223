"""告知 (notices): what the petitioner is told in writing, issued and served [R22, R23, R34, R36].

A notice tells what the record has: a forwarding, an acceptance, a ground of refusal, an extension,
a link. Of each such fact there is one notice; a later fact of the same kind has its own.
"""

from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.document_status import DocumentStatus
from services.intake.domain.case.ended import CaseWasVoided
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.service_of_documents import (
    Service,
    refuse_before,
    refuse_unproven,
)
from shared.contracts.case_handling_codes import DeclineGround, DocumentKind, NoticeKind
from shared.contracts.case_notices import NoticeIssued, NoticeServed
from shared.contracts.event import Event
from shared.contracts.intake import CaseDeclined, CaseLinked
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueNotice:
    """A notice is made out; handed over on the spot where `service` is given."""

    notice: NoticeKind
    document_number: str | None = None
    paper_digest: str | None = None
    service: Service | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeNotice:
    """A notice has reached the petitioner."""

    notice: NoticeKind
    service: Service


class NothingToTell(Refusal):
    """The record has nothing yet that this notice would tell."""

    title = "There is nothing to tell"


class NoticeSentAlready(Refusal):
    """This notice was sent or served before, with another number or another paper."""

    title = "The notice was sent already"


class NoticeNotIssued(Refusal):
    """This notice was not issued yet."""

    title = "The notice is not issued"


class NoticeServedOtherwise(Refusal):
    """This notice was served before, on another day or in another way."""

    title = "The notice was served otherwise"


class NoticeNotServed(Refusal):
    """The petitioner was not told yet: the notice of the refusal has to be served first."""

    title = "The notice is not served"


def issue_notice(command: IssueNotice, case: CaseFile) -> list[Event]:
    """Once for each fact that it tells; served in the same act where that is stated.

    A notice that was not sent yet may be replaced by another one.
    """
    about = case.about(Origin.OFFICE)
    issued = NoticeIssued(
        notice=command.notice,
        document_number=command.document_number,
        paper_digest=command.paper_digest,
        **about,
    )
    if case.voided:
        raise CaseWasVoided
    if not _is_on_record(command.notice, case):
        raise NothingToTell(notice=command.notice.value)
    before = _status(command.notice, case)
    events = _issue(issued, before)
    if command.service:
        status = DocumentStatus(issued=(issued, case.mark)) if events else before
        events += _served(
            ServeNotice(notice=command.notice, service=command.service), case, status
        )
    return events


def serve_notice(command: ServeNotice, case: CaseFile) -> list[Event]:
    """Only what was issued, once."""
    case.about(Origin.OFFICE)
    if case.voided:
        raise CaseWasVoided
    return _served(command, case, _status(command.notice, case))


def notice_of(declined: CaseDeclined) -> NoticeKind:
    """Which notice tells of a refusal."""
    if declined.ground is DeclineGround.CONCLUDED:
        return NoticeKind.NO_FURTHER_ACCEPTANCE
    return NoticeKind.DECLINED


def notice_due(case: CaseFile) -> NoticeKind | None:
    """The notice that a departure or an extension needs and that is not served yet."""
    match case.departed:
        case CaseDeclined():
            needed = notice_of(case.departed)
        case CaseLinked():
            needed = NoticeKind.LINKED
        case _:
            if not case.proceedings.extensions:
                return None
            needed = NoticeKind.EXTENSION
    return None if _status(needed, case).served else needed


def require_notice_of_refusal(case: CaseFile) -> None:
    """Raise for a refused case whose petitioner was not told, where one can be told [R23]."""
    if not isinstance(case.departed, CaseDeclined) or not can_be_notified(case):
        return
    if due := notice_due(case):
        raise NoticeNotServed(notice=due.value)


def can_be_notified(case: CaseFile) -> bool:
    """Whether somebody is known who can be told; no notice is due otherwise [R23]."""
    filed = case.registration
    return not (filed and (filed.anonymous or filed.contact_unclear))


def _is_on_record(notice: NoticeKind, case: CaseFile) -> bool:
    match notice:
        case NoticeKind.RECEIPT:
            return True
        case NoticeKind.FORWARDED:
            return case.forwarded is not None or case.transfers.passed is not None
        case NoticeKind.ACCEPTED:
            return case.accepted is not None
        case NoticeKind.EXTENSION:
            return bool(case.proceedings.extensions)
        case NoticeKind.LINKED:
            return isinstance(case.departed, CaseLinked)
        case NoticeKind.DECLINED | NoticeKind.NO_FURTHER_ACCEPTANCE:
            declined = case.departed
            return isinstance(declined, CaseDeclined) and notice_of(declined) is notice


def _status(notice: NoticeKind, case: CaseFile) -> DocumentStatus:
    return case.proceedings.documents.get(DocumentKind[notice.name], DocumentStatus())


def _issue(issued: NoticeIssued, status: DocumentStatus) -> list[Event]:
    if status.issued and status.issued[0] == issued:
        return []
    if status.dispatched or status.served:
        raise NoticeSentAlready(notice=issued.notice.value)
    return [issued]


def _served(command: ServeNotice, case: CaseFile, status: DocumentStatus) -> list[Event]:
    if status.issued is None:
        raise NoticeNotIssued(notice=command.notice.value)
    service = command.service
    refuse_unproven(service)
    served = NoticeServed(
        notice=command.notice,
        method=service.method,
        proof=service.proof,
        served_on=service.served_on,
        document_number=status.issued[0].document_number,
        **case.about(Origin.OFFICE),
    )
    if status.served:
        if status.served[0] != served:
            raise NoticeServedOtherwise(notice=command.notice.value)
        return []
    refuse_before(status.issued_on, service.served_on or case.on)
    return [served]
