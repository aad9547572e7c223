"""The rows of the published summary: what it states, what the ledgers give, and whether it follows.

What is stated is typed here; nothing is read from outside.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cli.figures_api import ask_figures
from cli.system import System
from demo.expected import rate
from demo.scene import REFERENCE_TOWNSHIP, REFERENCE_YEAR
from demo.verdict import stated as with_counts

Figures = Mapping[str, Mapping[str, Any]]
"""A figure's JSON by its id; those of land have the prefix `land/`."""

_ASKED = (
    "cases_accepted",
    "cases_accepted_yoy",
    "cases_resolved",
    "resolution_rate",
    "mediators",
    "mediations_ended",
    "mediations_succeeded",
    "mediation_rate",
    "villages",
    "grids",
    "grid_workers",
    "patrol_coverage_rate",
    "valid_grid_reports",
    "grid_warnings",
    "grid_warnings_resolved",
    "monitoring_warnings",
    "warnings_disposed_in_24h",
    "matters_on_watch",
)
_ASKED_OF_LAND = ("cases_accepted", "cases_resolved", "cases_diverted")


class Says(StrEnum):
    """What is to be said of a row."""

    FOLLOWS = "follows"
    DOES_NOT_FOLLOW = "does not follow"
    NOT_YET = "not yet"


@dataclass(frozen=True)
class Row:
    """One row of the summary."""

    stated: str
    in_figures: str | None
    """The statement in the form in which it is computed; None where its facts do not exist yet."""
    compute: Callable[[Figures], str] = lambda _: "–"
    expected: Says = Says.NOT_YET
    remark: str = ""


@dataclass(frozen=True)
class Judged:
    """A row with what was computed."""

    stated: str
    computed: str
    says: Says
    expected: Says
    remark: str


def _value(found: Figures, name: str) -> str:
    return str(found[name]["value"])


def _accepted(found: Figures) -> str:
    return f"{_value(found, 'cases_accepted')}, {_value(found, 'cases_accepted_yoy')} %"


def _land(found: Figures) -> str:
    accepted, resolved, diverted = (_value(found, f"land/{name}") for name in _ASKED_OF_LAND)
    return f"{accepted} = {resolved} + {diverted}"


def _mediators(found: Figures) -> str:
    groups = {each["code"]: each["value"] for each in found["mediators"]["groups"]}
    kinds = ("retired-cadre", "certified", "respected-elder")
    by_kind = " + ".join(str(groups[kind]) for kind in kinds)
    return f"{by_kind} = {_value(found, 'mediators')}"


def _mediations(found: Figures) -> str:
    ended, succeeded = _value(found, "mediations_ended"), _value(found, "mediations_succeeded")
    return f"{succeeded} of {ended}, {_value(found, 'mediation_rate')} %"


def _warned_early(found: Figures) -> str:
    warned, resolved = (
        int(_value(found, name)) for name in ("grid_warnings", "grid_warnings_resolved")
    )
    return f"{resolved} of {warned}, {rate(resolved, warned)[0]} %" if warned else "0 of 0"


def _monitored(found: Figures) -> str:
    names = ("monitoring_warnings", "warnings_disposed_in_24h", "matters_on_watch")
    raised, disposed, watched = (_value(found, name) for name in names)
    return f"{raised} = {disposed} + {watched}"


def _grids(found: Figures) -> str:
    names = ("villages", "grids", "grid_workers")
    return ", ".join(f"{_value(found, name)} {name.replace('_', ' ')}" for name in names)


ROWS = (
    Row("accepted 187, −12.6 % on the year", "187, -12.6 %", _accepted, Says.FOLLOWS),
    Row("resolved 184", "184", lambda found: _value(found, "cases_resolved"), Says.FOLLOWS),
    Row(
        "resolution rate 98.6 %",
        "98.6 = 184 / 187",
        lambda found: with_counts(dict(found["resolution_rate"])),
        Says.DOES_NOT_FOLLOW,
        "no whole number of 187 gives 98.6",
    ),
    Row("no group visit, no visit to a higher level", None),
    Row("42 receptions: 76 batches, 158 people, 31 solved on the spot", None),
    Row("12 key cases under a leader, 5 backlog cases settled in 3 months", None),
    Row("23 conferences, 17 cross-department matters settled", None),
    Row("land 12: 11 settled, 1 to court", "12 = 11 + 1", _land, Says.FOLLOWS),
    Row("resettlement: 5 households agreed, 2 withdrew", None),
    Row("water to 3 hamlets, 12 roads, 3 procedures; 95.2 % satisfied", None),
    Row(
        "21 villages, 106 grids, 112 grid workers",
        "21 villages, 106 grids, 112 grid workers",
        _grids,
        Says.FOLLOWS,
    ),
    Row(
        "daily patrol",
        "98.1 = 37,951 / 38,690",
        lambda found: with_counts(dict(found["patrol_coverage_rate"])),
        Says.FOLLOWS,
        "grids and days patrolled of those due; no rate is stated, the missed days are our choice",
    ),
    Row(
        "287 valid grid reports",
        "287",
        lambda found: _value(found, "valid_grid_reports"),
        Says.FOLLOWS,
    ),
    Row(
        "42 of the reports warned early, 39 of them settled",
        "39 of 42, 92.9 %",
        _warned_early,
        Says.FOLLOWS,
    ),
    Row("weekly report, monthly assessment", None),
    Row(
        "19 monitoring warnings: 13 disposed in 24 h, 6 watched",
        "19 = 13 + 6",
        _monitored,
        Says.FOLLOWS,
    ),
    Row("mediators 32 + 15 + 28", "32 + 15 + 28 = 75", _mediators, Says.FOLLOWS),
    Row("312 mediations, 298 succeeded, 95.5 %", "298 of 312, 95.5 %", _mediations, Says.FOLLOWS),
)


def scoreboard(system: System) -> list[Judged]:
    """Every row as the system's figures have it now."""
    return judged(_figures(system))


def judged(found: Figures) -> list[Judged]:
    """Every row as these figures have it."""
    return [_judge(row, found) for row in ROWS]


def _judge(row: Row, found: Figures) -> Judged:
    computed = row.compute(found)
    if row.in_figures is None:
        says = Says.NOT_YET
    else:
        says = Says.FOLLOWS if computed == row.in_figures else Says.DOES_NOT_FOLLOW
    return Judged(row.stated, computed, says, row.expected, row.remark)


def _figures(system: System) -> Figures:
    wanted = {"division": REFERENCE_TOWNSHIP, "period": str(REFERENCE_YEAR)}
    all_cases = ask_figures(system, wanted, _ASKED)
    land = ask_figures(system, wanted | {"category": "land"}, _ASKED_OF_LAND)
    return {figure["id"]: figure for figure in all_cases["figures"]} | {
        f"land/{figure['id']}": figure for figure in land["figures"]
    }
