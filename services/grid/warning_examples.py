"""A valid command of every kind about one made-up warning: for the page of states and for tests."""

from datetime import UTC, datetime

from services.grid.domain.early_warning.acting import (
    AcknowledgeWarning,
    ChangeLevel,
    DisposeWarning,
    ExpireWarning,
    FindFalse,
)
from services.grid.domain.early_warning.raising import RaiseWarning
from services.grid.domain.named_ids import warning_id
from services.grid.examples import an_id
from services.grid.report_examples import LABOUR_OFFICE, MATTER_ID
from shared.contracts.early_warning_codes import (
    DisposedHow,
    FalseWarningReason,
    LevelChangeReason,
    WarningLevel,
    WarningRule,
    WarningSource,
    WarningSubject,
)

DISPOSE_BY = datetime(2025, 3, 7, 2, tzinfo=UTC)
RAISE = RaiseWarning(
    warning_id=warning_id("519900101", WarningRule.TERM, MATTER_ID, 1),
    level=WarningLevel.ORANGE,
    subject_kind=WarningSubject.AGENCY_CLOCK,
    subject=MATTER_ID,
    rule=WarningRule.TERM,
    rule_version=1,
    reason="办理时限还有一日。",
    reason_en="The term ends in a day.",
    source=WarningSource.MONITORING,
    dispose_by=DISPOSE_BY,
    episode=1,
    because=(an_id(0x70),),
    matter_id=MATTER_ID,
    unit=LABOUR_OFFICE,
)
ACKNOWLEDGE = AcknowledgeWarning(by_unit=LABOUR_OFFICE)
TO_RED = ChangeLevel(to_level=WarningLevel.RED, why=LevelChangeReason.RULE, dispose_by=DISPOSE_BY)
DISPOSE = DisposeWarning(how=DisposedHow.STEP_TAKEN, by_unit=LABOUR_OFFICE)
FIND_FALSE = FindFalse(
    reason=FalseWarningReason.WRONG_RECORD, by_unit="township-office", by_leader=True
)
EXPIRE = ExpireWarning(dispose_by=DISPOSE_BY)
