"""What is done to the figures of an export is named, and counted as stats counts."""

from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli import verify
from cli.verify import MEASURES, VERSIONS
from services.stats.domain.measures import MEASURES as STATS_MEASURES
from services.stats.domain.measures import every_version
from shared.times import china_day
from tests.stats.coverage_histories import GridYear, grid_years
from tests.stats.duty_lives import Duties, duty_ledgers
from tests.stats.grid_histories import grid_ledgers
from tests.stats.grid_lives import Grids
from tests.stats.histories import ledgers
from tests.stats.lives import COUNTY, TOWNSHIP, Ledger
from tests.stats.made_up_ledger import MadeUpLedger
from tests.stats.mediation_histories import mediation_ledgers
from tests.stats.mediation_lives import Mediations
from tests.stats.warning_histories import warning_ledgers
from tests.stats.warning_lives import Warnings
from tests.verify.edges import EDGES, ledgers_on_the_edge
from tests.verify.exports import Chained, figures_object, forged, line_of, write_export
from tests.verify.tampering import a_township, figures_in, found_in, only, tampered_with


@pytest.mark.slow
@tampered_with
@given(st.data())
def test_any_edited_figure_is_named(export: Path, data: st.DataObject) -> None:
    before = figures_in(export)
    told = figures_in(export)
    about = data.draw(st.sampled_from(told))
    figure = data.draw(st.sampled_from(about["figures"]))
    name = data.draw(
        st.sampled_from(["value", "numerator", "denominator", "unit", "version", "note"])
    )
    figure[name] = data.draw(
        st.one_of(st.none(), st.integers(0, 9), st.integers(0, 999).map(str)).filter(
            lambda value: value != figure[name] and not (name == "note" and figure["note"])
        )
    )
    if figure[name] is None and name == "note":
        return
    try:
        with forged(export):
            (export / "figures.json").write_bytes(orjson.dumps(told))
        only(
            found_in(export),
            f"figures.json {about['division']} {about['period']}",
            figure["id"],
        )
    finally:
        with forged(export):
            (export / "figures.json").write_bytes(orjson.dumps(before))


def test_what_is_given_and_what_follows_stand_side_by_side(export: Path) -> None:
    with forged(export):
        told = figures_in(export)
        rate = next(each for each in told[-1]["figures"] if each["id"] == "resolution_rate")
        given = rate["value"]
        rate["value"] = "98.6"
        (export / "figures.json").write_bytes(orjson.dumps(told))
    only(found_in(export), f'resolution_rate: value is "98.6", recomputed "{given}"')


@pytest.mark.parametrize(
    ("member", "value", "found"),
    [
        (
            "name",
            {"zh": "满意率", "en": "satisfaction rate"},
            "its name is not that of the figure",
        ),
        ("cohort", "closed in the period", "its cohort is not that of the figure"),
        ("basis", "说明", "its basis is not that of the figure"),
        ("evidence", "/figures/repeat_rate/evidence?", "its evidence is another figure's"),
        ("comment", "the best of the county", "comment was added"),
    ],
)
def test_words_of_a_figure_that_were_edited_are_named(
    export: Path, member: str, value: object, found: str
) -> None:
    with forged(export):
        told = figures_in(export)
        rate = next(each for each in told[0]["figures"] if each["id"] == "resolution_rate")
        rate[member] = value
        told[0]["rank"] = 1
        (export / "figures.json").write_bytes(orjson.dumps(told))
    findings = found_in(export)
    only(findings, f"resolution_rate: {found}")
    only(findings, "rank was added")


def test_it_calls_every_figure_as_stats_does() -> None:
    assert {
        (measure.id, measure.version): (
            measure.name.zh,
            measure.name.en,
            measure.cohort,
            measure.basis,
        )
        for measure in every_version()
    } == {name: (each.zh, each.en, each.cohort, each.basis) for name, each in VERSIONS.items()}


def test_it_recomputes_every_measure_of_stats_in_its_version() -> None:
    assert {measure.id: measure.version for measure in STATS_MEASURES.values()} == {
        name: each.version for name, each in MEASURES.items()
    }
    assert {(each.id, each.version) for each in every_version()} == VERSIONS.keys()


def test_a_figure_of_a_later_definition_is_refused_by_name(export: Path) -> None:
    with forged(export):
        told = figures_in(export)
        rate = next(each for each in told[0]["figures"] if each["id"] == "resolution_rate")
        rate["version"], rate["value"], rate["denominator"] = 3, "1.0", 7
        (export / "figures.json").write_bytes(orjson.dumps(told))
    findings = found_in(export)
    only(findings, "resolution_rate: its version is 3; version 1 and 2 can be recomputed here")
    only(findings, "resolution_rate in version 1 is missing")
    assert len(findings) == 2


def test_figures_left_out_or_added_are_named(export: Path) -> None:
    with forged(export):
        told = figures_in(export)
        told[0]["period"] = "1999"
        told[1]["figures"].pop()
        told[1]["figures"][0]["id"] = "cases_imagined"
        told[2]["category"] = "land"
        told[2]["figures"].append(told[2]["figures"][0])
        (export / "figures.json").write_bytes(orjson.dumps(told))
    findings = found_in(export)
    only(findings, "1999", "these figures were added")
    only(findings, f"the figures of {COUNTY} in 2024 are missing")
    only(findings, f"{COUNTY} 2025", f"{list(MEASURES)[-1]} is missing")
    only(findings, f"{COUNTY} 2025", "cases_imagined is no figure that can be recomputed here")
    only(findings, f"{TOWNSHIP} 2024", "not of all cases")
    only(findings, f"{TOWNSHIP} 2024", "cases_filed in version 1 is there twice")


def test_figures_by_other_days_than_those_of_occurrence_are_not_taken_for_these(
    export: Path,
) -> None:
    with forged(export):
        told = figures_in(export)
        told[0]["by"] = "occurred"
        told[1]["by"] = "recorded"
        (export / "figures.json").write_bytes(orjson.dumps(told))
    only(found_in(export), "only figures by the days of occurrence can be recomputed here")


def counts_as_stats_does(ledger: MadeUpLedger) -> None:
    chained = Chained(ledger)
    told = verify.counting(f"{chained.service}/{TOWNSHIP}")
    for event in chained.events:
        if event.kind not in verify.OF_EVERY_LEDGER:
            told.take(verify.read_event(line_of(event)))
    asked_at = chained.events[-1].recorded_at if chained.events else ledger.recorded_at
    horizon = china_day(asked_at)
    counts = verify.counts_by_year(told, horizon)
    for year in {*told.years, *counts}:
        for figure in figures_object(TOWNSHIP, year, [chained], asked_at)["figures"]:
            definition = VERSIONS[figure["id"], figure["version"]]
            own = verify.figure_of(definition, verify.counts_in(counts, year))
            assert {name: figure[name] for name in own} == own, (year, figure["id"])


@pytest.mark.parametrize("ledger", EDGES, ids=range(len(EDGES)))
def test_it_counts_on_the_edges_as_stats_does(ledger: Ledger) -> None:
    counts_as_stats_does(ledger)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(ledgers() | ledgers_on_the_edge())
def test_it_counts_whatever_history_as_stats_does(ledger: Ledger) -> None:
    counts_as_stats_does(ledger)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(mediation_ledgers().filter(lambda ledger: ledger.events))
def test_it_counts_whatever_history_of_mediations_as_stats_does(ledger: Mediations) -> None:
    counts_as_stats_does(ledger)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(duty_ledgers())
def test_it_counts_whatever_leaders_and_units_did_as_stats_does(ledger: Duties) -> None:
    counts_as_stats_does(ledger)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(grid_ledgers())
def test_it_counts_whatever_history_of_grids_as_stats_does(ledger: Grids) -> None:
    counts_as_stats_does(ledger)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(grid_years())
def test_it_counts_whatever_patrols_as_stats_does(year: GridYear) -> None:
    # figures are given of years in which something happened to a matter
    year.report()
    counts_as_stats_does(year)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(warning_ledgers())
def test_it_counts_whatever_warnings_as_stats_does(ledger: Warnings) -> None:
    counts_as_stats_does(ledger)


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(grid_ledgers(most=20, lawful=True))
def test_an_export_of_whatever_grids_holds_beside_cases(
    tmp_path_factory: pytest.TempPathFactory, ledger: Grids
) -> None:
    drawn = [a_township(), *([ledger] if ledger.events else [])]
    chained = [Chained(each, [len(each.events)]) for each in drawn]
    folder = write_export(tmp_path_factory.mktemp("export"), chained, division=TOWNSHIP)
    assert found_in(folder) == []


def test_298_of_312_mediations_are_95_5_and_nothing_else(tmp_path: Path) -> None:
    ledger = Mediations()
    for number in range(312):
        dispute = ledger.apply("2025-03-01")
        ledger.meet(dispute, "2025-03-02")
        (ledger.succeed if number < 298 else ledger.fail)(dispute, "2025-03-03")
    folder = write_export(tmp_path, [Chained(ledger)], division=TOWNSHIP)
    assert found_in(folder) == []
    with forged(folder):
        told = figures_in(folder)
        rate = next(each for each in told[0]["figures"] if each["id"] == "mediation_rate")
        assert (rate["value"], rate["numerator"], rate["denominator"]) == ("95.5", 298, 312)
        rate["value"] = "95.6"
        (folder / "figures.json").write_bytes(orjson.dumps(told))
    only(found_in(folder), 'mediation_rate: value is "95.6", recomputed "95.5"')


def test_warnings_that_were_bent_are_named(tmp_path: Path) -> None:
    """Figures that were raised, and a ledger that was changed so that they would follow."""
    ledger = Warnings()
    for number in range(6):
        warning = ledger.warn("2025-03-01", last_day="2025-03-08")
        (ledger.find_false if number == 5 else ledger.dispose)(warning, "2025-03-03")
    ledger.tell("2025-03-01", safety=True)
    folder = write_export(tmp_path, [Chained(ledger, [13])], division=TOWNSHIP)
    assert found_in(folder) == []
    with forged(folder):
        told = figures_in(folder)
        by_id = {each["id"]: each for each in told[0]["figures"]}
        rate, in_24h = by_id["warning_precision"], by_id["warnings_disposed_in_24h"]
        assert (rate["value"], rate["numerator"], rate["denominator"]) == ("83.3", 5, 6)
        assert (by_id["warning_lead_time"]["value"], by_id["grid_warnings"]["value"]) == ("7", "0")
        assert (in_24h["value"], in_24h["beside"]["disposed_later"]) == ("0", 5)
        rate["value"], in_24h["value"] = "100.0", "5"
        (folder / "figures.json").write_bytes(orjson.dumps(told))
    findings = found_in(folder)
    only(findings, 'warning_precision: value is "100.0", recomputed "83.3"')
    only(findings, 'warnings_disposed_in_24h: value is "5", recomputed "0"')
    with forged(folder):
        file = folder / "ledgers" / "grid" / f"{TOWNSHIP}.ndjson"
        file.write_bytes(file.read_bytes().replace(b"warning-found-false", b"warning-expired", 1))
    assert any("event 12" in each for each in found_in(folder))


def test_groups_that_do_not_follow_or_do_not_belong_are_named(export: Path) -> None:
    with forged(export):
        told = figures_in(export)
        here = next(
            each for each in told if (each["division"], each["period"]) == (TOWNSHIP, "2025")
        )
        by_id = {figure["id"]: figure for figure in here["figures"]}
        assert by_id["mediators"]["groups"] == [{"code": "respected-elder", "value": "1"}]
        by_id["mediators"]["groups"][0]["value"] = "2"
        by_id["cases_filed"]["groups"] = []
        (export / "figures.json").write_bytes(orjson.dumps(told))
    only(found_in(export), "mediators: groups is", 'recomputed [{"code": "respected-elder"')
    only(found_in(export), "cases_filed: it is not given by kind")


def test_it_knows_every_measure_that_stats_has() -> None:
    assert MEASURES.keys() == STATS_MEASURES.keys()


def test_figures_that_lack_parked_events_are_told_of_and_a_difference_still_counts(
    export: Path,
) -> None:
    with forged(export):
        told = figures_in(export)
        told[-1]["parked"] = {f"intake/{TOWNSHIP}": 1}
        figure = next(each for each in told[-1]["figures"] if each["id"] == "cases_filed")
        figure["note"], figure["value"] = "without parked events", "9999"
        (export / "figures.json").write_bytes(orjson.dumps(told))
    said: list[str] = []
    findings = verify.check_export(export, None, said.append)
    assert any("could not fold" in line for line in said)
    only(findings, 'cases_filed: value is "9999"')


def test_figures_of_another_horizon_than_the_day_of_the_export_are_named(export: Path) -> None:
    with forged(export):
        told = figures_in(export)
        told[0]["horizon"] = "2025-12-31"
        del told[1]["horizon"]
        (export / "figures.json").write_bytes(orjson.dumps(told))
    findings = found_in(export)
    for about in told[:2]:
        where = f"figures.json {about['division']} {about['period']}"
        only(findings, where, "they are not judged by")
    assert len(findings) == 2


def test_an_office_that_records_nothing_any_more_is_late(tmp_path: Path) -> None:
    ledger = Ledger()
    for _ in range(5):
        ledger.file("2026-01-01")
    later = ledger.recorded_at + timedelta(days=100)
    chained = [Chained(ledger, [5])]
    folder = write_export(tmp_path, chained, division=TOWNSHIP, made_at=later, figures_at=later)
    assert found_in(folder) == []
    [told] = figures_in(folder)
    rate = next(
        each
        for each in told["figures"]
        if (each["id"], each["version"]) == ("timely_acceptance_rate", 2)
    )
    assert (rate["value"], rate["numerator"], rate["denominator"]) == ("0.0", 0, 5)
