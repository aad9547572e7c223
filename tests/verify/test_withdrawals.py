"""No stated withdrawal ends its case before it takes effect, or after it was taken back."""

from datetime import datetime
from pathlib import Path

import pytest

from shared.contracts.case_handling import WithdrawalStated, WithdrawalTakenBack
from shared.contracts.case_handling_codes import StatementWay
from shared.contracts.intake import CaseWithdrawn
from shared.times import CHINA
from tests.stats.lives import TOWNSHIP, Ledger
from tests.verify.exports import Chained, write_export
from tests.verify.tampering import found_in

EFFECT = datetime(2025, 3, 14, tzinfo=CHINA)


class Stated:
    """A case whose petitioner has stated a withdrawal."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.case = self.ledger.file("2025-03-03")
        stated = WithdrawalStated(
            case_id=self.case,
            matter_id=self.case,
            way=StatementWay.IN_PERSON,
            taken_by="post-1",
            takes_effect_at=EFFECT,
        )
        self.ledger.record(stated, self.case, "2025-03-06")
        self.stated = self.ledger.events[-1].event_id

    def take_back(self) -> None:
        taken_back = WithdrawalTakenBack(
            case_id=self.case,
            matter_id=self.case,
            way=StatementWay.BY_PHONE,
            taken_by="post-1",
        )
        self.ledger.record(taken_back, self.case, "2025-03-07")

    def end(self, on: str, cause: str | None = None) -> None:
        ended = CaseWithdrawn(case_id=self.case, matter_id=self.case, statement_recorded=True)
        self.ledger.record(ended, self.case, on, cause)

    def findings(self, folder: Path) -> list[str]:
        return found_in(write_export(folder, [Chained(self.ledger)], division=TOWNSHIP))


@pytest.fixture
def stated() -> Stated:
    return Stated()


@pytest.mark.parametrize(("on", "holds"), [("2025-03-13", False), ("2025-03-14", True)])
def test_an_end_before_its_time_is_named(
    stated: Stated, tmp_path: Path, on: str, *, holds: bool
) -> None:
    stated.end(on, stated.stated)
    findings = stated.findings(tmp_path)
    assert ["before its withdrawal took effect" in each for each in findings] == (
        [] if holds else [True]
    )


def test_an_end_of_what_was_taken_back_is_named(stated: Stated, tmp_path: Path) -> None:
    stated.take_back()
    stated.end("2025-03-14", stated.stated)
    [finding] = stated.findings(tmp_path)
    assert "was taken back" in finding


def test_what_was_withdrawn_in_former_times_holds(stated: Stated, tmp_path: Path) -> None:
    stated.take_back()
    stated.end("2025-03-08")
    assert stated.findings(tmp_path) == []
