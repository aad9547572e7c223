"""The route that counts complaints by the unit complained of, as the annual report has them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated

from fastapi import Query, Response

from services.intake.api.office import SERVICE, Office, TheOffice
from services.intake.api.reading import hidden_complaints
from services.intake.domain.complained_unit import NOTHING_HIDDEN
from services.intake.domain.registry import PETITION_OFFICE, Registry
from services.intake.store.complaint_counts import ComplaintCount, complaint_counts
from shared.divisions import ScopeCode, county_of
from shared.http import AtLeast, Body, Router, answered
from shared.identity import Actor, Role, requires
from shared.office import wait_to_show
from shared.office.occurrence_time import Day
from shared.refusals import invalid

router = Router(tags=["figures"])


class ComplaintsOfUnit(Body):
    """The complaints about one unit: a plain count of cases, in 件."""

    complained_mark: str
    """What the events name it by; in older ones its code."""
    division: str
    code: str | None
    """Null where no unit that is registered has the mark."""
    title: str | None
    value: str
    unit: str


class ComplaintsCounted(Body):
    """The cases registered in these days that complain of a unit, the most named unit first."""

    division: str
    first: date
    last: date
    as_of: dict[str, int]
    withheld: int
    """How many more are about a unit of whoever asks, or one above it."""
    items: list[ComplaintsOfUnit]


@router.get("/divisions/{division}/complaints", response_model=ComplaintsCounted)
async def complaints(
    *,
    division: ScopeCode,
    actor: Annotated[
        Actor, requires(Role.CLERK, Role.TOWNSHIP_LEADER, Role.COUNTY_LEADER, Role.AUDITOR)
    ],
    office: TheOffice,
    first: Annotated[Day, Query(alias="from")],
    last: Annotated[Day, Query(alias="to")],
    at_least: AtLeast,
) -> Response:
    """被反映单位统计: how many cases complain of which unit [R41]; of units, never of people.

    Counted as `cases_filed` counts; accusations are the discipline lane's and are not among them.
    """
    if last < first:
        raise invalid("to", "The period ends before it begins")
    await wait_to_show(office, actor, at_least)
    hidden = await hidden_complaints(office, actor) or NOTHING_HIDDEN
    counted = await complaint_counts(office.pool, division, hidden, first=first, last=last)
    registry = await office.registry(actor.scope)
    return answered(
        {
            "division": division,
            "first": first,
            "last": last,
            "as_of": {f"{SERVICE}/{name}": head for name, head in sorted(counted.heads.items())},
            "withheld": counted.withheld,
            "items": list(_named(office, registry, counted.shown)),
        }
    )


def _named(
    office: Office, registry: Registry, counts: Iterable[ComplaintCount]
) -> Iterator[dict[str, object]]:
    codes = {
        name: code
        for code in (PETITION_OFFICE, *(code for _, code in registry.units))
        for name in office.marks.names_of_unit(code)
    }
    for each in counts:
        code = codes.get(each.named)
        places = (each.of_division, county_of(each.of_division))
        unit = next((u for p in places if code and (u := registry.unit(p, code))), None)
        yield {
            "complained_mark": each.named,
            "division": each.of_division,
            "code": code,
            "title": unit and unit.title,
            "value": str(each.value),
            "unit": "件",
        }
