"""What a register states of a case after its filing."""

import re
from collections.abc import Callable, Iterator

from cli.register.case.tables import Acceptance, Answer, Resolution, State, Status
from cli.register.facts import Fact, Said, Undated
from cli.register.fields import Field
from cli.register.refusals import RowUnreadable
from cli.register.values import Reader
from shared.contracts.case_codes import Outcome, Procedure, ResolvedHow, Route

_UNIT = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def accepted(reader: Reader, part: Acceptance | None) -> Iterator[Fact]:
    """The acceptance, where there is a column for its day."""
    if part and (when := reader.moment(part.at)):
        procedure = reader.code(part.procedure, Procedure)
        yield Fact("accept", when, part.at.label, _acceptance(reader, part.unit, procedure))


def _acceptance(reader: Reader, unit: Field | None, procedure: str | None) -> Said:
    return {"procedure": procedure, "responsible_unit": _unit(reader, unit)}


def answered(reader: Reader, part: Answer | None) -> Iterator[Fact | Undated]:
    """The answer, by its day or by its text."""
    if part is None:
        return
    when, text = reader.moment(part.at), reader.text(part.text, between="\n")
    if when:
        yield Fact("reply", when, part.at.label, {"text": text})
    elif text:
        yield Undated("an answer")


def resolved(reader: Reader, part: Resolution | None) -> Iterator[Fact]:
    """The resolution, where there is a column for its day."""
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


def became(reader: Reader, part: Status | None) -> Iterator[Fact | Undated]:
    """What the status says, unless the case is still open."""
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
