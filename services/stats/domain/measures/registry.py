"""All measures by id and version; the newest version is what is given unless another is asked for."""

from collections.abc import Iterator, Mapping, Sequence

from services.stats.domain.measures.case_counts import CASE_COUNTS
from services.stats.domain.measures.case_durations import CASE_DURATIONS
from services.stats.domain.measures.case_ratings import CASE_RATINGS
from services.stats.domain.measures.case_resolutions import CASE_RESOLUTIONS
from services.stats.domain.measures.case_timeliness import CASE_TIMELINESS
from services.stats.domain.measures.definition import Measure
from services.stats.domain.measures.duties import DUTY_MEASURES
from services.stats.domain.measures.mediations import MEDIATION_MEASURES
from services.stats.domain.measures.mediators import MEDIATOR_MEASURES
from services.stats.domain.measures.patrols import PATROL_MEASURES
from services.stats.domain.measures.registers import REGISTER_MEASURES
from services.stats.domain.measures.reports import REPORT_MEASURES
from services.stats.domain.measures.warnings import WARNING_MEASURES
from shared.refusals import Refusal, invalid


class UnknownMeasure(Refusal):
    """No figure is defined under this id."""

    status = 404
    title = "There is no such figure"


class UnknownVersion(Refusal):
    """The figure has no definition of that version; `versions` names those it has."""

    status = 404
    title = "There is no such version of the figure"


def _versions() -> dict[str, dict[int, Measure]]:
    found: dict[str, dict[int, Measure]] = {}
    for measure in (
        *CASE_COUNTS,
        *CASE_RESOLUTIONS,
        *CASE_TIMELINESS,
        *CASE_DURATIONS,
        *CASE_RATINGS,
        *MEDIATION_MEASURES,
        *MEDIATOR_MEASURES,
        *REPORT_MEASURES,
        *REGISTER_MEASURES,
        *PATROL_MEASURES,
        *WARNING_MEASURES,
        *DUTY_MEASURES,
    ):
        found.setdefault(measure.id, {})[measure.version] = measure
    return found


VERSIONS: Mapping[str, Mapping[int, Measure]] = _versions()
"""By id and version, the earlier ones first; an earlier one is answered until an ADR retires it."""

MEASURES: Mapping[str, Measure] = {name: each[max(each)] for name, each in VERSIONS.items()}
"""The newest version of each."""


def every_version() -> Iterator[Measure]:
    """All definitions that are answered, of each measure the earlier ones first."""
    for versions in VERSIONS.values():
        yield from versions.values()


def measures_of(ids: Sequence[str] | None, version: int | None = None) -> list[Measure]:
    """The measures by these ids, in their order; all of them where none are named.

    An id may name its version (`resolution_rate@1`); `version` is that of the others, and where
    none is named only the measures that have it are given. One that is never given alone brings the
    other along, after all that were named.
    """
    if ids is None:
        if version is None:
            return list(MEASURES.values())
        return [each[version] for each in VERSIONS.values() if version in each]
    named = [_measure_of(name, version) for name in ids]
    found = {(each.id, each.version): each for each in named}
    for each in named:
        if each.only_with is not None:
            beside = MEASURES[each.only_with]
            found.setdefault((beside.id, beside.version), beside)
    return list(found.values())


def _measure_of(name: str, version: int | None) -> Measure:
    name, _, own = name.partition("@")
    if name not in VERSIONS:
        raise UnknownMeasure
    versions = VERSIONS[name]
    wanted = _number(own) if own else version
    if wanted is None:
        return MEASURES[name]
    if wanted not in versions:
        raise UnknownVersion(figure=name, versions=", ".join(map(str, versions)))
    return versions[wanted]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise invalid("ids", "a version is a whole number: resolution_rate@1")
    return int(text)
