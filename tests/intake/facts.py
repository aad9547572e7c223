"""Facts about the case of `services.intake.examples`, for given-when-then."""

from datetime import UTC, date, datetime

from services.intake import examples
from shared.contracts.case_codes import (
    Category,
    Channel,
    FirstOrRepeat,
    LinkReason,
    Measure,
    OpinionResult,
    Outcome,
    Procedure,
    Purpose,
    ReopenReason,
    ResolvedHow,
    Route,
    ServiceMethod,
)
from shared.contracts.case_handling import ClosingChecked, StatementRecorded
from shared.contracts.case_handling_codes import ClosingChecker, StatementKind, StatementWay
from shared.contracts.case_holding import CaseRouted
from shared.contracts.case_holding_codes import Lane, RoutingGround
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDiverted,
    CaseFiled,
    CaseForwarded,
    CaseLinked,
    CaseReopened,
    CaseReplied,
    CaseResolved,
    CaseWithdrawn,
    OpinionIssued,
    OpinionServed,
)
from shared.decider import Mark
from shared.state_table import example_event_id
from shared.testing.given_when_then import happened

CASE_ID, MATTER_ID, OTHER_CASE = examples.CASE_ID, examples.MATTER_ID, examples.OTHER_CASE
DIGEST, OTHER_DIGEST, DUE = examples.DIGEST, examples.OTHER_DIGEST, examples.DUE
FILE, ACCEPT, ANSWER, REPLY = examples.FILE, examples.ACCEPT, examples.ANSWER, examples.REPLY

FILED = CaseFiled(
    case_id=CASE_ID,
    matter_id=MATTER_ID,
    number="519900-2025-LF-000001-0",
    channel=Channel.VISIT,
    purpose=Purpose.REQUEST,
    category=Category.LAND,
    headcount=2,
    joint=False,
    anonymous=False,
    first_or_repeat=FirstOrRepeat.FIRST,
    urgent=None,
    content_digest=DIGEST,
    external_source="board",
    external_number="2549",
)
FORWARDED = CaseForwarded(case_id=CASE_ID, matter_id=MATTER_ID, to_unit="water-bureau")
ROUTED = CaseRouted(
    case_id=CASE_ID,
    matter_id=MATTER_ID,
    purpose=Purpose.REQUEST,
    lane=Lane.PETITION,
    ground=RoutingGround.NO_OTHER_ROUTE,
    by_post="post-wu",
)
ACCEPTED = CaseAccepted(
    case_id=CASE_ID,
    matter_id=MATTER_ID,
    procedure=Procedure.ORDINARY,
    responsible_unit="justice-office",
    co_handlers=(),
    due_at=datetime(2025, 5, 3, 16, tzinfo=UTC),
    handler="post-wu",
    policy_version="national-2022",
    calendar_version="cn-none",
    due_at_for_petitioner=datetime(2025, 5, 5, 16, tzinfo=UTC),
)
REPLIED = CaseReplied(case_id=CASE_ID, matter_id=MATTER_ID, reply_digest=DIGEST, imported=True)
ISSUED = OpinionIssued(
    case_id=CASE_ID,
    matter_id=MATTER_ID,
    result=OpinionResult.SUPPORTED,
    measures=(Measure.SOLVE,),
    opinion_digest=DIGEST,
)
SERVED = OpinionServed(
    case_id=CASE_ID,
    matter_id=MATTER_ID,
    result=OpinionResult.SUPPORTED,
    measures=(Measure.SOLVE,),
    method=ServiceMethod.IN_PERSON,
)
ANSWERED = (FILED, ACCEPTED, ISSUED, SERVED)
WITHDRAWN = CaseWithdrawn(case_id=CASE_ID, matter_id=MATTER_ID, statement_recorded=True)
DIVERTED = CaseDiverted(case_id=CASE_ID, matter_id=MATTER_ID, route=Route.LITIGATION)
LINKED = CaseLinked(
    case_id=CASE_ID, matter_id=MATTER_ID, to_case_id=OTHER_CASE, why=LinkReason.DUPLICATE
)


def resolved(
    how: ResolvedHow, *, on_site: bool = False, grounds: tuple[str, ...] | None = None
) -> CaseResolved:
    return CaseResolved(
        case_id=CASE_ID, matter_id=MATTER_ID, how=how, on_site=on_site, grounds=grounds
    )


def stated(statement: StatementKind, *, digest: str = DIGEST) -> StatementRecorded:
    return StatementRecorded(
        case_id=CASE_ID,
        matter_id=MATTER_ID,
        statement=statement,
        way=StatementWay.IN_WRITING,
        taken_by="post-wu",
        statement_digest=digest,
    )


def fact(number: int, on: date, event: Event) -> tuple[Event, Mark]:
    """An event of that day, under the example's id with this number."""
    return happened(event, on=on, event_id=example_event_id(number))


def closed(
    outcome: Outcome,
    *,
    imported: bool | None = None,
    evidence: tuple[str, ...] | None = None,
) -> CaseClosed:
    return CaseClosed(
        case_id=CASE_ID,
        matter_id=MATTER_ID,
        outcome=outcome,
        imported=imported,
        evidence=evidence,
    )


CHECKED = tuple(
    ClosingChecked(case_id=CASE_ID, matter_id=MATTER_ID, by=by) for by in ClosingChecker
)
"""Both checks before a closing."""


def reopened(reason: ReopenReason) -> CaseReopened:
    return CaseReopened(case_id=CASE_ID, matter_id=MATTER_ID, reason=reason)
