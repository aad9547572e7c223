"""`concord warnings backtest` over small made-up exports whose outcome is known by hand."""

import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from cli import main
from cli.back_testing import fitting, tables
from services.grid.domain.back_test import Walk
from services.grid.policies import early_warnings
from tests.cli.made_up_export import write_export
from tests.grid.rules.given import (
    TOWNSHIP,
    accepted,
    an_id,
    breached,
    events,
    filed,
    on,
    received,
    replied,
    served,
    succeeded,
    the_day,
)

KEPT, MISSED = an_id(0xC01), an_id(0xC02)
NEIGHBOUR = "519900102"
SHIPPED = Path(early_warnings.__file__).parent / f"{early_warnings.EARLY_WARNINGS}.toml"


class Said:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def rule(self, name: str) -> Any:
        return next(each for each in self.json["rules"] if each["rule"] == name)


class BackTest:
    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self._capsys, self.folder = capsys, folder

    def __call__(self, *words: str, division: str = TOWNSHIP) -> Said:
        asked = ["--division", division, "--export", str(self.folder)]
        days = [] if "--from" in words else ["--from", "2025-01-01", "--to", "2025-12-31"]
        with pytest.raises(SystemExit) as ended:
            main.run(["warnings", "backtest", *asked, *days, *words])
        told = self._capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Said(ended.value.code, told.out, told.err)


@pytest.fixture
def back_test(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> BackTest:
    """Of three matters: one kept its term, one missed it, one was raised again after an answer."""
    read = events(
        (filed(case_id=KEPT, matter_id=KEPT, village_code=None), 0),
        (accepted(case_id=KEPT, matter_id=KEPT), 0.1),
        (served(case_id=KEPT, matter_id=KEPT), 56),
        (filed(case_id=MISSED, matter_id=MISSED, village_code=None), 0),
        (accepted(case_id=MISSED, matter_id=MISSED), 0.1),
        (replied(), 5),
        (received(), 9),
        (succeeded(perform_by=the_day(20), instalments=(the_day(20),)), 10),
        (breached(), 30),
    )
    return BackTest(capsys, write_export(tmp_path / "export", read))


def test_the_counts_are_those_of_the_hand_made_history(back_test: BackTest) -> None:
    said = back_test("--format", "json")
    assert said.code == 0, said.err
    term = said.rule("term")
    assert (term["fired"], term["before"], term["median_lead_days"]) == (
        2,
        1,
        {"value": 8, "of": 1},
    )
    assert term["precision"] == {"numerator": 1, "denominator": 2}
    assert term["recall"] == {"failed": 2, "warned": 1, "in_time": 1}
    again = said.rule("raised-after-answer")
    assert (again["fired"], again["at_once"]) == (1, 1)
    assert said.json["failures"] == {
        "term-missed": {"failed": 1, "warned": 1, "in_time": 1},
        "promise-missed": {"failed": 1, "warned": 1, "in_time": 1},
        "breached": {"failed": 1, "warned": 1, "in_time": 1},
        "raised-again": {"failed": 1, "warned": 1, "in_time": 1},
    }
    assert said.json["matters_failed"] == {"failed": 2, "warned": 2, "in_time": 2}
    owed = said.rule("compensation-overdue")
    assert (owed["fired"], owed["before"], owed["recall"]["warned"]) == (1, 1, 1)


def test_a_warning_between_two_failures_is_not_in_time_for_the_first(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    promised = succeeded(perform_by=the_day(40), instalments=(the_day(10), the_day(40)))
    history = BackTest(capsys, write_export(tmp_path / "export", events((promised, 0))))
    said = history("--format", "json")
    owed = said.rule("compensation-overdue")
    assert (owed["fired"], owed["recall"]) == (1, {"failed": 1, "warned": 1, "in_time": 0})
    assert said.json["failures"]["promise-missed"] == {"failed": 1, "warned": 1, "in_time": 0}


def test_warnings_come_with_their_causes_and_what_became_of_them(back_test: BackTest) -> None:
    warnings = back_test("--format", "json").json["warnings"]
    by_rule = {(each["rule"], *each["matters"]): each for each in warnings}
    missed = by_rule["term", MISSED]
    assert missed["became"] == ["term-missed", "open"]
    assert missed["because"]
    assert "2025" in missed["reason_en"]
    assert by_rule["term", KEPT]["became"] == ["answered"]
    assert [each["raised_at"] for each in warnings] == sorted(
        each["raised_at"] for each in warnings
    )


def test_no_share_is_printed_without_its_counts(back_test: BackTest) -> None:
    said = back_test()
    assert said.code == 0, said.err
    [line] = [each for each in said.out.splitlines() if each.startswith("term  ")]
    assert "1 / 2 = 50.0 %" in line
    for line in said.out.splitlines():
        for before in line.split("%")[:-1]:
            assert " / " in before.rpartition(" = ")[0]


def test_the_list_is_paged(back_test: BackTest) -> None:
    first, second = (
        back_test("--list", "--limit", "2", "--page", page).out.splitlines() for page in "12"
    )
    assert first[-1].startswith("page 1 of 4")
    assert second[-1].startswith("page 2 of 4")
    assert first[-3:-1] != second[-3:-1]


def test_a_page_behind_the_last_is_named(back_test: BackTest) -> None:
    said = back_test("--list", "--page", "9")
    assert said.out.splitlines()[-1] == "--page 9: there are no more than 1 pages"


def test_what_is_cut_off_on_a_telephone_is_printed_in_blocks(
    back_test: BackTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No figure loses its end, and no column is left out."""
    narrow = io.StringIO()
    console = Console(width=40, force_terminal=True, color_system=None, file=narrow)
    for module in (fitting, tables):
        monkeypatch.setattr(module, "wide_console", lambda: console)
    assert back_test("--list").code == 0
    said = narrow.getvalue()
    assert "…" not in said
    *_, term = said.partition("\nterm\n")[2].partition("\n  right / decided: ")
    assert term.startswith("1 / 2 = 50.0 %\n  before: 1\n")
    assert "  what became of it: term-missed; open\n" in said


def test_a_list_in_a_pipe_is_as_wide_as_it_needs_to_be(back_test: BackTest) -> None:
    lines = back_test("--list").out.splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("raised (China)"))
    assert all(line[:2] == "20" for line in lines[first + 1 : -1])
    assert len(lines) - first == 7 + 2


def test_a_period_after_the_history_is_named(back_test: BackTest) -> None:
    said = back_test("--from", "2030-01-01", "--to", "2030-12-31")
    assert said.code == 0
    assert "The period begins after the end of the history" in said.out


def test_ctrl_c_is_one_sentence(
    back_test: BackTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(Walk, "read", stop)
    said = back_test("--format", "json")
    assert said.code == 130
    assert (said.out, said.err) == ("", "The back-test was stopped; nothing of it is kept.\n")
    assert list(temporary.iterdir()) == []


def test_what_ends_at_the_head_of_a_pipe_says_nothing_more(back_test: BackTest) -> None:
    words = f"--division {TOWNSHIP} --from 2025-01-01 --to 2025-12-31 --format json"
    command = f'"$0" -c "from cli.main import run; run()" warnings backtest {words} --export "$1"'
    done = subprocess.run(
        ["sh", "-c", f"{command} | true", sys.executable, str(back_test.folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("", "")


def test_warnings_out_of_the_period_are_not_counted(back_test: BackTest) -> None:
    said = back_test("--from", "2025-03-01", "--to", "2025-03-31", "--format", "json")
    assert said.rule("term")["fired"] == 0
    assert said.rule("raised-after-answer")["fired"] == 1


def test_a_proposed_policy_is_tried(back_test: BackTest, tmp_path: Path) -> None:
    proposed = tmp_path / "proposed.toml"
    shipped = SHIPPED.read_text()
    proposed.write_text(
        shipped.replace('"-7" = "blue", "-3" = "yellow", "-1" = "orange", ', "").replace(
            "early-warnings.1-placeholder", "proposed"
        )
    )
    said = back_test("--policy", str(proposed), "--format", "json")
    assert said.json["policy_version"] == "proposed"
    assert said.rule("term")["fired"] == 1
    assert said.rule("term")["precision"] == {"numerator": 1, "denominator": 1}


def test_a_mistaken_policy_is_named_with_file_line_and_reason(
    back_test: BackTest, tmp_path: Path
) -> None:
    proposed = tmp_path / "proposed.toml"
    lines = SHIPPED.read_text().splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.startswith("keep"))
    proposed.write_text("\n".join(lines).replace("keep = 200", "keep = 2"))
    said = back_test("--policy", str(proposed))
    assert said.code == 2
    assert f"{proposed}:{line}: keep" in said.err
    assert said.out == ""


def test_what_was_recorded_late_is_marked_or_left_out(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    read = events((replied(), 5, 200), (received(), 9, 200))
    back_test = BackTest(capsys, write_export(tmp_path / "export", read))
    [seen] = back_test("--format", "json").json["warnings"]
    assert (seen["recorded_late"], seen["raised_at"]) == (True, "2025-03-12T01:00:00.000000Z")
    assert back_test("--as-live", "--format", "json").json["warnings"] == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--from", "2025-13-01", "--to", "2025-12-31"], "--from takes a day"),
        (["--from", "2025-12-31", "--to", "2025-01-01"], "--to is before --from"),
        (["--from", "20250101", "--to", "2025-12-31"], "--from takes a day"),
        (["--from", "2025-01-01", "--to", "2025-W05-1"], "--to takes a day"),
        (["--export", __file__], f"--export: {__file__} is no folder"),
        (["--policy", "/nowhere/policy.toml"], "cannot be read"),
    ],
)
def test_words_that_cannot_be_used(back_test: BackTest, words: list[str], reason: str) -> None:
    said = back_test(*words)
    assert said.code == 2
    assert reason in said.err


def test_a_division_that_the_export_does_not_have(back_test: BackTest) -> None:
    for division, reason in (
        (NEIGHBOUR, f"has no ledger of {NEIGHBOUR}"),
        ("519901", "the export is of 519900"),
        ("5199", "a division code has 6 or 9 digits"),
    ):
        said = back_test(division=division)
        assert said.code == 2
        assert reason in said.err


def test_a_folder_that_is_no_export(back_test: BackTest, tmp_path: Path) -> None:
    back_test.folder = tmp_path / "nothing"
    assert "is no export: there is no manifest.json" in back_test().err
    back_test.folder.mkdir()
    for text in ("[" * 100_000, "[]", '{"format": "concord-export", "version": 2}', "\xff"):
        (back_test.folder / "manifest.json").write_text(text)
        said = back_test()
        assert said.code == 2
        assert "--export" in said.err


LEDGER = f"ledgers/intake/{TOWNSHIP}.ndjson"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (lambda lines: lines[:-1], "the manifest names"),
        (lambda lines: [lines[1], *lines], "line 1: it is not event 1"),
        (lambda lines: [lines[0].replace(b'"sequence":"1"', b'"sequence":"2"'), *lines[1:]], "line 1"),
        (lambda lines: [lines[0].replace(b"/intake", b"/other"), *lines[1:]], "line 1"),
        (lambda lines: [b"[" * 5_000, *lines[1:]], "line 1: it is no event"),
        (lambda lines: [b'{"source": 1}', *lines[1:]], "line 1: it is no event"),
        (lambda lines: [b"x" * (5 << 20), *lines[1:]], "line 1"),
        (lambda lines: [lines[0].replace(b"2025-", b"0001-"), *lines[1:]], "line 1"),
        (lambda lines: [lines[0].replace(b'"headcount":1', b'"headcount":"\x1b[31m"'), *lines[1:]], "line 1"),
        (lambda lines: [lines[0].replace(b'"headcount":1', b'"headcount":-7'), *lines[1:]], "event 1: the event case-filed"),
        (lambda lines: [lines[0].replace(b"/case-filed/1", b"/case-filed/9"), *lines[1:]], "a later release"),
        (lambda lines: [lines[0].replace(TOWNSHIP.encode(), NEIGHBOUR.encode()), *lines[1:]], "line 1"),
    ],
)  # fmt: skip
def test_a_hostile_export_is_refused_in_words(
    back_test: BackTest, changed: Any, reason: str
) -> None:
    file = back_test.folder / LEDGER
    file.write_bytes(b"\n".join(changed(file.read_bytes().splitlines())) + b"\n")
    said = back_test()
    assert said.code == 2, said.err
    assert reason in said.err
    assert "\x1b" not in said.err
    assert "Traceback" not in said.err


def test_a_manifest_names_no_file_outside_the_export(back_test: BackTest) -> None:
    manifest = back_test.folder / "manifest.json"
    written = json.loads(manifest.read_bytes())
    written["ledgers"] = [{"ledger": f"intake/../../{TOWNSHIP}", "events": 1}]
    manifest.write_text(json.dumps(written))
    said = back_test()
    assert said.code == 2
    assert "does not name ledgers" in said.err
    (back_test.folder / "elsewhere").write_bytes((back_test.folder / LEDGER).read_bytes())
    (back_test.folder / LEDGER).unlink()
    (back_test.folder / LEDGER).symlink_to(back_test.folder / "elsewhere")
    written["ledgers"] = [{"ledger": f"intake/{TOWNSHIP}", "events": 6}]
    manifest.write_text(json.dumps(written))
    assert "is missing" in back_test().err


def test_no_person_is_in_what_is_printed(back_test: BackTest) -> None:
    said = back_test("--format", "json")
    assert not [name for name in _names(said.json) if "person" in name or "household" in name]


def _names(found: Any) -> list[str]:
    if isinstance(found, dict):
        return [*found, *(name for each in found.values() for name in _names(each))]
    return [name for each in found for name in _names(each)] if isinstance(found, list) else []


def test_the_history_of_a_term_ends_with_the_export(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    read = events((filed(), 0), (accepted(due_at=on(60)), 0.1))
    folder = write_export(tmp_path / "export", read, made_at="2025-04-30T00:00:00.000000Z")
    said = BackTest(capsys, folder)("--format", "json")
    assert said.json["failures"]["term-missed"]["failed"] == 0
    assert said.rule("term")["precision"] == {"numerator": 0, "denominator": 0}
