"""Times that run back are accepted at a correction of the clock and nowhere else."""

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cli import verify
from shared.contracts.event import Event
from shared.contracts.ledger import LedgerClockAccepted, LedgerClockCorrected
from shared.contracts.ledger_codes import ClockReason
from tests.stats.lives import TOWNSHIP, Ledger
from tests.verify.exports import Chained, forged, write_export
from tests.verify.tampering import a_township, found_in, only

LEDGER = f"intake/{TOWNSHIP}"
AHEAD = timedelta(days=400)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def corrected(
    ledger: Ledger, *, wrong: datetime | None = None, about: str = LEDGER
) -> LedgerClockCorrected:
    said = LedgerClockCorrected(
        ledger=about,
        reason=ClockReason.CLOCK_AHEAD,
        wrong_recorded_at=wrong or ledger.recorded_at,
    )
    put(ledger, said, at=ledger.recorded_at - AHEAD)
    return said


def put(ledger: Ledger, said: Event, *, at: datetime) -> None:
    ledger.recorded_at = at
    ledger.record(said, f"{TOWNSHIP}-clock", "2026-01-01")


def bent(*, after: int = 2) -> Ledger:
    """A township whose last events were recorded 400 days ahead; cases due meanwhile are open."""
    ledger = a_township()
    ledger.recorded_at += AHEAD
    for _ in range(after):
        ledger.accept(ledger.file("2026-01-01"), "2026-01-01")
    return ledger


def written(folder: Path, chained: Chained, *, now: datetime) -> Path:
    return write_export(folder, [chained], division=TOWNSHIP, made_at=now, figures_at=now)


def test_a_corrected_ledger_holds_and_its_correction_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = bent()
    corrected(ledger)
    ledger.file("2025-12-30")
    verify.verify(written(tmp_path, Chained(ledger), now=ledger.recorded_at + MINUTE))
    said = capsys.readouterr().out
    assert f"{LEDGER}: event 19 corrects the clock: the events before it have times up to" in said
    assert "2027-02-05T01:18:00.000000Z" in said


def test_terms_are_judged_by_the_correction_where_no_case_follows_it(tmp_path: Path) -> None:
    ledger = bent()
    corrected(ledger)
    folder = written(tmp_path, Chained(ledger), now=ledger.recorded_at + MINUTE)
    assert found_in(folder) == []


def test_a_clock_that_was_accepted_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = a_township()
    newest = ledger.recorded_at
    said = LedgerClockAccepted(ledger=LEDGER, newest_recorded_at=newest)
    put(ledger, said, at=newest + timedelta(days=9))
    chained = Chained(ledger, [14])
    verify.verify(written(tmp_path, chained, now=chained.events[-1].recorded_at + MINUTE))
    assert "event 16 says that the clock was right" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("correct", "finding"),
    [
        (lambda _: None, "was recorded before the one in front of it"),
        (
            lambda ledger: corrected(ledger, wrong=ledger.recorded_at - HOUR),
            "corrects a clock that did not stand so",
        ),
        (
            lambda ledger: corrected(ledger, about="intake/519900199"),
            "corrects a clock that did not stand so",
        ),
    ],
    ids=["none", "of another time", "of another ledger"],
)
def test_no_other_way_back_is_accepted(tmp_path: Path, correct: object, finding: str) -> None:
    ledger = bent()
    assert callable(correct)
    correct(ledger)
    if ledger.recorded_at > datetime(2027, 1, 1, tzinfo=ledger.recorded_at.tzinfo):
        ledger.recorded_at -= AHEAD
    ledger.file("2025-12-30")
    only(found_in(written(tmp_path, Chained(ledger), now=ledger.recorded_at + MINUTE)), finding)


def test_a_correction_lowers_time_once(tmp_path: Path) -> None:
    ledger = bent()
    corrected(ledger)
    ledger.recorded_at -= HOUR
    ledger.file("2025-12-30")
    found = found_in(written(tmp_path, Chained(ledger), now=ledger.recorded_at + 2 * HOUR))
    only(found, "event 20 was recorded before the one in front of it")


def test_a_correction_that_lowers_nothing_is_named(tmp_path: Path) -> None:
    ledger = a_township()
    said = LedgerClockCorrected(
        ledger=LEDGER, reason=ClockReason.DRILL, wrong_recorded_at=ledger.recorded_at
    )
    put(ledger, said, at=ledger.recorded_at)
    found = found_in(written(tmp_path, Chained(ledger), now=ledger.recorded_at + MINUTE))
    only(found, "corrects a clock and does not set it back")


def test_no_term_ends_in_the_future_and_what_is_recorded_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Figures are those of the day of the export."""
    ledger = bent()
    verify.verify(written(tmp_path, Chained(ledger), now=ledger.recorded_at - AHEAD))
    assert (
        f"{LEDGER}: its last event bears a later time than the export" in capsys.readouterr().out
    )


def test_figures_judged_by_a_time_that_never_was_are_found(tmp_path: Path) -> None:
    """Terms of 400 days ahead, in an export of today."""
    ledger = bent()
    now = ledger.recorded_at - AHEAD
    ahead, folder = tmp_path / "ahead", tmp_path / "today"
    for each in (ahead, folder):
        each.mkdir()
    written(ahead, Chained(ledger), now=ledger.recorded_at)
    written(folder, Chained(ledger), now=now)
    with forged(folder):
        shutil.copy(ahead / "figures.json", folder / "figures.json")
    only(found_in(folder), "they are not judged by")
    only(found_in(folder), "timely_acceptance_rate: denominator is")


def test_clocks_of_export_and_ledger_may_differ(tmp_path: Path) -> None:
    ledger = a_township()
    assert found_in(written(tmp_path, Chained(ledger), now=ledger.recorded_at - 3 * MINUTE)) == []


class SealedUnderAWrongClock(Chained):
    """Sealed while the clock ran ahead, and again after the correction: the day is an earlier one."""

    def __post_init__(self) -> None:
        stood = self.ledger.recorded_at
        for event in self.ledger.events:
            self._add(event)
            if event.sequence == 18:
                self._seal()
                stood = self.events[-1].recorded_at
            if event.kind == LedgerClockCorrected.kind:
                data = LedgerClockCorrected(
                    ledger=LEDGER, reason=ClockReason.CLOCK_AHEAD, wrong_recorded_at=stood
                ).to_canonical()
                self.events.pop()
                self._add(replace(event, data=data))
        self._seal()


def test_days_of_seals_start_again_at_a_correction_alone(tmp_path: Path) -> None:
    ledger = bent()
    corrected(ledger)
    ledger.file("2025-12-30")
    chained = SealedUnderAWrongClock(ledger)
    now = chained.events[-1].recorded_at + MINUTE
    assert found_in(written(tmp_path, chained, now=now)) == []


def test_after_a_correction_a_past_day_without_a_seal_is_named(tmp_path: Path) -> None:
    ledger = bent()
    corrected(ledger)
    ledger.file("2025-12-30")
    chained = SealedUnderAWrongClock(ledger)
    chained.events.pop()
    now = chained.events[-1].recorded_at + timedelta(days=2)
    only(found_in(written(tmp_path, chained, now=now)), "are under no seal, and it is over")
