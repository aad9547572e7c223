"""What few cases have, as the JSON of one column."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from psycopg.types.json import Jsonb

from services.stats.domain.case_fact import NOTHING_SELDOM, Away, CaseFact, Rating, Repeat, Seldom
from services.stats.domain.case_step import Filing
from shared.folding.occurrence import Occurrence
from shared.times import from_wire, to_wire

Said = Mapping[str, Any]
Reader = Callable[[Any], Any]


def write_seldom(seldom: Seldom) -> Jsonb | None:
    """The column of a fact; null where a case has nothing of it."""
    if seldom is NOTHING_SELDOM or seldom == NOTHING_SELDOM:
        return None
    return Jsonb(_seldom_said(seldom))


def read_seldom(said: Said | None) -> Seldom:
    """What `write_seldom` wrote."""
    return NOTHING_SELDOM if said is None else Seldom(**_read(said, _OF_SELDOM))


def _seldom_said(seldom: Seldom) -> dict[str, Any]:
    said = _occurrences_said(seldom._asdict())
    if seldom.extended_due_at:
        said["extended_due_at"] = to_wire(seldom.extended_due_at)
    if seldom.excused_until:
        said["excused_until"] = seldom.excused_until.isoformat()
    if seldom.repeats:
        said["repeats"] = [[each.case_id, each.registered.to_json()] for each in seldom.repeats]
    if seldom.ratings:
        said["ratings"] = [[*each[:2], each.rated.to_json()] for each in seldom.ratings]
    if seldom.away:
        said["away"] = [[each.left.to_json(), _or_none(each.back)] for each in seldom.away]
    if seldom.held:
        said["held"] = _fact_said(seldom.held)
    return said


def _fact_said(fact: CaseFact) -> dict[str, Any]:
    filing = fact.filing._asdict()
    received_on = fact.filing.received_on
    return {
        "division": fact.division,
        "case_id": fact.case_id,
        "filing": filing | {"received_on": received_on and received_on.isoformat()},
        "due_at": fact.due_at and to_wire(fact.due_at),
        "petitioner_due_at": fact.petitioner_due_at and to_wire(fact.petitioner_due_at),
        "grounded": fact.grounded,
        "seldom": _seldom_said(fact.seldom),
        **_occurrences_said(fact._asdict()),
    }


def _occurrences_said(parts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.to_json() for name, value in parts.items() if isinstance(value, Occurrence)
    }


def _or_none(occurrence: Occurrence | None) -> list[Any] | None:
    return occurrence and occurrence.to_json()


def _read(said: Said, readers: Mapping[str, Reader]) -> dict[str, Any]:
    """Whatever has no reader of its own is an occurrence."""
    of_others: Reader = Occurrence.from_json
    return {name: readers.get(name, of_others)(value) for name, value in said.items()}


def _read_fact(said: Said) -> CaseFact:
    return CaseFact(**_read(said, _OF_FACT))


def _read_filing(said: Said) -> Filing:
    received_on = said["received_on"]
    return Filing(**{**said, "received_on": received_on and date.fromisoformat(received_on)})


def _as_it_is(value: Any) -> Any:
    return value


_OF_SELDOM: Mapping[str, Reader] = {
    "extended_due_at": from_wire,
    "excused_until": date.fromisoformat,
    "repeats": lambda said: tuple(
        Repeat(case_id, Occurrence.from_json(at)) for case_id, at in said
    ),
    "away": lambda said: tuple(
        Away(Occurrence.from_json(left), back and Occurrence.from_json(back))
        for left, back in said
    ),
    "ratings": lambda said: tuple(
        Rating(about, grade, Occurrence.from_json(rated)) for about, grade, rated in said
    ),
    "held": _read_fact,
}
_OF_FACT: Mapping[str, Reader] = {
    "division": _as_it_is,
    "case_id": _as_it_is,
    "filing": _read_filing,
    "due_at": lambda said: said and from_wire(said),
    "petitioner_due_at": lambda said: said and from_wire(said),
    "grounded": _as_it_is,
    "seldom": lambda said: read_seldom(said or None),
}
