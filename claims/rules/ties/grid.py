"""A table taken apart: what each column is, each numeric cell as a figure, each row's name."""

import re
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from claims.rules.document import Passage, Table
from claims.rules.figure import Figure, Sort
from claims.rules.folding import folded
from claims.rules.scanner import figures_in
from claims.rules.units import ZH_UNITS

_RATE = re.compile(r"率|满意度|[%‰]|百分比|\brate\b|\bper ?cent|\bratio\b", re.IGNORECASE)
_SHARE = re.compile(r"占比|比重|比例|\bshare\b|\bproportion\b|% of total", re.IGNORECASE)
_CHANGE = re.compile(
    r"同比|环比|增减|增幅|增长|升降|\bchange\b|year on year|\byoy\b", re.IGNORECASE
)
_NO_COUNT = re.compile(
    r"序号|排名|名次|编号|得分|分值|备注|[人户平]均|日期|时间|年份|联系|电话|\bno\.?$|rank|score|average|date|phone|^#$",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"^(?:合计|总计|共计|总数|总和|小计|total|grand total|sum|all)\b", re.IGNORECASE
)
_SUBTOTAL = re.compile(r"^(?:小计|subtotal)", re.IGNORECASE)
_INNER = re.compile(r"^(?:其中|#|-|—|·|of which|thereof)", re.IGNORECASE)
_EMPTY = {"", "-", "—", "/", "–", "0"}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_HEADER_ROWS = 3


class Column(Enum):
    """What the cells of a column are."""

    LABEL = "label"
    COUNT = "count"
    RATE = "rate"
    SHARE = "share"
    CHANGE = "change"
    OTHER = "other"


@dataclass(frozen=True)
class Row:
    """A row below the header; None where a cell has no figure."""

    cells: tuple[Passage, ...]
    figures: tuple[Figure | None, ...]
    label: str

    @property
    def is_total(self) -> bool:
        """合计 and the like, 小计 too."""
        return _TOTAL.match(self.label) is not None

    @property
    def is_subtotal(self) -> bool:
        """小计."""
        return _SUBTOTAL.match(self.label) is not None

    @property
    def is_inner(self) -> bool:
        """A part of the row above."""
        return _INNER.match(self.label) is not None

    def figure(self, column: int) -> Figure | None:
        """The cell's figure, None where the row ends before it."""
        return self.figures[column] if column < len(self.figures) else None

    def is_empty(self, column: int) -> bool:
        """Whether the cell says nothing, which counts as nothing in a sum."""
        return column >= len(self.cells) or self.cells[column].text.strip() in _EMPTY


@dataclass(frozen=True)
class Grid:
    """Header texts, one a column, and the rows below."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    chinese: bool

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """What each is, by its header."""
        return tuple(self._column(at) for at in range(len(self.headers)))

    def _column(self, at: int) -> Column:
        header = self.headers[at]
        if not any(row.figure(at) for row in self.rows):
            return Column.LABEL
        kinds = (
            (_NO_COUNT, Column.OTHER),
            (_CHANGE, Column.CHANGE),
            (_SHARE, Column.SHARE),
            (_RATE, Column.RATE),
        )
        return next((kind for words, kind in kinds if words.search(header)), Column.COUNT)

    def of(self, kind: Column) -> list[int]:
        """The columns of a kind."""
        return [at for at, each in enumerate(self.columns) if each is kind]


def grid_of(table: Table) -> Grid | None:
    """None for a table without a header or without figures."""
    heads = 0
    while heads < min(len(table.rows), _HEADER_ROWS) and not _has_figures(table.rows[heads]):
        heads += 1
    if not 0 < heads < len(table.rows):
        return None
    width = max(len(row) for row in table.rows)
    headers = tuple(_header(table.rows[:heads], at) for at in range(width))
    rows = tuple(_row(cells, headers) for cells in table.rows[heads:])
    return Grid(headers, rows, _CHINESE.search("".join(headers)) is not None)


def _header(rows: tuple[tuple[Passage, ...], ...], at: int) -> str:
    said = [folded(row[at].text).strip() for row in rows if at < len(row)]
    return " ".join(dict.fromkeys(said))


def _has_figures(cells: tuple[Passage, ...]) -> bool:
    return any(_numeric(cell.text, "") for cell in cells)


def _row(cells: tuple[Passage, ...], headers: tuple[str, ...]) -> Row:
    figures = tuple(_numeric(cell.text, headers[at]) for at, cell in enumerate(cells))
    named = (cell.text for cell, figure in zip(cells, figures, strict=True) if figure is None)
    label = next((text for text in named if text.strip()), "")
    return Row(
        cells, figures, re.sub(r"\s", "", label) if _CHINESE.search(label) else label.strip()
    )


_PLAIN = re.compile(rf"\s*[+-]?[\d,]+(?:\.\d+)?\s*(?:%|‰|个?百分点|{'|'.join(ZH_UNITS)})?\s*")


def _numeric(text: str, header: str) -> Figure | None:
    """The figure of a cell that holds nothing else; a bare one is per cent where the header says."""
    said = folded(text)
    if len(said) > 24 or not _PLAIN.fullmatch(said):
        return None
    figure = next(figures_in(f" {said}"), None)
    if figure is None:
        return None
    figure = replace(figure, start=figure.start - 1, end=figure.end - 1, lead=_bare(header))
    if figure.is_count and not figure.unit and _is_percent(header):
        scale = 1000 if "‰" in header else 100
        return replace(
            figure, sort=Sort.PERCENT, value=figure.value / scale, step=figure.step / scale,
            scale=scale, unit="%",
        )  # fmt: skip
    return figure


def _is_percent(header: str) -> bool:
    return (
        re.search(r"[%‰]|率(?:\W|$)|占比|百分比|\bper ?cent|\brate\b|\bshare\b", header)
        is not None
    )


def _bare(header: str) -> str:
    return re.sub(r"\([^)]*\)|\s", "", header) if _CHINESE.search(header) else header
