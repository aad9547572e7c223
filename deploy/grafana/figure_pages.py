"""The dashboards of figures: the county, and one township. Rates are shown with what they are of."""

from collections.abc import Callable

from deploy.grafana.panels import Choice, Dashboard, Panel
from deploy.grafana.queries import figure, largest, rate_of_all, series, total

_PERIOD = Choice(name="period", title="Period", values=("year", "month", "day"))
_TOWNSHIP = Choice(name="division", title="Township", label_of="concord_cases_accepted")
_NOW = {"period": "$period"}
_HERE = {"division": "$division", "period": "$period"}
_RATES = (
    ("Resolution rate", "concord_resolution_ratio", "concord_cases_accepted", "cases accepted"),
    ("Mediation rate", "concord_mediation_ratio", "concord_mediations_ended", "mediations ended"),
)
_SMALL = "A small count makes a rate of little meaning: read both."


def _rates_of_all() -> list[Panel]:
    panels = []
    for title, ratio, among, what in _RATES:
        panels += [
            Panel(
                title=f"{title}, county",
                says=f"Of all {what} in the period. {_SMALL}",
                asks={title: rate_of_all(figure(ratio), figure(among), **_NOW)},
                unit="percentunit",
                number=True,
            ),
            Panel(
                title=f"n: {what}, county",
                says=f"What the {title.lower()} is of.",
                asks={what: total(figure(among), **_NOW)},
                number=True,
            ),
        ]
    return panels


def _rates_by_township() -> list[Panel]:
    panels = []
    for title, ratio, among, what in _RATES:
        panels += [
            Panel(
                title=f"{title} by township",
                says=f"Of the {what} in the period; no line where there were none. {_SMALL}",
                asks={"{{division}}": series(figure(ratio), **_NOW)},
                unit="percentunit",
            ),
            Panel(
                title=f"n: {what} by township",
                says=f"What the {title.lower()} is of.",
                asks={"{{division}}": series(figure(among), **_NOW)},
            ),
        ]
    return panels


def _open_and_missed(query: Callable[[str, str], str]) -> tuple[Panel, Panel]:
    """Open warnings and missed terms, by the query of a figure by its label."""
    return (
        Panel(
            title="Open warnings by level",
            says="Early warnings on which somebody has to act; none of safety.",
            asks={"{{level}}": query("concord_warnings_open", "level")},
        ),
        Panel(
            title="Terms missed by what was due",
            says="Terms of cases that ended in the period without what was due.",
            asks={"{{clock}}": query("concord_clocks_missed", "clock")},
        ),
    )


COUNTY = Dashboard(
    name="county",
    title="Concord: county",
    choices=(_PERIOD,),
    panels=(
        *_rates_of_all(),
        *_rates_by_township(),
        *_open_and_missed(lambda name, label: total(figure(name), label, **_NOW)),
        Panel(
            title="Valid grid reports by township",
            says="Grid reports validated in the period.",
            asks={"{{division}}": series(figure("concord_grid_reports_valid"), **_NOW)},
        ),
        Panel(
            title="Patrol coverage by township",
            says="Days patrolled among those due, by grid and day.",
            asks={"{{division}}": series(figure("concord_patrol_coverage_ratio"), **_NOW)},
            unit="percentunit",
        ),
        Panel(
            title="n: days due for a patrol by township",
            says="What the patrol coverage is of.",
            asks={"{{division}}": series(figure("concord_patrols_due"), **_NOW)},
        ),
    ),
)

TOWNSHIP = Dashboard(
    name="township",
    title="Concord: one township",
    choices=(_TOWNSHIP, _PERIOD),
    panels=(
        *(
            Panel(
                title=asked,
                says=f"Of the {what} in the period. {_SMALL}",
                asks={asked: series(figure(name), **_HERE)},
                unit=unit,
                number=True,
            )
            for title, ratio, among, what in _RATES
            for asked, name, unit in (
                (title, ratio, "percentunit"),
                (f"n: {what}", among, "short"),
            )
        ),
        Panel(
            title="Cases",
            says="Accepted and resolved in the period: not of the same cases.",
            asks={
                "accepted": series(figure("concord_cases_accepted"), **_HERE),
                "resolved": series(figure("concord_cases_resolved"), **_HERE),
            },
        ),
        Panel(
            title="Mediations",
            says="Ended in the period, and those of them with an agreement.",
            asks={
                "ended": series(figure("concord_mediations_ended"), **_HERE),
                "with an agreement": series(figure("concord_mediations_succeeded"), **_HERE),
            },
        ),
        *_open_and_missed(lambda name, _: series(figure(name), **_HERE)),
        Panel(
            title="Villages, grids and workers",
            says="On the register today; each worker once.",
            asks={
                what: series(figure(f"concord_{name}"), **_HERE)
                for what, name in (
                    ("villages", "villages"),
                    ("grids", "grids"),
                    ("grid workers", "grid_workers"),
                )
            },
        ),
        Panel(
            title="Oldest report that nobody has checked",
            says="The age of the office's queue, not of anybody's work.",
            asks={
                "age": largest(
                    figure("concord_grid_reports_unchecked_seconds"),
                    "division",
                    division="$division",
                )
            },
            unit="s",
        ),
    ),
)
