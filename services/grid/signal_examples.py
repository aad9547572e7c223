"""A valid command of every kind about one made-up signal: for the page of states and for tests."""

from datetime import date

from services.grid.domain.named_ids import hotline_order_id
from services.grid.domain.signal.assigning import AssignOrder, ReturnOrder
from services.grid.domain.signal.correcting import CorrectSignal
from services.grid.domain.signal.linking import (
    FollowTarget,
    LinkSignal,
    LoseTarget,
    Target,
    UnlinkSignal,
)
from services.grid.domain.signal.ordering import AnswerOrder, OpenWorkOrder
from services.grid.domain.signal.receiving import GivenOrder, ReceiveSignal
from services.grid.domain.signal.voiding import VoidOrder
from services.grid.examples import DIGEST, OTHER_DIGEST, PERSON, VILLAGE, an_id
from services.grid.report_examples import LABOUR_OFFICE, MATTER_ID, REPORT_ID, WATER_OFFICE
from shared.contracts.case_codes import Category
from shared.contracts.report_codes import ReportTopic
from shared.contracts.signal_codes import (
    LinkedTo,
    OrderNature,
    OrderResult,
    OrderVoidReason,
    SignalField,
    SignalKind,
    SignalLinkReason,
    SignalSource,
    SignalUnlinkReason,
)

NUMBER = "12345-2025-000001"
SIGNAL_ID = hotline_order_id("519900101", NUMBER)
SIGNAL_MATTER, CASE_MATTER, CASE_ID = an_id(0xB), an_id(0xC), an_id(0x10)
ORDER = GivenOrder(
    number=NUMBER, to_unit=WATER_OFFICE, nature=OrderNature.LEAD, due_on=date(2025, 3, 10)
)
RECEIVE = ReceiveSignal(
    signal_id=SIGNAL_ID,
    matter_id=SIGNAL_MATTER,
    source=SignalSource.HOTLINE_12345,
    kind=SignalKind.HELP,
    category=Category.LABOUR,
    words_digest=DIGEST,
    topic=ReportTopic.UNPAID_WAGES,
    village_code=VILLAGE,
    complained_unit="town-brickworks",
    caller_ref=PERSON,
    order=ORDER,
)
CORRECT_SIGNAL = CorrectSignal(facts={SignalField.COMPLAINED_UNIT: WATER_OFFICE})
OPEN_ORDER = OpenWorkOrder(
    order_id=SIGNAL_ID,
    matter_id=MATTER_ID,
    to_unit=LABOUR_OFFICE,
    nature=OrderNature.LEAD,
    category=Category.LABOUR,
    report_id=REPORT_ID,
    words_digest=DIGEST,
)
REPORT = Target(kind=LinkedTo.REPORT, id=REPORT_ID, matter_id=MATTER_ID)
CASE = Target(kind=LinkedTo.CASE, id=CASE_ID, matter_id=CASE_MATTER)
LINK = LinkSignal(to=REPORT, why=SignalLinkReason.DUPLICATE)
UNLINK = UnlinkSignal()
LOSE = LoseTarget(target_id=REPORT_ID, why=SignalUnlinkReason.TARGET_REJECTED)
FOLLOW = FollowTarget(to=Target(kind=LinkedTo.REPORT, id=REPORT_ID, matter_id=CASE_MATTER))
RETURN = ReturnOrder(by_unit=WATER_OFFICE, words_digest=OTHER_DIGEST)
ASSIGN_ORDER = AssignOrder(to_unit=LABOUR_OFFICE)
VOID_ORDER = VoidOrder(reason=OrderVoidReason.OPENED_BY_MISTAKE, words_digest=OTHER_DIGEST)
ANSWER = AnswerOrder(result=OrderResult.SOLVED, words_digest=OTHER_DIGEST)
IN_PROCEDURE = AnswerOrder(result=OrderResult.IN_PETITION_PROCEDURE, case=CASE)
