"""`concord check-claims`: what it prints, and with which code it ends."""

import json
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from typer.testing import CliRunner

from cli.claims_table import in_context, print_claims
from cli.main import build_app, run
from tests.claims.labelled import checked

WRONG = (
    "2025年工作总结\n全年共受理信访事项187件,同比下降12.6%;化解184件,化解率98.6%。满意度95.2%。\n"
)
RIGHT = WRONG.replace("98.6", "98.4")


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    path = tmp_path / "summary.txt"
    path.write_text(WRONG, encoding="utf-8")
    return path


def test_json_names_every_claim_with_its_place(summary: Path) -> None:
    words = ["check-claims", str(summary), "--format", "json"]
    outcome = CliRunner().invoke(build_app(words), words)
    assert outcome.exit_code == 1
    told = json.loads(outcome.stdout)
    assert told["counts"] == {"follows": 1, "does-not-follow": 1, "cannot-check": 1, "note": 0}
    (claim,) = [each for each in told["claims"] if each["verdict"] == "does-not-follow"]
    line = WRONG.splitlines()[claim["line"] - 1]
    assert line[claim["from"] - 1 : claim["to"]] == claim["stated"] == "98.6%"
    assert claim["computed"] == "98.4%"
    assert claim["uses"] == ["184件", "187件"]
    assert claim["kind"] == "ratio"
    assert "187件中没有哪个整数能得出98.6%" in claim["why"]
    assert claim["text"].startswith("全年共受理")
    assert {*claim} == {
        "text", "line", "from", "to", "kind", "stated", "computed", "uses", "verdict", "why"
    }  # fmt: skip


def test_a_document_whose_figures_follow_ends_well(summary: Path) -> None:
    summary.write_text(RIGHT, encoding="utf-8")
    words = ["check-claims", str(summary)]
    outcome = CliRunner().invoke(build_app(words), words)
    assert outcome.exit_code == 0
    assert "does-not-follow" in outcome.stdout
    assert "2 follows" in outcome.stdout
    assert "\x1b" not in outcome.stdout


def test_an_unreadable_document_is_one_sentence_and_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["check-claims", str(tmp_path / "missing.docx")])
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_document_without_tied_figures_says_so(summary: Path) -> None:
    summary.write_text("没有数字的总结。", encoding="utf-8")
    words = ["check-claims", str(summary)]
    outcome = CliRunner().invoke(build_app(words), words)
    assert (outcome.exit_code, outcome.stdout.count("\n")) == (0, 1)


def test_the_figure_is_marked_where_it_stands() -> None:
    found = checked(WRONG).findings[1]
    (marked,) = [each for each in in_context(found) if each.style]
    assert marked.text == "98.6%"
    assert "red" in str(marked.style)


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    console = Console(force_terminal=True, width=120, color_system="standard")
    with console.capture() as shown:
        print_claims(console, checked(WRONG))
    assert "\x1b[1;7;31m98.6%" in shown.get()
    monkeypatch.setenv("NO_COLOR", "1")
    plain = Console(force_terminal=True, width=120)
    with plain.capture() as shown:
        print_claims(plain, checked(WRONG))
    assert "31m" not in shown.get()


@pytest.mark.parametrize("width", [20, 60, 80, 200])
def test_a_narrow_terminal_loses_no_word(width: int) -> None:
    console = Console(force_terminal=True, width=width, color_system=None)
    with console.capture() as shown:
        print_claims(console, checked(WRONG * 3))
    lines = shown.get().splitlines()
    if width >= 80:
        assert max(map(cell_len, lines)) <= width
    said = "".join(shown.get().split())
    for finding in checked(WRONG * 3).findings:
        assert finding.figure.text in said
    # a sentence may go on below another column's
    assert said.count("哪个整数") == 3 or width < 200


def test_a_document_does_not_command_the_terminal() -> None:
    console = Console(force_terminal=True, width=160, color_system=None)
    text = "受理187件，\x1b[2J\u202e\x07其中化解184件，化解率98.6%。"
    with console.capture() as shown:
        print_claims(console, checked(text))
    assert "184件" in shown.get()
    assert not {"\x1b", "\u202e", "\x07"} & set(shown.get())
