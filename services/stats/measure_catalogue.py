"""The measure catalogue as people read it: `docs/measures.md`.

`python -m services.stats.measure_catalogue DOCS` writes `measures.md` into the folder DOCS; the
tests hold the committed page against what this writes.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from services.stats.domain.measures import (
    MEASURES,
    VERSIONS,
    Change,
    Count,
    Measure,
    Quantile,
    Rate,
    Stock,
)
from services.stats.domain.measures.definition import (
    DOES_NOT_APPLY,
    NOTHING_SAID,
    ROUNDING,
    Formula,
)
from services.stats.domain.policy import POLICY

_HEAD = f"""# Measures

Generated from the registry by `make docs`: change that, not this page.

Days are days of China. A figure is given with its numerator and denominator, what is left out and
what is listed beside it, the position in the ledgers that it is as of, and a link to the cases that
it counts. Rates are rounded {ROUNDING}, from whole numbers; a zero denominator
gives no value and a note. What counts for a case is the end that stands: a reopened case is
neither resolved nor closed, withdrawn, diverted nor linked any more; what was recorded of a
mediation and taken back counts as if it had never been said.

A changed definition is a new version. The newest is given unless another is asked for (`version=1`,
or `ids=resolution_rate@1`); an earlier one is answered until an ADR retires it. Facts are not
versions: a corrected registration counts as corrected, a voided one nowhere, an opinion on the day of
its receipt, a matter in the ledger that holds it, in every version; as of a position before that the
old values count.

Cases come from the ledgers of intake, mediations and mediators from those of mediation, grid reports,
villages, grids, grid workers, early warnings and watched matters from those of grid; a figure of which no ledger says anything is 0, a
rate without a value. `as_of` names all ledgers of the division.

The end of a term is judged, and a running year compared, by the `horizon`, a day of China that every
answer states beside `as_of`: today unless asked with `horizon=` (with a time as `as_of`, the day of
that), never a later one. `as_of` and `horizon` sent back give the same figures again. So an office
that stops recording is late once its terms are over, and not punctual.

Figures that are given by kind carry `groups`, those kinds left out of which there are none. Each
group's evidence is asked for with its code as the `part`. Everything can be narrowed to a category
or a village, mediations to a committee (`committee=`), grid reports to an urgency (`urgency=`) and a
source (`source=`), early warnings to a level (`level=`) and a rule (`rule=`); figures that cannot be narrowed as asked are left out, or refused where they are
named. `category=` means the same of all of them: for a grid report it is the category of a case about
the same matter, while the groups of `valid_grid_reports` are the reports' own category tree. Villages
and grids are narrowed to a village, grid workers and watched matters to nothing. Safety warnings are in
no figure, no evidence and no gauge: even a count of one would say when and where somebody was in
danger. Of a rule, never of whoever tells or acts, is measured how often and how early it was right. What is published elsewhere of a figure is told where it
is known, to compare with: nothing is ever corrected by it.

## Matters that cross ledgers

A matter that is forwarded or assigned to another township or the county counts there, from the
registration of its receiver on. The sender's case is listed as `transferred_out` until it is
returned, and then counts as if it had never left; a receiver's case that was `returned`, since the
matter was not its own, counts nowhere. Each office is judged by its own terms: who passed a matter
on in time owes no acceptance and no reply and is listed, who did so after the term was late, and a
notice is owed either way.

The figures of a county add up its ledgers, its own among them, and have each matter once, also as of
an earlier position. While a matter is on its way, it is in no count of cases, and in the
`transferred_out` of its sender. Ledgers are read independently: a live figure may for a moment have
read the receiver's registration before the forwarding from which it follows, and count both;
`as_of` tells how far each ledger was read ([why](adr/0032-a-matter-is-counted-where-it-is-held.md)).

## By occurred or by recorded time

The days of a period are those on which things occurred (`by=occurred`, what is given unless asked
otherwise), or those on which they were recorded (`by=recorded`): "filed in the period" is then
"recorded as filed in the period". A register of 2019 that is brought in today counts under today;
a figure tells what was entered and when, and what is entered later never enters a period that was
over.

By recorded time a case counts on the day on which the event was recorded that makes it count: of
several answers the earliest in time, of several acceptances the first. Terms and durations are
facts of the world and stay as they occurred: whether an answer came within 30 days, by the end of
its term, or a repeat within the window of days after closing does not depend on when a clerk wrote
it down. Where the cohort is those whose term ends in the period, the day is the last one of the
term, or the day on which what began the term was recorded, if that is later: the day from which the
register could tell. A term that is not over is left out either way. So over all days together
(`period=all`) both ways give the same figures.

`as_of` is another matter: up to which event the register is read. Both may be asked together:
what was recorded in March, as it was known at the end of April.

## All measures

| id | 名称 | unit |
|---|---|---|"""


def measures_page() -> str:
    """The whole page, in Markdown."""
    overview = (
        f"| [`{measure.id}`](#{measure.id}) | {measure.name.zh} | {measure.unit.value} |"
        for measure in MEASURES.values()
    )
    details = (line for versions in VERSIONS.values() for line in _versions(versions))
    return "\n".join([_HEAD, *overview, "", *details, *_policy(), ""])


def _versions(versions: Mapping[int, Measure]) -> Iterator[str]:
    """The newest first."""
    newest, *earlier = reversed(list(versions.values()))
    yield f"## {newest.id}\n"
    yield from _measure(newest)
    for measure in earlier:
        yield f"### {measure.id}, version {measure.version}\n"
        yield from _measure(measure)


def _measure(measure: Measure) -> Iterator[str]:
    yield f"{measure.name.zh}, {measure.name.en}; version {measure.version}.\n"
    yield f"- value: {_formula(measure.formula)}, in {measure.unit.value}"
    yield f"- cohort: {measure.cohort}"
    for about, said in _treatment(measure.treatment):
        yield f"- {about}: {said}"
    for title, listed in (("left out", measure.excluded), ("beside it", measure.beside)):
        for each in listed:
            yield f"- {title}: `{each.key}`, {each.name.zh}, {each.name.en} (`{each.counter}`)"
    yield from _remarks(measure)
    yield f"- basis: {measure.basis}\n"


def _remarks(measure: Measure) -> Iterator[str]:
    if measure.kinds:
        yield f"- by kind: {', '.join(f'`{kind.code}` {kind.name}' for kind in measure.kinds)}"
    if measure.without_base:
        yield f"- without a denominator: {measure.without_base}"
    if measure.minimum_sample > 1:
        yield f"- of fewer than {measure.minimum_sample}: the counts alone"
    for name in measure.policy:
        yield f"- reads the threshold `{name}`"
    if measure.plausible:
        yield f"- to compare it with: {measure.plausible}"


def _formula(formula: Formula) -> str:
    match formula:
        case Count(counter):
            return f"`{counter}`"
        case Rate(numerator, denominator):
            return f"`{numerator}` ÷ `{denominator}`"
        case Change(counter):
            return f"(`{counter}` − a year before) ÷ a year before"
        case Stock(joined, left):
            return f"`{joined}` − `{left}`, both from the beginning on"
        case Quantile(counter, percent):
            return f"the least number of days that {percent} % of `{counter}` do not exceed"


def _treatment(treatment: Any) -> Iterator[tuple[str, str]]:
    for field in fields(treatment):
        said = getattr(treatment, field.name)
        if said not in {field.default, DOES_NOT_APPLY} or said == NOTHING_SAID:
            yield field.name.replace("_", " "), said


def _policy() -> Iterator[str]:
    yield f"## Thresholds\n\nPolicy `{POLICY.version}`; a placeholder has no confirmed source.\n"
    yield "| threshold | value | |"
    yield "|---|---|---|"
    for field in fields(POLICY):
        if field.name not in {"version", "placeholders"}:
            value = getattr(POLICY, field.name)
            shown = ", ".join(map(str, value)) if isinstance(value, tuple) else value
            remark = "placeholder" if field.name in POLICY.placeholders else ""
            yield f"| `{field.name}` | {shown} | {remark} |"


def write(folder: Path) -> None:
    """Write the page into a folder."""
    (folder / "measures.md").write_text(measures_page(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
