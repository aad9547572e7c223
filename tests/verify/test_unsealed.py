"""Seals that are missing, of an earlier version, or tied to another seal are named."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from cli import verify
from shared.contracts.ledger import LedgerRestoreAccepted
from shared.contracts.ledger_codes import RestoreReason
from tests.stats.lives import TOWNSHIP
from tests.verify.exports import Chained, made_at_end_of, write_export
from tests.verify.tampering import a_township, found_in, only

LEDGER = f"intake/{TOWNSHIP}"


def written(folder: Path, chained: Chained, later: timedelta = timedelta()) -> Path:
    """An export made some time after its last event."""
    folder.mkdir(exist_ok=True)
    made_at = made_at_end_of([chained]) + later
    return write_export(folder, [chained], division=TOWNSHIP, made_at=made_at)


@pytest.mark.parametrize("versions", [(), (1,), (1, 1), (2, 2)])
def test_seals_of_both_versions_hold_in_their_order(tmp_path: Path, versions: list[int]) -> None:
    assert found_in(written(tmp_path, Chained(a_township(), [5, 9], versions))) == []


def test_an_earlier_version_after_a_later_one_is_named(tmp_path: Path) -> None:
    findings = found_in(written(tmp_path, Chained(a_township(), [5, 9], (2, 1))))
    assert findings == [f"{LEDGER} seal 2026-01-02: it is of version 1, after one of 2"]


class Forking(Chained):
    """Its seals name no seal before them."""

    def previous_seal(self, earlier: Sequence[object], *, is_version_1: bool) -> str | None:
        return "0" * 64


def test_a_seal_that_names_another_one_before_it_is_named(tmp_path: Path) -> None:
    findings = found_in(written(tmp_path, Forking(a_township(), [5, 9])))
    assert findings == [f"{LEDGER} seal 2026-01-02: it names another seal as the one before it"]


def test_a_past_day_that_no_seal_covers_is_named(tmp_path: Path) -> None:
    """All seals taken away and the chain written anew: nothing was signed, and that is said."""
    findings = found_in(written(tmp_path, Chained(a_township()), later=timedelta(days=1)))
    assert findings == [f"{LEDGER}: events of 2026-01-01 are under no seal, and it is over"]


def test_a_day_before_the_last_event_is_past_whatever_the_manifest_says(tmp_path: Path) -> None:
    chained = Chained(a_township(), [5, 9])
    chained.events = Chained(a_township(), [5]).events
    folder = written(tmp_path, chained, later=timedelta(days=-300))
    assert found_in(folder) == []
    later = a_township()
    later.recorded_at += timedelta(days=2)
    later.file("2025-07-01")
    findings = found_in(written(tmp_path / "2", Chained(later, [5]), later=timedelta(days=-300)))
    assert findings == [f"{LEDGER}: events of 2026-01-02 are under no seal, and it is over"]


def test_the_last_day_may_be_unsealed_and_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verify.verify(written(tmp_path, Chained(a_township(), [5, 9])))
    said = capsys.readouterr().out
    assert f"{LEDGER}: 16 events, 2 of them seals; 5 events unsealed" in said
    assert "5 events unsealed in all" in said


def test_a_restore_that_was_accepted_is_told_and_no_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = a_township()
    accepted = LedgerRestoreAccepted(
        ledger=LEDGER,
        reason=RestoreReason.DRILL,
        head_sequence=20,
        head_hash="0" * 64,
        sealed_day="2025-12-31",
        seal="0" * 64,
    )
    ledger.record(accepted, ledger.events[0].stream_id, "2025-07-01")
    verify.verify(written(tmp_path, Chained(ledger, [5])))
    assert 'accepts that what was sealed on "2025-12-31" is no longer there: "drill"' in (
        capsys.readouterr().out
    )


def test_a_day_that_is_none_does_not_stop_the_check(export: Path) -> None:
    file = export / "ledgers" / f"{LEDGER}.ndjson"
    lines = [orjson.loads(line) for line in file.read_bytes().splitlines()]
    for line in lines:
        if line["type"] == "ledger-sealed":
            line["data"]["day"] = "9999-12-31"
    file.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))
    only(found_in(export), "was set before the day was over")
