"""Bringing in rows of an older register: each decided for itself, a township's in one transaction.

look up which rows are known ─► decide ─► append events, vault, references ─► answer each row
             ▲                                    │
             └── somebody filed one meanwhile ────┘
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from services.intake.api.office import Office
from services.intake.api.register_rows import RegisterRow
from services.intake.api.row_folder import RowFolder, side_writes
from services.intake.domain.case import CaseCommand
from services.intake.store import external_reference
from services.intake.store.case_number import Series
from services.intake.store.external_reference import KnownReference
from shared.bulk_handling import StreamCommands, handle_all
from shared.contracts.case_codes import Purpose
from shared.divisions import county_of, in_scope
from shared.handling import ATTEMPTS, StreamMovedOn
from shared.http import correlation_id
from shared.identity import Actor
from shared.identity.refusals import DivisionOutOfScope
from shared.ledger import Statement
from shared.ledger.errors import RowTaken
from shared.office.occurrence_time import not_in_the_future
from shared.refusals import Refusal
from shared.times import china_day

Rows = Mapping[int, RegisterRow]
"""Rows by their place in the request."""


class FiledUnderAnotherDivision(Refusal):
    """The register's number was filed before, in another township; no case is filed twice."""

    title = "The row was filed under another division"


class AccusationIsNoRow(Refusal):
    """An accusation goes to the discipline lane, not to a township's register: register it by itself [R30]."""

    status = 422
    title = "An accusation is not imported"


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtIn:
    """What became of a row that was not refused."""

    case_id: str
    events: int
    begun: bool


@dataclass(frozen=True, kw_only=True)
class Import:
    """Rows of one source, brought in by one actor."""

    office: Office
    actor: Actor
    source: str
    outcomes: dict[int, BroughtIn | Refusal] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    """How far each ledger has to be followed to show the rows."""

    async def bring_in(self, rows: Rows) -> None:
        """Tell the outcome of every row, and the positions that show them."""
        allowed = {place: row for place, row in rows.items() if self._allowed(place, row)}
        for wave in _waves(allowed):
            for division, theirs in _by_township(wave).items():
                await self._bring_in_township(division, theirs)

    def _allowed(self, place: int, row: RegisterRow) -> bool:
        now = self.office.now()
        try:
            if not in_scope(self.actor.scope, row.division):
                raise DivisionOutOfScope(field="division")
            for name, moment in row.moments():
                not_in_the_future(moment, field=name, now=now)
        except Refusal as refusal:
            self.outcomes[place] = refusal
            return False
        return True

    async def _bring_in_township(self, division: str, rows: Rows) -> None:
        for _ in range(ATTEMPTS):
            folders = await self._folders(division, rows)
            try:
                return await self._append(division, folders)
            except RowTaken:
                continue  # somebody filed one of them meanwhile: now it is known
        raise StreamMovedOn

    async def _append(self, division: str, folders: Mapping[int, RowFolder]) -> None:
        by_case = {folder.case_id: folder for folder in folders.values()}

        def written_along(groups: Sequence[StreamCommands[CaseCommand]]) -> Sequence[Statement]:
            return side_writes(
                division, self.source, [by_case[group.stream_id] for group in groups]
            )

        results, position = await handle_all(
            self.office.cases,
            division,
            [folder.stream_commands() for folder in folders.values()],
            self.actor.author(division, correlation_id()),
            side_writes=written_along,
        )
        for (place, folder), result in zip(folders.items(), results, strict=True):
            self.outcomes[place] = (
                result
                if isinstance(result, Refusal)
                else BroughtIn(
                    case_id=folder.case_id, events=len(result.events), begun=folder.begun
                )
            )
        if position:
            self.positions[division] = position

    async def _folders(self, division: str, rows: Rows) -> dict[int, RowFolder]:
        """The rows' folders, but of those that are refused before anything is decided."""
        known = await external_reference.find(
            self.office.pool,
            county=county_of(division),
            source=self.source,
            numbers=[row.external_number for row in rows.values()],
        )
        fresh = {p: row for p, row in rows.items() if row.external_number not in known}
        cases = {p: row for p, row in fresh.items() if row.file.purpose is not Purpose.ACCUSATION}
        numbers = await self._numbers(division, cases)
        folders = {}
        for place, row in rows.items():
            try:
                folders[place] = self._folder(
                    row, known.get(row.external_number), number=numbers.get(place)
                )
            except Refusal as refusal:
                self.outcomes[place] = refusal
        return folders

    def _folder(
        self, row: RegisterRow, known: KnownReference | None, *, number: str | None
    ) -> RowFolder:
        if known is not None:
            return self._of_known(row, known)
        if number is None:
            raise AccusationIsNoRow(field="file.purpose")
        return RowFolder.of_new(self.office, row, source=self.source, number=number)

    def _of_known(self, row: RegisterRow, known: KnownReference) -> RowFolder:
        if known.division == row.division:
            return RowFolder.of_known(self.office, row, known)
        if in_scope(self.actor.scope, known.division):
            raise FiledUnderAnotherDivision(field="division", case_id=known.case_id)
        raise FiledUnderAnotherDivision(field="division")

    async def _numbers(self, division: str, rows: Rows) -> dict[int, str]:
        series: dict[Series, list[int]] = defaultdict(list)
        for place, row in rows.items():
            year = china_day(row.file.at).year
            series[Series(county_of(division), year, row.file.channel)].append(place)
        numbers: dict[int, str] = {}
        for each, places in series.items():
            taken = await self.office.numbers.take(each, len(places))
            numbers |= zip(places, taken, strict=True)
        return numbers


def _waves(rows: Rows) -> Iterator[Rows]:
    """A number that comes twice is decided twice, the second time when the first is known."""
    waiting = dict(rows)
    while waiting:
        first_of = {row.external_number: place for place, row in reversed(waiting.items())}
        wave = {place: waiting.pop(place) for place in sorted(first_of.values())}
        yield wave


def _by_township(rows: Rows) -> dict[str, dict[int, RegisterRow]]:
    townships: dict[str, dict[int, RegisterRow]] = defaultdict(dict)
    for place, row in rows.items():
        townships[row.division][place] = row
    return townships
