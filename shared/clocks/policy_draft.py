"""A policy file while it is read: its head, its clocks, and its mistakes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shared.clocks.citation import Law
from shared.clocks.clock import Clock, Name
from shared.clocks.mistakes import TomlFile
from shared.clocks.policy import Policy
from shared.clocks.policy_head import Counting, PolicyHead

CLOCKS = "clock"
_CLOCK = TypeAdapter(Clock)
Table = dict[str, Any]


@dataclass(slots=True, eq=False)
class Draft:
    """One policy file, with the draft of its base."""

    file: TomlFile
    head: PolicyHead
    is_whole: bool = True
    """False if the head has mistakes and was read in part."""
    base: "Draft | None" = None
    tables: dict[str, list[Table]] = field(default_factory=dict)
    """Complete tables by clock id: missing keys are taken from the base's clock of that id."""
    own: list[tuple[int, Clock]] = field(default_factory=list)
    """The clocks of the file itself, with their index in it."""

    @property
    def laws(self) -> dict[str, Law]:
        """The laws of the file and its base."""
        return {**(self.base.laws if self.base else {}), **self.head.laws}

    @property
    def facts(self) -> dict[str, Name]:
        """The facts of the file and its base."""
        return {**(self.base.facts if self.base else {}), **self.head.facts}

    @property
    def counting(self) -> Counting | None:
        """The file's counting rules, else those of the base."""
        return self.head.counting or (self.base.counting if self.base else None)

    def versions(self) -> dict[str, tuple[Clock, ...]]:
        """All clocks; for a draft without mistakes."""
        return {
            clock_id: tuple(sorted(map(_CLOCK.validate_python, tables), key=self._begins))
            for clock_id, tables in self.tables.items()
        }

    def policy(self, counting: Counting) -> Policy:
        """The policy; for a draft without mistakes."""
        head = self.head
        return Policy(
            version=head.version,
            jurisdiction=head.jurisdiction,
            name=head.name,
            base=head.base,
            effective_from=head.effective_from,
            effective_to=head.effective_to,
            unverified=head.unverified,
            note=head.note,
            counting=counting,
            laws=self.laws,
            facts=self.facts,
            versions=self.versions(),
        )

    def set_base(self, base: "Draft | None") -> None:
        """Read the clocks, and take over those of the base that the file does not define."""
        self.base = base
        inherited = base.tables if base else {}
        own = list(self._own_tables(inherited))
        changed = {str(table.get("id")) for _, table in own}
        self.tables = {each: tables for each, tables in inherited.items() if each not in changed}
        for place, table in own:
            self._read(place, table, inherited)
        self._update_inherited_extensions()
        if base is not None:
            order = [*base.tables, *self.tables]
            self.tables = {each: self.tables[each] for each in order if each in self.tables}

    def _begins(self, clock: Clock) -> Any:
        return clock.effective_from or self.head.effective_from

    def _own_tables(self, inherited: dict[str, list[Table]]) -> Iterator[tuple[int, Table]]:
        listed = self.file.tables.get(CLOCKS, [])
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            self.file.mistake((CLOCKS,), "clocks are written as [[clock]] tables")
            return
        for place, table in enumerate(listed):
            below = inherited.get(str(table.get("id")), [{}])[-1]
            yield place, _merged(below, table)

    def _read(self, place: int, table: Table, inherited: dict[str, list[Table]]) -> None:
        table = self._with_extended_length(table)
        clock_id = str(table.get("id"))
        self.tables.setdefault(clock_id, []).append(table)
        try:
            self.own.append((place, _CLOCK.validate_python(table)))
        except ValidationError as invalid:
            self._report(place, invalid, set(inherited.get(clock_id, [{}])[-1]))

    def _report(self, place: int, invalid: ValidationError, inherited: set[str]) -> None:
        """Report mistakes, except those in tables inherited from the base."""
        written = set(self.file.tables[CLOCKS][place])
        theirs = inherited - written
        if not all(error["loc"] and error["loc"][0] in theirs for error in invalid.errors()):
            self.file.misfit((CLOCKS, place), invalid)

    def _with_extended_length(self, table: Table) -> Table:
        extension = self.extension_of(table.get("extends"))
        length = {"length": extension["days"]} if "days" in extension else {}
        unit = {"unit": extension["unit"]} if "unit" in extension else {}
        return {**table, **length, **unit}

    def extension_of(self, extended: object) -> Table:
        """The extension table of the clock with that id; empty if it has none."""
        tables = self.tables.get(extended, []) if isinstance(extended, str) else []
        extension = tables[-1].get("extension") if tables else None
        return extension if isinstance(extension, dict) else {}

    def _update_inherited_extensions(self) -> None:
        """An inherited clock may extend a clock that this file redefines."""
        for clock_id, tables in self.tables.items():
            self.tables[clock_id] = list(map(self._with_extended_length, tables))


def _merged(below: Table, table: Table) -> Table:
    """`below` with the values of `table`; nested tables are merged likewise."""
    return {
        **below,
        **{
            key: _merged(below[key], value)
            if isinstance(value, dict) and isinstance(below.get(key), dict)
            else value
            for key, value in table.items()
        },
    }
