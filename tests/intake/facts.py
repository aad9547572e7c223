"""Facts and wishes about one case, for given-when-then."""

from datetime import UTC, date, datetime

from services.intake.domain.case.acceptance import AcceptCase
from services.intake.domain.case.answering import AnswerCase, ReplyToCase
from services.intake.domain.case.filing import ExternalReference, FileCase
from services.intake.domain.case.origin import Origin
from shared.clocks.calendar import Calendar
from shared.clocks.due import due_of
from shared.clocks.shipped import shipped_policy
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

CASE_ID = "519900101-0198a5c0-0000-7000-8000-000000000001"
MATTER_ID = "519900101-0198a5c0-0000-7000-8000-00000000000a"
OTHER_CASE = "519900101-0198a5c0-0000-7000-8000-000000000002"
DUE = due_of("C6", date(2025, 3, 4), policy=shipped_policy(), calendar=Calendar([]))
DIGEST, OTHER_DIGEST = "a" * 64, "b" * 64

FILE = FileCase(
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
    external=ExternalReference(source="board", number="2549"),
)
ACCEPT = AcceptCase(
    handler="post-wu",
    procedure=Procedure.ORDINARY,
    responsible_unit="justice-office",
    co_handlers=(),
    due=DUE,
)
ANSWER = AnswerCase(
    result=OpinionResult.SUPPORTED,
    measures=(Measure.SOLVE,),
    method=ServiceMethod.IN_PERSON,
    opinion_digest=DIGEST,
)
REPLY = ReplyToCase(reply_digest=DIGEST, origin=Origin.REGISTER)

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


def resolved(how: ResolvedHow, *, on_site: bool = False) -> CaseResolved:
    return CaseResolved(case_id=CASE_ID, matter_id=MATTER_ID, how=how, on_site=on_site)


def closed(outcome: Outcome, *, imported: bool | None = None) -> CaseClosed:
    return CaseClosed(case_id=CASE_ID, matter_id=MATTER_ID, outcome=outcome, imported=imported)


def reopened(reason: ReopenReason) -> CaseReopened:
    return CaseReopened(case_id=CASE_ID, matter_id=MATTER_ID, reason=reason)
