"""No name by which a person or a household could be warned about, scored or listed.

Beside it a list of forbidden additions: each is added to the names that there are, and has to be found.
"""

import re
from collections.abc import Iterable, Iterator

import pytest

from tests.parts import PostgresForTests
from tests.published_names import Named, every_name

pytestmark = pytest.mark.parts

PERSON = frozenset(
    [
        "person",
        "persons",
        "people",
        "petitioner",
        "petitioners",
        "party",
        "parties",
        "household",
        "households",
        "resident",
        "residents",
        "family",
        "families",
        "applicant",
        "applicants",
        "respondent",
        "respondents",
        "caller",
        "callers",
        "complainant",
        "citizen",
        "individual",
        "human",
        "member",
        "members",
        "somebody",
    ]
)
"""Words for somebody whom a matter concerns."""
WHO = PERSON | frozenset(["name", "names", "phone", "address", "idnumber", "ref", "worker", "sub"])
"""Words by which a record could name somebody; an organisation is named as a cause (`cause_ref`)."""
MEASURES = frozenset(
    [
        "score",
        "scores",
        "scored",
        "scoring",
        "risk",
        "risks",
        "risky",
        "ranking",
        "rankings",
        "ranked",
        "watchlist",
        "blacklist",
        "whitelist",
        "flag",
        "flags",
        "flagged",
        "dangerous",
        "suspect",
        "credit",
        "troublemaker",
        "profiling",
    ]
)
"""Words for a measure or a mark of somebody; nothing here has one."""
LISTS = frozenset(
    [
        "key",
        "list",
        "control",
        "controlled",
        "focus",
        "special",
        "watch",
        "watched",
        "watches",
        "warning",
        "warnings",
        "warned",
        "level",
        "urgency",
        "rank",
    ]
)
"""Words that make a list of those whom a word of PERSON names."""
MARKS = LISTS - {"key"}
"""The same of a column beside a person's; a key there is what encrypts."""
WARNS = frozenset(["warning", "warnings", "warned", "watch", "watches", "watched", "rule"])
"""Words of what is about early warnings and watched matters."""
PETITIONS = frozenset(["petition", "petitions", "petitioning", "petitioned", "visit", "visits"])
CAUSES = PETITIONS | {"repeat", "group", "skip"}
"""Lawful petitioning, alone or with others, once or again: never a cause and never an order."""
IN_CHINESE = (
    *("人员", "信访人", "当事人", "居民", "住户", "家庭", "个人", "重复访", "群体访", "黑名单"),
    "越级访",
)
OF_THE_OFFICE = frozenset({"told-by-worker", "cause_ref"})
"""A rule by which a post raises a warning, and an organisation that is a cause: nobody concerned."""
WHOLE = frozenset({"event", "code list", "table", "path", "schema", "metric"})


def words(text: str) -> frozenset[str]:
    """The words of a name, however it is written."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return frozenset(re.findall(r"[a-z]+", apart.lower()))


def wrong_with(named: Named, holding_people: frozenset[str]) -> Iterator[str]:
    """What a person could be warned about, scored or listed by."""
    own = words(named.name)
    if own & MEASURES:
        yield "it measures or marks somebody"
    if named.what in WHOLE and own & PERSON and own & LISTS:
        yield "it lists people"
    is_order = named.what == "choice" and named.owner.endswith("?order")
    if (named.what in {"parameter", "label", "metric"} or is_order) and own & PERSON:
        yield "it asks for a person"
    if is_order and own & PETITIONS:
        yield "it orders by lawful petitioning"
    if named.what == "column" and named.owner in holding_people and own & MARKS:
        yield "it is a mark on a table of people"
    if _is_of_warnings(named) and named.name not in OF_THE_OFFICE:
        yield from _wrong_with_a_warning(named, own)


def _is_of_warnings(named: Named) -> bool:
    about = words(named.owner)
    return bool((about | words(named.name) if named.what in WHOLE else about) & WARNS)


def _wrong_with_a_warning(named: Named, own: frozenset[str]) -> Iterator[str]:
    if own & WHO:
        yield "a warning names somebody"
    if own & (CAUSES if named.what in {"code", "choice"} else PETITIONS):
        yield "a warning is raised by lawful petitioning"
    if named.what == "code label" and any(word in named.name for word in IN_CHINESE):
        yield "a warning is about somebody, in Chinese"


def findings(names: Iterable[Named]) -> list[str]:
    """What is wrong with these names, one line each."""
    known = frozenset(names)
    people = frozenset(
        each.owner for each in known if each.what == "column" and words(each.name) & PERSON
    )
    return sorted(
        f"{each.what} {each.name!r} of {each.owner}: {wrong}"
        for each in known
        for wrong in wrong_with(each, people)
    )


@pytest.fixture(scope="module")
def names(postgres: PostgresForTests) -> frozenset[Named]:
    return every_name(postgres)


def test_nothing_that_is_published_or_kept_could_warn_of_a_person(
    names: frozenset[Named],
) -> None:
    assert findings(names) == []


def test_the_names_are_those_of_everything(names: frozenset[Named]) -> None:
    """Otherwise nothing would be found in them."""
    assert {
        Named("field", "warning-raised", "subject_kind"),
        Named("code", "WarningSubject", "safety"),
        Named("code label", "WarningSubject", "事项"),
        Named("column", "grid.warning_board", "matter_id"),
        Named("column", "intake.vault_person", "person_ref"),
        Named("label", "concord_cases_accepted", "division"),
        Named("label", "concord_due_rows", "service"),
        Named("parameter", "grid /warnings", "level"),
        Named("choice", "grid /warnings?order", "urgent"),
        Named("parameter", "stats /figures", "period"),
        Named("member", "grid WarningAnswer", "subject"),
    } <= names


FORBIDDEN = (
    Named("field", "warning-raised", "person_ref"),
    Named("field", "warning-raised", "household_id"),
    Named("field", "warning-raised", "petitioner_name"),
    Named("field", "warning-disposed", "caller_ref"),
    Named("field", "matter-watched", "party_id"),
    Named("field", "watch-reviewed", "phone"),
    Named("field", "case-filed", "risk_score"),
    Named("event", "intake", "person-flagged"),
    Named("event", "grid", "household-watched"),
    Named("code list", "contracts", "PetitionerLevel"),
    Named("code", "WarningSubject", "household"),
    Named("code", "WarningSubject", "person"),
    Named("code label", "WarningSubject", "重点人员"),
    Named("code", "WarningRule", "repeat-petitioner"),
    Named("code", "WarningRule", "group-visit"),
    Named("code", "WarningRule", "repeat-petitions"),
    Named("code label", "WarningRule", "群体访苗头"),
    Named("table", "grid", "watchlist"),
    Named("table", "intake", "key_person"),
    Named("column", "grid.warning_board", "person_ref"),
    Named("column", "grid.watch_board", "resident_name"),
    Named("column", "grid.rule_state", "petitioner_ref"),
    Named("column", "intake.vault_person", "risk_score"),
    Named("column", "intake.vault_person", "warning_level"),
    Named("column", "mediation.vault_person", "watched_until"),
    Named("label", "concord_warnings_open", "petitioner"),
    Named("label", "concord_cases_accepted", "household"),
    Named("metric", "metrics", "concord_persons_watched"),
    Named("parameter", "grid /warnings", "person"),
    Named("parameter", "grid /watches", "household"),
    Named("parameter", "stats /figures", "person_ref"),
    Named("parameter", "intake /cases", "risk"),
    Named("choice", "intake /cases?order", "petitions"),
    Named("choice", "grid /warnings?order", "person"),
    Named("path", "grid", "/persons/{person_ref}/warnings"),
    Named("path", "intake", "/watch-list-of-petitioners"),
    Named("schema", "grid", "HouseholdWarning"),
    Named("member", "grid WarningAnswer", "applicant"),
    Named("member", "grid WatchLine", "person_ref"),
    Named("member", "intake CaseAnswer", "risk_score"),
)
"""What somebody may propose some day; each of them alone breaks the promise."""


@pytest.mark.parametrize("addition", FORBIDDEN, ids=lambda each: f"{each.owner}-{each.name}")
def test_what_would_warn_of_a_person_is_found(names: frozenset[Named], addition: Named) -> None:
    assert addition not in names
    found = set(findings({*names, addition})) - set(findings(names))
    assert any(repr(addition.name) in each for each in found)


def test_a_table_of_people_with_a_mark_is_found_in_any_service(names: frozenset[Named]) -> None:
    """Both columns are innocent alone."""
    table = [Named("column", "stats.of_the_year", each) for each in ("person_ref", "urgency")]
    assert findings({*names, table[0]}) == findings({*names, table[1]}) == []
    assert findings({*names, *table}) != []
