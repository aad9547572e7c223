"""The import of tables of units and of posts: what is there already is known, never registered twice."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, TypeVar

from fastapi import Response
from pydantic import ValidationError

from services.intake.api.office import SERVICE, Office, TheOffice
from services.intake.api.registry_context import code_still_free, county_wide, refuse_future
from services.intake.api.registry_import_bodies import (
    PostRow,
    RegistryImportAnswer,
    TableBody,
    UnitRow,
)
from services.intake.domain.posts import HoldPost, RegisterPost
from services.intake.domain.posts.refusals import HeldAlready, PostUnitNotRegistered
from services.intake.domain.units import RegisterUnit
from services.intake.domain.units.refusals import ParentNotRegistered
from services.intake.store.registry_rows import post_at, unit_at
from shared.divisions import county_of, in_scope, new_id
from shared.handling import CommandRequest, Handling, Prepared, Record
from shared.http import MIB, Position, Router, answered, correlation_id
from shared.http.validation import invalid_part
from shared.identity import Actor, Role, requires
from shared.identity.refusals import DivisionOutOfScope
from shared.refusals import InvalidInput, Refusal
from shared.times import china_day

router = Router(tags=["import"])
_BODY_SIZE = 8 * MIB
Backfill = Annotated[Actor, requires(Role.BACKFILL)]
Row = TypeVar("Row", UnitRow, PostRow)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a row that was not refused."""

    id: str
    outcome: Literal["registered", "extended", "known"]


@dataclass
class TableImport:
    """Rows of one table, taken one after the other by one actor."""

    office: Office
    actor: Actor
    outcomes: dict[int, Taken | Refusal] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    """How far the county's ledger has to be followed to show the rows."""

    async def take(
        self,
        rows: list[dict[str, Any]],
        kind: type[Row],
        taken: Callable[[Row], Awaitable[Taken]],
    ) -> None:
        """Take every row; those whose unit above comes later in the table are tried again."""
        waiting: dict[int, Row] = {}
        for place, given in enumerate(rows):
            try:
                waiting[place] = kind.model_validate(given)
            except ValidationError as fault:
                self.outcomes[place] = invalid_part(fault)
        while waiting:
            left = await self._take_each(waiting, taken)
            if len(left) == len(waiting):
                return
            waiting = left

    async def _take_each(
        self, rows: Mapping[int, Row], taken: Callable[[Row], Awaitable[Taken]]
    ) -> dict[int, Row]:
        """The rows that wait for the unit above them."""
        waiting = {}
        for place, row in rows.items():
            try:
                self.outcomes[place] = await taken(row)
            except ParentNotRegistered as refusal:
                self.outcomes[place] = refusal
                waiting[place] = row
            except Refusal as refusal:
                self.outcomes[place] = refusal
        return waiting

    async def unit(self, row: UnitRow) -> Taken:
        """Register the unit of a row, or find it as it is."""
        self._require_allowed(row)
        given, division, county = row.register_, row.division, county_of(row.division)
        known = await unit_at(self.office.pool, county, division=division, code=given.code)
        command = RegisterUnit(
            unit_id=known.unit_id if known else new_id(county),
            code=given.code,
            division=division,
            unit_type=given.unit_type,
            title=given.title,
            valid_from=china_day(given.at),
            parent=given.parent,
        )
        above = (
            await self._unit(division, given.parent, ParentNotRegistered(field="parent"))
            if given.parent and not known
            else {}
        )
        begun = await self._handle(self.office.units, command.unit_id, command, above)
        return Taken(command.unit_id, "registered" if begun else "known")

    async def post(self, row: PostRow) -> Taken:
        """Register the post of a row and who holds it, or find it as it is."""
        self._require_allowed(row)
        given, division, county = row.register_, row.division, county_of(row.division)
        known = await post_at(self.office.pool, county, division=division, code=given.code)
        command = RegisterPost(
            post_id=known.post_id if known else new_id(county),
            code=given.code,
            division=division,
            unit=given.unit,
            leads=bool(given.leads),
            valid_from=china_day(given.at),
            portfolio=(given.portfolio,) if given.portfolio else None,
        )
        missing = PostUnitNotRegistered(field="unit")
        of_unit = {} if known else await self._unit(division, given.unit, missing)
        begun = await self._handle(self.office.posts, command.post_id, command, of_unit)
        held = await self._hold(command.post_id, row)
        return Taken(command.post_id, "registered" if begun else "extended" if held else "known")

    async def _hold(self, post_id: str, row: PostRow) -> int:
        """How many events followed; none where a later holder is on record."""
        events = 0
        for fact in row.facts:
            hold = HoldPost(holder=fact.holder, since=china_day(fact.at))
            with suppress(HeldAlready):
                events += await self._handle(self.office.posts, post_id, hold, {})
        return events

    def _require_allowed(self, row: UnitRow | PostRow) -> None:
        if not in_scope(self.actor.scope, row.division):
            raise DivisionOutOfScope(field="division")
        refuse_future(china_day(row.register_.at), field="at", office=self.office)
        for place, fact in enumerate(row.facts):
            refuse_future(china_day(fact.at), field=f"facts.{place}.at", office=self.office)

    async def _unit(self, division: str, code: str, missing: Refusal) -> dict[str, int]:
        """The unit's version; `missing` where it is not there."""
        unit = await unit_at(self.office.pool, county_of(division), division=division, code=code)
        if unit is None or unit.ended_on is not None:
            raise missing
        return {unit.unit_id: unit.version}

    async def _handle(
        self,
        handling: Handling[Any, Any],
        stream_id: str,
        command: object,
        looked_up: Mapping[str, int],
    ) -> int:
        """How many events followed."""

        async def prepare(_: Record[Any]) -> Prepared[Any, Any]:
            return Prepared(command=command, at=self.office.now(), looked_up=looked_up)

        county = county_of(stream_id)
        author = county_wide(self.actor).author(county, correlation_id())
        request = CommandRequest(stream_id=stream_id, author=author, prepare=prepare)
        with code_still_free():
            handled = await handling.handle(request)
        self.positions[county] = max(self.positions.get(county, 0), handled.position)
        return len(handled.events)


@router.post("/units/import", response_model=RegistryImportAnswer, max_body_size=_BODY_SIZE)
async def import_units(body: TableBody, actor: Backfill, office: TheOffice) -> Response:
    """A row is one unit; the same row again is known, one that differs is rejected."""
    table = TableImport(office, actor)
    await table.take(body.rows, UnitRow, table.unit)
    return _answer(body, table)


@router.post("/posts/import", response_model=RegistryImportAnswer, max_body_size=_BODY_SIZE)
async def import_posts(body: TableBody, actor: Backfill, office: TheOffice) -> Response:
    """A row is one post, and perhaps who holds it; the same row again is known."""
    table = TableImport(office, actor)
    await table.take(body.rows, PostRow, table.post)
    return _answer(body, table)


def _answer(body: TableBody, table: TableImport) -> Response:
    table.office.registries.forget(table.actor.scope)
    results = [_result(given, table.outcomes[place]) for place, given in enumerate(body.rows)]
    outcomes = [each["outcome"] for each in results]
    counts = {
        name: outcomes.count(name) for name in ("registered", "extended", "known", "rejected")
    }
    positions = [Position(SERVICE, *reached) for reached in table.positions.items()]
    return answered(counts | {"results": results}, *positions)


def _result(given: dict[str, Any], outcome: Taken | Refusal) -> dict[str, Any]:
    row = given.get("row")
    number = row if type(row) is int else None
    if isinstance(outcome, Refusal):
        return {"row": number, "outcome": "rejected", "id": None, "problem": _problem(outcome)}
    return {"row": number, "outcome": outcome.outcome, "id": outcome.id, "problem": None}


def _problem(refusal: Refusal) -> dict[str, Any]:
    named, detail = refusal.shown.get("field"), refusal.detail
    if isinstance(refusal, InvalidInput):
        named, detail = refusal.errors[0].field, refusal.errors[0].message
    return {"type": refusal.type, "title": refusal.title, "detail": detail, "field": named}
