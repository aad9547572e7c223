"""派单、答复: the office opens an order, and every order is answered once."""

from dataclasses import dataclass
from datetime import date

from services.grid.domain.signal.assigning import NoWorkOrder, WorkOrderIsVoid
from services.grid.domain.signal.linking import LinkSignal, Target, link
from services.grid.domain.signal.receiving import UnitIsComplainedOf, as_now, marked
from services.grid.domain.signal.signal_file import Signal, begun, matter_of
from shared.contracts.case_codes import Category
from shared.contracts.event import Event
from shared.contracts.report_codes import ReportGrade
from shared.contracts.signal_codes import (
    OrderNature,
    OrderResult,
    OrderSource,
    SignalLinkReason,
)
from shared.contracts.signals import WorkOrderAnswered, WorkOrderOpened
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWorkOrder:
    """The office itself asks a department, perhaps for what a grid report tells of."""

    order_id: str
    matter_id: str
    to_unit: str
    nature: OrderNature
    category: Category
    number: str | None = None
    due_on: date | None = None
    report_id: str | None = None
    village_code: str | None = None
    grid_code: str | None = None
    complained_unit: str | None = None
    """The unit that the report is about."""
    complained_division: str | None = None
    words_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOrder:
    """What the order came to; `case` has its matter, where it is in the petition procedure."""

    result: OrderResult
    case: Target | None = None
    case_not_nameable: bool = False
    """The desk states that the case is the county's, or one that grid shows to nobody."""
    words_digest: str | None = None
    grade: ReportGrade | None = None
    has_linked: bool = False
    """Whether other signals are linked to this one."""
    imported: bool | None = None
    day_only: bool | None = None


class WorkOrderOpenedOtherwise(Refusal):
    """The order is on record already, with another content."""

    title = "The work order is opened otherwise"


class WorkOrderAnsweredOtherwise(Refusal):
    """The order was answered before, in another way; that answer stays."""

    title = "The work order is answered otherwise"


class CaseNotNamed(Refusal):
    """Who answers that the matter is in the petition procedure names its case.

    The desk may state that it cannot be named (`case_not_nameable`).
    """

    status = 422
    title = "The case is not named"


def open_order(command: OpenWorkOrder, signal: Signal) -> list[Event]:
    """An order is opened once."""
    own_names = signal.unit_marks.names_of_unit(command.to_unit)
    if command.complained_unit in own_names or signal.complains_of(command.to_unit):
        raise UnitIsComplainedOf(field="to_unit")
    stated = WorkOrderOpened(
        matter_id=command.matter_id,
        order_id=command.order_id,
        source=OrderSource.DEPARTMENT,
        to_unit=command.to_unit,
        nature=command.nature,
        category=command.category,
        number=command.number,
        due_on=command.due_on,
        report_id=command.report_id,
        village_code=command.village_code,
        grid_code=command.grid_code,
        complained_division=command.complained_division,
        words_digest=command.words_digest,
        **marked(signal.name_of(command.complained_unit)),
    )
    if signal.received is None and signal.opened is None:
        return [stated]
    if as_now(signal.opened, signal) != stated:
        raise WorkOrderOpenedOtherwise(order_id=command.order_id)
    return []


def answer(command: AnswerOrder, signal: Signal) -> list[Event]:
    """Once; the answer is about the matter of the case that it names.

    The signal counts with that case from now on, unless a link makes it count with another record,
    or others count with it: a person undoes those links, not an answer.
    """
    begun(signal)
    if signal.opened is None:
        raise NoWorkOrder
    if signal.voided is not None:
        raise WorkOrderIsVoid
    if signal.answered is not None:
        return _again(command, signal.answered)
    if command.case is None:
        _require_no_case(command)
        return [_answered(command, signal.opened, matter_of(signal))]
    has_links = signal.linked is not None or command.has_linked
    linked = [] if has_links else _with_case(command.case, signal)
    return [*linked, _answered(command, signal.opened, command.case.matter_id)]


def _require_no_case(command: AnswerOrder) -> None:
    in_procedure = command.result is OrderResult.IN_PETITION_PROCEDURE
    if in_procedure and not (command.imported or command.case_not_nameable):
        raise CaseNotNamed(field="case_id")


def _with_case(case: Target, signal: Signal) -> list[Event]:
    return link(LinkSignal(to=case, why=SignalLinkReason.SAME_MATTER), signal)


def _answered(command: AnswerOrder, opened: WorkOrderOpened, matter: str) -> WorkOrderAnswered:
    return WorkOrderAnswered(
        matter_id=matter,
        imported=command.imported,
        day_only=command.day_only,
        order_id=opened.order_id,
        result=command.result,
        case_id=command.case.id if command.case else None,
        words_digest=command.words_digest,
        grade=command.grade,
    )


def _again(command: AnswerOrder, known: WorkOrderAnswered) -> list[Event]:
    case_id = command.case.id if command.case else None
    stated = command.result, case_id, command.words_digest, command.grade
    if stated != (known.result, known.case_id, known.words_digest, known.grade):
        raise WorkOrderAnsweredOtherwise
    return []
