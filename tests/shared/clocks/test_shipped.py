"""What ships: every clock with its source, doubts marked where nobody confirmed, data packed."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path

from shared.clocks import shipped
from shared.clocks.clock import Approver, Doubt
from shared.clocks.shipped import shipped_calendar, shipped_policies

ROOT = Path(__file__).parents[3]
UNVERIFIED = {
    "C6": {Doubt.TIMES, Doubt.PAUSES},
    "C7": {Doubt.TIMES},
    "C12": {Doubt.LENGTH, Doubt.SOURCE},
    "C13": {Doubt.LENGTH, Doubt.SOURCE},
    "C15": {Doubt.TIMES, Doubt.APPROVER},
    "C16": {Doubt.SCOPE},
    "C19": {Doubt.HOURS},
}
"""Everything else has a source that was read."""


def test_a_placeholder_is_marked_and_nothing_else_is() -> None:
    national = shipped_policies()["national-2022"]
    marked = {clock.id: set(clock.unverified) for clock in national.clocks() if clock.unverified}
    assert marked == UNVERIFIED
    assert national.counting.unverified == (Doubt.COUNTING,)


def test_every_clock_cites_the_law_in_both_languages() -> None:
    for policy in shipped_policies().values():
        for clock in policy.clocks():
            for citation in policy.citations(clock.source):
                assert citation.zh.startswith("《")
                assert citation.en


def test_an_extension_has_an_approver_and_a_bound_where_the_law_sets_one() -> None:
    extensions = {
        clock.id: (clock.extension.days, clock.extension.times, clock.extension.approver)
        for clock in shipped_policies()["national-2022"].clocks()
        if clock.extension
    }
    assert extensions == {
        "C6": (30, 1, Approver.UNIT_HEAD),
        "C15": (10, 1, Approver.COURT_PRESIDENT),
        "C16": (None, None, Approver.BOTH_PARTIES),
    }


def test_a_province_changes_what_its_law_changes_and_keeps_the_rest() -> None:
    policies = shipped_policies()
    national = policies["national-2022"]
    changed = {
        version: [
            id_ for id_, clocks in policy.versions.items() if clocks != national.versions[id_]
        ]
        for version, policy in policies.items()
    }
    assert changed == {
        "national-2022": [],
        "henan-2012": ["C1", "C6", "C7"],
        "zhejiang-2016": ["C2", "C3", "C6", "C7"],
    }


def test_the_calendars_reach_from_2010_to_the_last_published_year() -> None:
    years = [year.year for year in shipped_calendar().years]
    assert years == list(range(2010, years[-1] + 1))
    assert years[-1] >= 2026
    assert {year.year: year.edition for year in shipped_calendar().years if year.edition > 1} == {
        2015: 2,
        2019: 2,
        2020: 2,
    }


def test_every_data_file_is_packed_into_an_installed_package() -> None:
    """An editable install reads the tree; a wheel has what these patterns name."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    patterns = tools["setuptools"]["package-data"]["*"]
    folder = Path(shipped.__file__).parent
    files = [str(each.relative_to(folder)) for each in folder.rglob("*.toml")]
    assert len(files) > 15
    assert all(any(fnmatch(file, pattern) for pattern in patterns) for file in files)
