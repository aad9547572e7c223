"""A matter that crosses ledgers counts where it is held; a county's figures count it once."""

from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings

from cli import verify
from services.stats.asking.figures import figures
from services.stats.asking.question import Question
from services.stats.domain.case_subject import CASE
from services.stats.domain.ledgers import LedgerName
from services.stats.domain.measures import Figure, every_version
from services.stats.domain.period import Period
from services.stats.store.snapshot import snapshot
from shared.postgres import Pool
from tests.parts import PostgresForTests
from tests.stats.crossings import DIVISIONS, County, Plain, counties
from tests.stats.folding import fold_in, stats_pool
from tests.stats.lives import COUNTY, NEIGHBOUR, TOWNSHIP
from tests.verify.exports import Chained, line_of

Counts = Mapping[str, Counter[str]]
"""By division."""


def counted_at(county: County, plain: Plain) -> Counts:
    """What stats counts in every ledger that is read so far."""
    return {division: _counted(county, division, plain) for division in DIVISIONS}


def _counted(county: County, division: str, plain: Plain) -> Counter[str]:
    events = county.ledgers[division].events[: plain.positions[division]]
    steps = [step for event in events for step in CASE.steps_of(event)]
    facts = CASE.fold_onto({}, steps).values()
    return Counter(name for fact in facts for name, _, *_ in CASE.contributions(fact))


def verified_at(county: County, plain: Plain) -> Counts:
    """What the verifier counts there, from the events as an export has them."""
    found = {}
    for division in DIVISIONS:
        told = verify.Cases(division)
        events = Chained(county.ledgers[division]).events[: plain.positions[division]]
        for event in events:
            told.take(verify.read_event(line_of(event)))
        found[division] = Counter(
            name for case in told.cases.values() for name, _ in verify.counted(case)
        )
    return found


def is_what_a_plain_count_gives(found: Counts, plain: Plain) -> None:
    for division, counts in found.items():
        assert counts["filed"] == plain.held[division]
        assert counts["transferred_out"] == plain.passed_on[division]
        assert counts["filed_transferred_out"] == plain.passed_on[division]
        assert counts["filed_returned"] == plain.returned[division]
        for stage, held in plain.stages.items():
            assert counts[stage] == held[division], stage
    once = sum(counts["filed"] for counts in found.values())
    assert once == plain.matters - plain.on_its_way


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(counties())
def test_each_matter_counts_once_where_it_is_held_at_every_moment(county: County) -> None:
    for plain in county.counts:
        is_what_a_plain_count_gives(counted_at(county, plain), plain)
        is_what_a_plain_count_gives(verified_at(county, plain), plain)


def bounced() -> County:
    """Forwarded, returned, forwarded again and on to the county, which assigns it home."""
    county = County()
    county.file(TOWNSHIP)
    [matter] = county.matters
    for to in (NEIGHBOUR, COUNTY):
        county.cross(matter, to)
    county.give_back(matter)
    county.go_on(matter)
    county.give_back(matter)
    county.go_on(matter)
    assert (matter.division, matter.left) == (TOWNSHIP, [])
    county.cross(matter, COUNTY)
    county.cross(matter, TOWNSHIP)
    county.handle(matter, "accepted")
    county.handle(matter, "resolved")
    return county


def test_a_matter_that_was_sent_to_and_fro_ends_as_one() -> None:
    county = bounced()
    for plain in county.counts:
        is_what_a_plain_count_gives(counted_at(county, plain), plain)
    found = counted_at(county, county.counts[-1])
    assert found[TOWNSHIP]["resolved"] == found[TOWNSHIP]["filed"] == 1
    assert found[COUNTY]["transferred_out"] == found[COUNTY]["filed_returned"] == 1
    assert found[NEIGHBOUR]["filed_returned"] == 1


async def asked(pool: Pool, division: str, plain: Plain) -> Mapping[str, Figure]:
    """The newest version of each figure, as the ledgers stood then."""
    as_of = {LedgerName("intake", name): seq for name, seq in plain.positions.items()}
    question = Question(division=division, period=Period.parse("all"), as_of=as_of)
    async with snapshot(pool, COUNTY) as connection:
        answer = await figures(connection, question, list(every_version()))
    return {figure.measure.id: figure for figure in answer.figures}


@pytest.mark.parts
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(counties())
async def test_the_countys_figures_add_its_ledgers_up_also_as_of_the_past(
    postgres: PostgresForTests, county: County
) -> None:
    async with stats_pool(postgres) as pool:
        for ledger in county.ledgers.values():
            if ledger.events:
                await fold_in(pool, ledger.events, chunk=1)
        for plain in (*county.counts[::4], county.counts[-1]):
            found = await asked(pool, COUNTY, plain)
            assert found["cases_filed"].value == str(plain.matters - plain.on_its_way)
            assert found["cases_filed"].excluded == {
                "voided": 0,
                "transferred_out": plain.passed_on.total(),
                "returned": plain.returned.total(),
                "to_discipline": 0,
            }
            assert found["cases_transferred_out"].value == str(plain.passed_on.total())
            for stage in ("accepted", "resolved", "closed"):
                assert found[f"cases_{stage}"].value == str(plain.stages[stage].total())
            here = await asked(pool, TOWNSHIP, plain)
            assert here["cases_filed"].value == str(plain.held[TOWNSHIP])


@pytest.mark.parts
async def test_a_county_that_only_sends_and_takes_back_has_each_matter_once(
    postgres: PostgresForTests,
) -> None:
    county = bounced()
    async with stats_pool(postgres) as pool:
        for ledger in county.ledgers.values():
            await fold_in(pool, ledger.events)
        for plain in county.counts:
            found = await asked(pool, COUNTY, plain)
            assert found["cases_filed"].value == str(1 - plain.on_its_way)


def test_the_worked_example_of_the_documents() -> None:
    """docs/holders.md, "How it is counted": filed, passed on and returned of each ledger."""
    county = County()
    county.file(TOWNSHIP)
    [matter] = county.matters
    shown = [in_the_county(county)]
    county.pass_on(matter, NEIGHBOUR)
    shown.append(in_the_county(county))
    county.go_on(matter)
    shown.append(in_the_county(county))
    county.bounce(matter)
    shown.append(in_the_county(county))
    county.cross(matter, NEIGHBOUR)
    county.bounce(matter)
    county.cross(matter, COUNTY)
    shown.append(in_the_county(county))
    county.cross(matter, NEIGHBOUR)
    county.handle(matter, "accepted")
    shown.append(in_the_county(county))
    assert shown == [
        ((1, 0, 0), (0, 0, 0), (1, 0, 0)),
        ((0, 1, 0), (0, 0, 0), (0, 1, 0)),
        ((0, 1, 0), (1, 0, 0), (1, 1, 0)),
        ((1, 0, 0), (0, 0, 1), (1, 0, 1)),
        ((0, 1, 0), (0, 0, 2), (1, 1, 2)),
        ((0, 1, 0), (1, 0, 2), (1, 2, 2)),
    ]


def in_the_county(county: County) -> tuple[tuple[int, ...], ...]:
    """The two townships, and all ledgers together."""
    found = counted_at(county, county.counts[-1])
    listed = ("filed", "filed_transferred_out", "filed_returned")
    whole: Counter[str] = sum(found.values(), Counter())
    return tuple(
        tuple(counts[name] for name in listed)
        for counts in (found[TOWNSHIP], found[NEIGHBOUR], whole)
    )
