"""Whatever a document is, the answer is one clear sentence or a bounded result."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from claims.documents import pdf as pdf_reader
from claims.documents.bounds import MOST_EXPANDED_BYTES, MOST_TEXT_BYTES
from claims.documents.open_document import read_document
from claims.documents.refusals import DocumentUnreadable
from claims.rules.check import check
from tests.claims.offices import archive, minimal, pdf, word
from tests.examples import THOROUGH

ENTITIES = '<!DOCTYPE x [<!ENTITY a "9"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def cyclic() -> bytes:
    """Pages whose child is themselves, and no table of where objects are."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )


FILES: dict[str, bytes] = {
    "empty.txt": b"",
    "digits.txt": b"7" * (MOST_TEXT_BYTES + 1),
    "bytes.txt": bytes(range(256)) * 9,
    "blank.txt": b" \n \n",
    "broken.docx": b"PK\x03\x04" + b"\x00" * 200,
    "old.docx": b"\xd0\xcf\x11\xe0" + b"\x00" * 600,
    "text.docx": "受理187件".encode(),
    "really.txt": b"%PDF-1.7 and so on",
    "broken.pdf": b"%PDF-1.7\n" + os.urandom(4000),
    "cyclic.pdf": cyclic(),
    "none.pdf": b"no pdf at all",
    "other.xls": b"1",
    "old.doc": b"\xd0\xcf\x11\xe0",
}


@pytest.mark.parametrize("name", FILES)
def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    assert name.split(".", maxsplit=1)[0] in refused(path)


def refused(path: Path) -> str:
    with pytest.raises(DocumentUnreadable) as reason:
        read_document(path)
    sentence = str(reason.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_a_directory_a_missing_file_and_no_plain_file(tmp_path: Path) -> None:
    folder = tmp_path / "folder.docx"
    folder.mkdir()
    assert "directory" in refused(folder)
    assert "There is no" in refused(tmp_path / "missing.pdf")
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert "no file" in refused(pipe)


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"word/document.xml": b"<a/>" + b" " * (MOST_EXPANDED_BYTES + 1)}, "unpacks to more"),
        ({"word/document.xml": minimal("<w:p/>", prolog=ENTITIES)}, "no Word document"),
        ({"word/document.xml": b"<w:p>" * 5000}, "no Word document"),
        ({"word/document.xml": b"no xml"}, "no Word document"),
        ({"xl/workbook.xml": b"<x/>"}, "no Word document"),
    ],
)
def test_hostile_word_documents(tmp_path: Path, members: dict[str, bytes], said: str) -> None:
    assert said in refused(archive(tmp_path / "a.docx", members))


def test_tables_nested_deep_in_word_do_not_exhaust_the_stack(tmp_path: Path) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60
    text = "<w:p><w:r><w:t>受理53件,化解49件,化解率92%。</w:t></w:r></w:p>"
    path = archive(tmp_path / "a.docx", {"word/document.xml": minimal(deep + text)})
    assert len(check(read_document(path)).findings) == 1


def test_a_protected_pdf_and_one_without_text(tmp_path: Path) -> None:
    assert "password" in refused(pdf(tmp_path / "a.pdf", ["受理187件"], encrypt="secret"))
    assert "only pictures" in refused(pdf(tmp_path / "b.pdf", ["\u3000"]))


def test_a_pdf_that_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_reader, "_PATIENCE_SECONDS", 0.001)
    assert "takes longer" in refused(pdf(tmp_path / "a.pdf", ["受理187件"]))


HOSTILE: dict[str, Callable[[int], str]] = {
    "digits": lambda size: "7" * size,
    "digits with commas": lambda size: "777," * (size // 4),
    "brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "counts without an end": lambda size: "来信12件、" * (size // 6),
    "rates without an end": lambda size: "化解率98.6%," * (size // 9),
    "counts and rates": lambda size: "受理187件,化解184件,化解率98.4%," * (size // 24),
    "lists in lists": lambda size: "共9件,其中3件(其中" * (size // 12),
    "分别": lambda size: "分别" * (size // 2),
    "names": lambda size: "甲、" * (size // 2) + "分别为1件、2件",
    "numerals": lambda size: "一二三四百千万" * (size // 7),
    "changes": lambda size: "由9件降至8件,下降3%," * (size // 14),
    "pipes": lambda size: (
        "|1" * (size // 2) + "\n" + "|-" * (size // 2) + "\n" + "|2" * (size // 2)
    ),
    "english": lambda size: "184 of 187 petitions (98.4%), of which " * (size // 40),
    "lines": lambda size: "受理12件\n" * (size // 6),
    "spaces": lambda size: "受理" + " " * size + "187件",
    "dates": lambda size: "2025年1月" * (size // 7),
    "quotes": lambda size: "“" * size,
    "plus": lambda size: "1+" * (size // 2),
    "stars": lambda size: "**" * (size // 2),
    "links": lambda size: "[" * size,
    "tags": lambda size: "<a" * (size // 2),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE)
def test_time_grows_with_the_length_and_no_faster(tmp_path: Path, kind: str) -> None:
    short_file, long_file = tmp_path / "short.md", tmp_path / "long.md"
    for file, size in ((short_file, 2_000), (long_file, 8_000)):
        file.write_text(HOSTILE[kind](size), encoding="utf-8")
    # the best of six: a collection of garbage may fall into one of them
    short = min(seconds_for(short_file) for _ in range(6))
    long = seconds_for(long_file)
    for _ in range(5):
        if long >= 0.2 + 9 * short:
            long = min(long, seconds_for(long_file))
    assert long < 0.2 + 9 * short, f"{short:.3f} s, then {long:.3f} s"


def seconds_for(path: Path) -> float:
    """Processor time in which a document is checked."""
    started = time.process_time()
    check(read_document(path))
    return time.process_time() - started


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE)
def test_as_much_as_is_read_ends(tmp_path: Path, kind: str) -> None:
    """`make test` reads a sixth of the length in a sixth of the time."""
    share = 1 if THOROUGH else 6
    path = tmp_path / "a.txt"
    path.write_text(HOSTILE[kind](300_000 // share), encoding="utf-8")
    assert seconds_for(path) < 45 / share


_COMMAND = "from cli.main import run; run()"
_A_SECOND = """
counted = {}
for number in range(4_300_000):
    word = str(number % 997)
    counted[word] = counted.get(word, 0) + len(word)
"""
"""What takes a second where the promise was measured: a slower machine is given more time."""


def _spent_on(program: str, *words: str) -> tuple[float, int]:
    """Seconds of CPU of a process from its start to its end, and the lines it printed."""
    before = os.times()
    told = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, check=False
    )
    after = os.times()
    assert told.returncode == 0, told.stderr
    spent = after.children_user + after.children_system
    return spent - before.children_user - before.children_system, told.stdout.count(b"\n")


def _ratios(path: Path) -> dict[str, float]:
    """Of the command's time in each format to that of the floor, taken one after the other."""
    floor, _ = _spent_on(_A_SECOND)
    found = {}
    for form in ("table", "json"):
        spent, lines = _spent_on(_COMMAND, "check-claims", str(path), "--format", form)
        assert lines > 6000
        found[form] = spent / floor
    return found


@pytest.mark.slow
def test_a_hundred_dense_pages_take_two_seconds(tmp_path: Path) -> None:
    page = (
        "全年共受理信访事项187件,同比下降12.6%;化解184件,化解率98.4%。按类型分,土地类62件、邻里类75件、劳资类30件、"
        "其他20件;其中来访107件,占57.2%,来信80件,占42.8%。全年开展调解312次,调解成功298次,调解成功率95.5%。"
        "网格员由98名增加至112名,增长14.3%。"
    ) * 7
    pages = [page[:1000] for _ in range(100)]
    text, marked = tmp_path / "a.txt", tmp_path / "a.md"
    text.write_text("\n".join(pages), encoding="utf-8")
    marked.write_text("\n\n".join(pages), encoding="utf-8")
    for path in (text, marked, word(tmp_path / "a.docx", pages), pdf(tmp_path / "a.pdf", pages)):
        ratios = _ratios(path)
        for _ in range(2):
            if max(ratios.values()) >= 2:
                ratios = {form: min(ratios[form], again) for form, again in _ratios(path).items()}
        assert max(ratios.values()) < 2, f"{path.suffix}: {ratios}"
