"""What is printed is bounded, in time that grows with its length, and leaves no memory behind."""

from pathlib import Path
from time import process_time

import pytest

from shared.papers import PaperMisfilled, Press, TooLongToPrint
from shared.papers.plain_text import plain
from shared.papers.press import MOST_CHARACTERS, MOST_LINES
from shared.papers.values import MOST_CHARACTERS as MOST_OF_A_PAPER
from shared.papers.values import MOST_LINES_IN_ALL
from shared.visible_text import is_blank
from tests.shared.papers.forms import paper
from tests.shared.papers.reading import PRESS

RARE = "".join(map(chr, range(0x20000, 0x20000 + 20_000)))
DEAREST = {
    "one paragraph": "路灯坏了三天，",
    "many lines": "路灯坏了三天，路灯坏了三天，\n",
    "without glyphs": RARE,
    "opening brackets": "（",
    "control characters": "\x01a",
    "without a blank": "a",
}


@pytest.mark.parametrize(
    ("character", "most"), [("字", MOST_OF_A_PAPER), ("字\n", 2 * MOST_LINES_IN_ALL)]
)
def test_all_texts_of_a_paper_together_are_bounded(character: str, most: int) -> None:
    half = character * (most // len(character) // 2 - 10)
    assert len(paper(opinion=half).blocks) > 10
    with pytest.raises(PaperMisfilled) as refused:
        paper(opinion=half, facts=half, grounds=character * 30)
    assert [error.field for error in refused.value.errors] == ["values"]


def test_a_paper_is_counted_as_it_is_printed() -> None:
    with pytest.raises(TooLongToPrint):
        PRESS.print_pdf(paper(opinion=RARE + RARE[:10_000]))


@pytest.mark.parametrize(
    "papers",
    [
        [paper(opinion="字" * 40_000)] * (MOST_CHARACTERS // 40_000),
        [paper(opinion="字\n" * 1_900)] * (MOST_LINES // 1_900 + 1),
    ],
    ids=["characters", "lines"],
)
def test_papers_are_bounded_together(papers: list[object]) -> None:
    with pytest.raises(TooLongToPrint):
        PRESS.print_file("file", [*papers, paper()])  # type: ignore[list-item]


@pytest.mark.slow
@pytest.mark.parametrize("name", DEAREST)
def test_the_time_grows_with_the_length(name: str) -> None:
    def seconds(length: int, turn: int) -> float:
        # a text that was printed before costs less, up to some length: each is another one
        text = (f"{turn}" + DEAREST[name] * length)[:length]
        began = process_time()
        PRESS.print_pdf(paper(opinion=text))
        return process_time() - began

    seconds(1_000, 9)
    # the least of three: a collection of the whole suite's objects counts as this process's time
    short, long = (min(seconds(length, turn) for turn in range(3)) for length in (4_000, 16_000))
    # four times the length: a square would be 16 times the time
    assert long < 9 * short + 0.1


@pytest.mark.slow
def test_large_jobs_leave_nothing_in_memory() -> None:
    press = Press()
    for number in range(3):
        press.print_pdf(paper(opinion=f"{number}路灯坏了三天，" * 4_000))
    before = resident()
    for number in range(9):
        press.print_pdf(paper(opinion=f"{number} 路灯坏了三天，" * 4_000))
    assert resident() - before < 60 << 20


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.slow
def test_what_is_blank_is_what_prints_nothing() -> None:
    for code in range(0x110000):
        assert is_blank(chr(code)) is not bool(plain(chr(code)).strip())
