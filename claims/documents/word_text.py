"""The text of Word's XML: what is deleted, hidden in fields or doubled for old readers is not it."""

from collections.abc import Iterator

from lxml.etree import _Element

from claims.documents.lines import Line, passages
from claims.rules.document import Passage, Table, passage_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_PASSED_OVER = frozenset(
    [
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "rPr",
        "pPr",
        "sectPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "Fallback",
        "footnoteRef",
        "pict",
    ]
)
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}
_BLOCKS = frozenset(
    [
        "body",
        "footnotes",
        "endnotes",
        "footnote",
        "endnote",
        "sdt",
        "sdtContent",
        "ins",
        "customXml",
        "txbxContent",
    ]
)


class WordReader:
    """Numbers paragraphs over all parts of a document."""

    def __init__(self) -> None:
        self._paragraph = 0

    def parts(self, root: _Element) -> Iterator[Passage | Table]:
        """Runs of list items go together, everything else paragraph by paragraph."""
        waiting: list[Line] = []
        for block in _blocks(root):
            if _name(block) == "tbl":
                yield from _listed(waiting)
                waiting = []
                yield from self._table(block)
                continue
            lines = self._paragraph_lines(block)
            if not _goes_on(waiting, lines):
                yield from _listed(waiting)
                waiting = []
            waiting.extend(lines)
        yield from _listed(waiting)

    def _paragraph_lines(self, paragraph: _Element) -> list[Line]:
        self._paragraph += 1
        return [Line(text, self._paragraph) for text in _text(paragraph).split("\n")]

    def _table(self, table: _Element) -> Iterator[Passage | Table]:
        rows: list[tuple[Passage, ...]] = []
        inner: list[_Element] = []
        for row in _children(table, "tr"):
            cells: list[Passage] = []
            for cell in _children(row, "tc"):
                cells.extend(self._cell(cell))
                inner.extend(_children(cell, "tbl"))
            rows.append(tuple(cells))
        yield Table(tuple(rows))
        for each in inner:
            yield from self._table(each)

    def _cell(self, cell: _Element) -> list[Passage]:
        """Once for each column that it spans, so that headers stand over their columns."""
        texts = []
        first = self._paragraph + 1
        for paragraph in _children(cell, "p"):
            self._paragraph += 1
            texts.append(_text(paragraph).replace("\n", " "))
        spans = cell.find(f"{_prefix(cell)}tcPr/{_prefix(cell)}gridSpan")
        wide = 1 if spans is None else _whole(spans.get(f"{_prefix(cell)}val"))
        passage = passage_of(" ".join(texts).strip(), line=first)
        return [
            passage,
            *[passage_of(passage.text if not _has_digit(passage.text) else "", line=first)]
            * (wide - 1),
        ]


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _whole(written: str | None) -> int:
    return min(int(written), 64) if written and written.isdecimal() and len(written) < 4 else 1


def _goes_on(waiting: list[Line], lines: list[Line]) -> bool:
    return bool(waiting) and bool(lines) and bool(lines[0].text.strip())


def _listed(lines: list[Line]) -> Iterator[Passage]:
    yield from passages(lines, wrapped=False)


def _blocks(element: _Element) -> Iterator[_Element]:
    """Paragraphs and tables in order, text boxes after the paragraph that holds them."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        name = _name(child)
        if name in {"p", "tbl"}:
            yield child
        if name == "p":
            boxes = [
                box for box in child.iter(f"{_prefix(child)}txbxContent") if not _doubled(box)
            ]
            stack.extend(iter(box) for box in boxes)
        elif name in _BLOCKS:
            stack.append(iter(child))


def _doubled(box: _Element) -> bool:
    return any(_name(above) == "Fallback" for above in box.iterancestors())


def _children(element: _Element, name: str) -> Iterator[_Element]:
    """Those of a name, also inside content controls and accepted insertions."""
    for child in element:
        if _name(child) == name:
            yield child
        elif _name(child) in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _children(child, name)


def _text(paragraph: _Element) -> str:
    """What one reads of it; nesting is walked without recursion."""
    parts: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        name = _name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _BREAKS:
            parts.append(_BREAKS[name])
        elif name not in _PASSED_OVER and name != "txbxContent":
            stack.append(iter(child))
    return "".join(parts)


def _name(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _prefix(element: _Element) -> str:
    return _STRICT if isinstance(element.tag, str) and element.tag.startswith(_STRICT) else _W
