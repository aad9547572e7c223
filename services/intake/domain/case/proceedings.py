"""What was done about a case beside the steps of its state: told, found, extended, reviewed, stated."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from shared.contracts.case_handling import (
    ClosingChecked,
    ExtensionGranted,
    HearingHeld,
    InvestigationRecorded,
    ReReviewHandedOver,
    ReviewDecided,
    ReviewRequested,
    StatementRecorded,
    WithdrawalStated,
    WithdrawalTakenBack,
)
from shared.contracts.case_handling_codes import ClosingChecker, ReviewLevel
from shared.contracts.case_notices import DocumentDispatched, NoticeIssued, NoticeServed
from shared.decider import Mark

Proceeding = (
    NoticeIssued
    | NoticeServed
    | DocumentDispatched
    | InvestigationRecorded
    | HearingHeld
    | ExtensionGranted
    | ReviewRequested
    | ReviewDecided
    | ReReviewHandedOver
    | StatementRecorded
    | WithdrawalStated
    | WithdrawalTakenBack
    | ClosingChecked
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceedings:
    """All of it, each fact with the mark of its event, in the order in which it was recorded."""

    notices: tuple[tuple[NoticeIssued | NoticeServed | DocumentDispatched, Mark], ...] = ()
    found: tuple[tuple[InvestigationRecorded | HearingHeld, Mark], ...] = ()
    extensions: tuple[tuple[ExtensionGranted, Mark], ...] = ()
    requested: Mapping[ReviewLevel, tuple[ReviewRequested, Mark]] = field(default_factory=dict)
    decided: Mapping[ReviewLevel, tuple[ReviewDecided, Mark]] = field(default_factory=dict)
    handed_over: tuple[ReReviewHandedOver, Mark] | None = None
    stated: tuple[tuple[StatementRecorded, Mark], ...] = ()
    withdrawal: tuple[WithdrawalStated, Mark] | None = None
    """The withdrawal that was stated, until it takes effect or is taken back."""
    checked: Mapping[ClosingChecker, tuple[ClosingChecked, Mark]] = field(default_factory=dict)

    def after(self, fact: Proceeding, mark: Mark) -> "Proceedings":  # noqa: C901, PLR0911
        """The proceedings after one more fact."""
        match fact:
            case NoticeIssued() | NoticeServed() | DocumentDispatched():
                return replace(self, notices=(*self.notices, (fact, mark)))
            case InvestigationRecorded() | HearingHeld():
                return replace(self, found=(*self.found, (fact, mark)))
            case ExtensionGranted():
                return replace(self, extensions=(*self.extensions, (fact, mark)))
            case ReviewRequested():
                return replace(self, requested={**self.requested, fact.level: (fact, mark)})
            case ReviewDecided():
                return replace(self, decided={**self.decided, fact.level: (fact, mark)})
            case ReReviewHandedOver():
                return replace(self, handed_over=(fact, mark))
            case StatementRecorded():
                return replace(self, stated=(*self.stated, (fact, mark)))
            case WithdrawalStated():
                return replace(self, withdrawal=(fact, mark))
            case WithdrawalTakenBack():
                return replace(self, withdrawal=None)
            case ClosingChecked():
                return replace(self, checked={**self.checked, fact.by: (fact, mark)})

    def reopened(self) -> "Proceedings":
        """What was told, found and extended remains; what led to the end begins again."""
        return Proceedings(notices=self.notices, found=self.found, extensions=self.extensions)
