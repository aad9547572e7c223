"""Every kind of document gives the same figures, each at its place."""

from pathlib import Path

import pytest

from claims.documents.open_document import read_document
from claims.rules.check import check
from claims.rules.finding import Finding, Verdict
from tests.claims.offices import archive, minimal, pdf, tracked, word

OPENING = (
    "2025年,全镇坚持以人民为中心,压实各级各部门责任,扎实开展矛盾纠纷排查化解工作,全年共受理信访事项"
    "187件,同比下降12.6%;化解184件,化解率98.6%;全年开展调解312次,调解成功298次,调解成功率95.5%,"
    "未发生有重大影响的事件,为全镇发展营造了良好环境。"
)
TABLE = (
    ("村名", "受理(件)", "化解(件)", "化解率"),
    ("甲村", "40", "38", "95.0%"),
    ("乙村", "25", "25", "100.0%"),
    ("丙村", "35", "33", "96.3%"),
    ("合计", "100", "97", "97.0%"),
)


def findings(path: Path) -> list[Finding]:
    return list(check(read_document(path)).findings)


def wrong(path: Path) -> set[str]:
    return {each.stated for each in findings(path) if each.verdict is Verdict.DOES_NOT_FOLLOW}


def text_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "summary.txt"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_of_offices(tmp_path: Path, encoding: str) -> None:
    path = text_file(tmp_path, f"总结\r\n{OPENING}\r\n", encoding)
    (found,) = [each for each in findings(path) if each.verdict is Verdict.DOES_NOT_FOLLOW]
    place = found.place
    assert OPENING[place.first - 1 : place.last] == "98.6%"
    assert (place.line, place.page) == (2, None)


def test_text_that_is_wrapped_is_read_across_lines(tmp_path: Path) -> None:
    wrapped = "\n".join(OPENING[at : at + 24] for at in range(0, len(OPENING), 24))
    assert wrong(text_file(tmp_path, wrapped)) == {"98.6%"}
    assert len(findings(tmp_path / "summary.txt")) == 3


def test_markdown_loses_its_marks_and_keeps_its_places(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text(
        "# 2025年总结\n\n全年共受理信访事项**187件**,化解`184件`,[化解率](https://example.org)"
        "达**98.6%**。\n\n```\n受理1件,化解2件,化解率3%。\n```\n",
        encoding="utf-8",
    )
    (found,) = findings(path)
    line = path.read_text(encoding="utf-8").splitlines()[found.place.line - 1]
    assert line[found.place.first - 1 : found.place.last] == "98.6%"


def test_a_markdown_table_is_read_by_its_header(tmp_path: Path) -> None:
    rows = [f"| {' | '.join(row)} |" for row in TABLE]
    rows.insert(1, "|---|---:|---:|---|")
    path = tmp_path / "summary.md"
    path.write_text("\n".join(rows), encoding="utf-8")
    assert wrong(path) == {"96.3%", "97"}


def test_a_word_table_is_read_by_its_header(tmp_path: Path) -> None:
    assert wrong(word(tmp_path / "a.docx", ["各村情况如下。"], TABLE)) == {"96.3%", "97"}


def test_a_table_of_names_and_values_is_read_as_text(tmp_path: Path) -> None:
    rows = (("指标", "数值"), ("受理信访事项", "187件"), ("化解", "184件"), ("化解率", "98.6%"))
    assert wrong(word(tmp_path / "a.docx", [], rows)) == {"98.6%"}


def test_word_paragraphs_and_lists(tmp_path: Path) -> None:
    listed = ["- 受理诉求426件", "- 办结419件", "- 办结率99.4%"]
    path = word(tmp_path / "a.docx", ["工作总结", OPENING, *listed])
    assert wrong(path) == {"98.6%", "99.4%"}
    (found,) = [each for each in findings(path) if each.stated == "98.6%"]
    assert found.place.line == 2


def test_word_is_read_as_if_its_changes_were_accepted(tmp_path: Path) -> None:
    said = ("全年受理信访事项187件,化解184件,化解率", "98.6%", "98.4%", "。")
    (found,) = findings(tracked(tmp_path / "a.docx", *said))
    assert (found.stated, found.verdict) == ("98.4%", Verdict.FOLLOWS)


def test_footnotes_are_read_and_text_doubled_for_old_readers_is_not(tmp_path: Path) -> None:
    run = "<w:r><w:t>受理53件,化解49件,化解率92%。</w:t></w:r>"
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    doubled = (
        f'<w:p><mc:AlternateContent xmlns:mc="{space}"><mc:Choice>{run}</mc:Choice>'
        f"<mc:Fallback>{run}</mc:Fallback></mc:AlternateContent></w:p>"
    )
    notes = (
        minimal("")
        .replace(b"w:document", b"w:footnotes")
        .replace(
            b"<w:body></w:body>",
            "<w:footnote><w:p><w:r><w:t>受理10件,化解9件,化解率91%。</w:t></w:r></w:p></w:footnote>".encode(),
        )
    )
    members = {"word/document.xml": minimal(doubled), "word/footnotes.xml": notes}
    path = archive(tmp_path / "a.docx", members)
    assert [each.stated for each in findings(path)] == ["92%", "91%"]
    assert wrong(path) == {"91%"}


def test_a_pdf_is_read_across_lines_and_pages(tmp_path: Path) -> None:
    filler = (
        "各级各部门认真落实工作责任,深入基层走访群众,及时回应群众关切,推动问题在基层解决。" * 12
    )
    path = pdf(
        tmp_path / "a.pdf",
        [filler, OPENING, filler, filler, filler, filler, OPENING.replace("98.6", "98.4")],
        header="某镇2025年工作总结",
    )
    found = [each for each in findings(path) if each.kind.value == "ratio"]
    assert wrong(path) == {"98.6%"}
    assert [each.verdict for each in found].count(Verdict.FOLLOWS) == 3
    assert [each.place.page for each in found] == sorted(each.place.page or 0 for each in found)
    assert found[-1].place.page is not None
    assert found[-1].place.page > 1


def test_an_english_pdf(tmp_path: Path) -> None:
    text = (
        "In the course of the year the township accepted 187 petitions and, with the help of its "
        "grid workers and mediators in every village, resolved 184 of them, a resolution rate of "
        "98.6%. Mediation succeeded in 298 out of 312 sessions, or 95.5%, which is what was aimed "
        "at when the year began, and the number of visits to higher levels went down as well."
    )
    assert wrong(pdf(tmp_path / "a.pdf", [text])) == {"98.6%"}
