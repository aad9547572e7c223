"""What a field of the mapping says about one row; RowUnreadable names the column, not the cell."""

from dataclasses import dataclass
from datetime import tzinfo

from cli.register.cells import Cell, CellUnreadable, cell_text
from cli.register.fields import Columns, Field, Match, Plain, SinceField, TimeField
from cli.register.refusals import RowUnreadable
from cli.register.row import Row
from cli.register.times import Moment, read_moment
from shared.contracts.event import Code
from shared.times import start_of

_YES = {"是", "有", "真", "yes", "y", "true", "1", "√"}
_NO = {"否", "无", "假", "no", "n", "false", "0", "×"}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the values of one row; the zone is the one of the register's clock."""

    row: Row
    zone: tzinfo

    def text(self, field: Field | None, *, between: str = " ") -> str | None:
        """The cell's value, or what the mapping translates it to; None for a blank cell."""
        said = self._said(field, between)
        return None if said is None else str(said) or None

    def code(self, field: Field | None, codes: type[Code]) -> str | None:
        """A code of the set: by the map, or where the register writes code or label itself."""
        return None if field is None else self._code(field, codes)

    def flag(self, field: Field | None) -> bool | None:
        """Yes, no, or not stated."""
        said = self._said(field)
        if said is None or isinstance(said, bool):
            return said
        word = str(said).casefold()
        if word in _YES | _NO:
            return word in _YES
        raise _unreadable(field, "neither yes nor no; say by `map` what it means")

    def count(self, field: Field | None) -> int | None:
        """A whole number from one on, or not stated."""
        said = self._said(field)
        if said is None or said == "":
            return None
        if str(said).isdecimal() and int(said) > 0:
            return int(said)
        raise _unreadable(field, "no whole number from 1 on")

    def moment(self, field: TimeField | None) -> Moment | None:
        """When something happened, None where the register does not say."""
        if field is None:
            return None
        if isinstance(field, SinceField) and field.value is not None:
            return Moment(start_of(field.value), day_only=True)
        try:
            return read_moment(self._time_cell(field), zone=self.zone, formats=field.formats)
        except CellUnreadable as unreadable:
            raise RowUnreadable(field.label, str(unreadable)) from unreadable

    def _code(self, field: Field, codes: type[Code]) -> str | None:
        text = self._cells_text(field)
        if text in field.map:
            return str(field.map[text]) or None
        for code in codes:
            if text in {code.value, code.label}:
                return code.value
        said = self._otherwise(field)
        if said is None and text:
            raise _unreadable(
                field, f"no {codes.__name__} that the mapping knows; add it to `map`"
            )
        return None if said is None else str(said) or None

    def _said(self, field: Field | None, between: str = " ") -> Plain | None:
        """The map's word before the cell's own, the default for an empty or unmapped one."""
        if field is None:
            return None
        text = self._cells_text(field, between)
        if text in field.map:
            return field.map[text]
        otherwise = self._otherwise(field)
        return otherwise if otherwise is not None and (not text or field.map) else text or None

    def _otherwise(self, field: Field) -> Plain | None:
        return field.default if field.value is None else field.value

    def _cells_text(self, field: Columns, between: str = " ") -> str:
        try:
            texts = [cell_text(self.row.cell(key)) for key in field.keys]
        except CellUnreadable as unreadable:
            raise RowUnreadable(field.label, str(unreadable)) from unreadable
        return _counting_match(field, between.join(filter(None, texts)))

    def _time_cell(self, field: TimeField) -> Cell:
        """One cell as it is; of several, or of a pattern or map, the text."""
        if len(field.keys) == 1 and field.pattern is None and not field.map:
            return self.row.cell(field.keys[0])
        text = self._cells_text(field)
        return str(field.map.get(text, text))


def _unreadable(field: Columns | None, reason: str) -> RowUnreadable:
    return RowUnreadable(field.label if field else "", reason)


def _counting_match(field: Columns, text: str) -> str:
    """The whole text, or what the pattern's first group (else the pattern) finds in it."""
    if field.pattern is None:
        return text
    found = [match[1] if match.re.groups else match[0] for match in field.pattern.finditer(text)]
    counting = [part for part in found if part]
    if not counting:
        return ""
    match field.match:
        case Match.LAST:
            return counting[-1].strip()
        case Match.LONGEST:
            return max(counting, key=len).strip()
        case Match.FIRST | None:
            return counting[0].strip()
