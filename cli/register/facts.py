"""What a register states of a case after its filing; a fact without a day is told, not invented."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cli.register.fields import Field
from cli.register.mapping import Acceptance, Answer, Mapping, Resolution, State, Status
from cli.register.refusals import RowUnreadable
from cli.register.times import Moment
from cli.register.values import Reader
from shared.contracts.case_codes import Outcome, Procedure, ResolvedHow, Route
from shared.times import china_day, to_wire

Said = dict[str, Any]
"""What a fact says beside its time, by the door's names; None where the register is silent."""

_UNIT = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_ORDER = ("accept", "forward", "reply", "resolve", "divert", "withdraw", "link", "close")
"""In which order facts of one day follow each other."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened to the case, as the import door takes it."""

    do: str
    when: Moment
    column: str
    said: Said

    def to_wire(self) -> dict[str, Any]:
        """What the door takes; what the register is silent about is left out."""
        stated = {name: value for name, value in self.said.items() if value is not None}
        return {"do": self.do, **moment_to_wire(self.when), **stated}


@dataclass(frozen=True, slots=True)
class Undated:
    """The register states it and does not say when: it cannot become a fact."""

    what: str


def moment_to_wire(when: Moment) -> dict[str, Any]:
    """The two fields by which the door is told when."""
    return {"at": to_wire(when.at), "day_only": when.day_only}


def facts_of(reader: Reader, mapping: Mapping, filed: Moment) -> list[Fact | Undated]:
    """All that the row states, in the order in which it happened."""
    stated = [
        *_accepted(reader, mapping.acceptance),
        *_answered(reader, mapping.answer),
        *_resolved(reader, mapping.resolution),
        *_became(reader, mapping.status),
    ]
    facts = [fact for fact in stated if isinstance(fact, Fact)]
    for fact in facts:
        _refuse_before_filing(fact, filed)
    undated = [fact for fact in stated if isinstance(fact, Undated)]
    return [*sorted(facts, key=_when), *undated]


def _when(fact: Fact) -> tuple[Any, int]:
    return china_day(fact.when.at), _ORDER.index(fact.do)


def _refuse_before_filing(fact: Fact, filed: Moment) -> None:
    by_day = fact.when.day_only or filed.day_only
    early = china_day(fact.when.at) < china_day(filed.at) if by_day else fact.when.at < filed.at
    if early:
        raise RowUnreadable(fact.column, "a time before that of the filing")


def _accepted(reader: Reader, part: Acceptance | None) -> Iterator[Fact]:
    if part and (when := reader.moment(part.at)):
        procedure = reader.code(part.procedure, Procedure)
        yield Fact("accept", when, part.at.label, _acceptance(reader, part.unit, procedure))


def _acceptance(reader: Reader, unit: Field | None, procedure: str | None) -> Said:
    return {"procedure": procedure, "responsible_unit": _unit(reader, unit)}


def _answered(reader: Reader, part: Answer | None) -> Iterator[Fact | Undated]:
    if part is None:
        return
    when, text = reader.moment(part.at), reader.text(part.text, between="\n")
    if when:
        yield Fact("reply", when, part.at.label, {"text": text})
    elif text:
        yield Undated("an answer")


def _resolved(reader: Reader, part: Resolution | None) -> Iterator[Fact]:
    if part is None or (when := reader.moment(part.at)) is None:
        return
    how = reader.code(part.how, ResolvedHow)
    if how is None:
        raise RowUnreadable(part.how.label, "no way of resolving beside the day of it")
    yield Fact("resolve", when, part.at.label, _resolution(reader, how, part.on_site))


def _resolution(reader: Reader, how: str, on_site: Field | None) -> Said:
    """Solved on the spot is solved on the site, where no column says otherwise."""
    stated = reader.flag(on_site)
    return {"how": how, "on_site": how == ResolvedHow.ON_THE_SPOT if stated is None else stated}


def _became(reader: Reader, part: Status | None) -> Iterator[Fact | Undated]:
    state = None if part is None else _state(reader, part)
    if part is None or state is None or state is State.OPEN:
        return
    time = part.time_of(state)
    when = reader.moment(time)
    if time is None or when is None:
        yield Undated(f'"{state}"')
        return
    do, saying = _MEANINGS[state]
    yield Fact(do, when, time.label, saying(reader, part, state))


def _state(reader: Reader, part: Status) -> State | None:
    said = reader.text(part)
    try:
        return State(said) if said else None
    except ValueError:
        raise RowUnreadable(
            part.label, "no status that the mapping knows; add it to `map`"
        ) from None


def _became_accepted(reader: Reader, part: Status, _: State) -> Said:
    return _acceptance(reader, part.unit, None)


def _forwarded(reader: Reader, part: Status, _: State) -> Said:
    return {"to_unit": _unit(reader, part.unit)}


def _withdrawn(reader: Reader, part: Status, _: State) -> Said:
    return {"statement_recorded": reader.flag(part.statement_recorded)}


def _diverted(reader: Reader, part: Status, _: State) -> Said:
    return {"route": reader.code(part.route, Route)}


def _linked(_: Reader, __: Status, state: State) -> Said:
    return {"why": state.value}


def _closed(reader: Reader, part: Status, _: State) -> Said:
    return {"outcome": reader.code(part.outcome, Outcome)}


def _became_resolved(reader: Reader, part: Status, _: State) -> Said:
    how = None if part.how is None else reader.code(part.how, ResolvedHow)
    if how is None:
        raise RowUnreadable(part.label, "resolved, but not by what")
    return _resolution(reader, how, part.on_site)


def _unit(reader: Reader, field: Field | None) -> str | None:
    said = reader.text(field)
    if field is None or said is None or _UNIT.fullmatch(said):
        return said
    raise RowUnreadable(field.label, "no code of a unit such as justice-office; add it to `map`")


_MEANINGS: dict[State, tuple[str, Callable[[Reader, Status, State], Said]]] = {
    State.ACCEPTED: ("accept", _became_accepted),
    State.FORWARDED: ("forward", _forwarded),
    State.TRANSFERRED: ("forward", _forwarded),
    State.RESOLVED: ("resolve", _became_resolved),
    State.WITHDRAWN: ("withdraw", _withdrawn),
    State.DIVERTED: ("divert", _diverted),
    State.DUPLICATE: ("link", _linked),
    State.IN_PROCESS_ELSEWHERE: ("link", _linked),
    State.CONCLUDED: ("link", _linked),
    State.CLOSED: ("close", _closed),
}
