"""No name by which a person or a household could be warned about, scored or listed.

Beside it a list of forbidden additions: each is added to the names that there are, and has to be found.
"""

import re
from collections.abc import AsyncIterator, Iterable, Iterator

import pytest
from pydantic import ValidationError

from shared.contracts.catalogue import decode_data
from shared.contracts.early_warning_codes import WarningRule, WarningSubject
from shared.contracts.early_warnings import MatterWatched, WarningRaised
from shared.divisions import new_id
from tests.grid.doors import TOWNSHIP, Body, Doors, fresh_grid, open_doors, problem
from tests.grid.warnings_told import (
    BACKFILL,
    CLERK,
    ENTRY,
    RAISE,
    WATCH,
    WORDS,
    a_matter,
    an_event_of,
)
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


IN_WORDS = {
    "id number": "51990019800101123X",
    "id number in digits": "519900198001011234",
    "id number as a place": "519900198001/labour",
    "telephone": "13800138000",
    "telephone with a prefix": "tel:13800138000",
    "name": "ZhangSan",
    "household": "ZhangSan-household-17",
    "house number": "519900101201/17",
    "digest": "person/" + "0" * 64,
}
"""What a subject could say of somebody; each fitted `SubjectKey`."""
OF_ANOTHER_VAULT = {"person of intake": new_id(TOWNSHIP), "person of mediation": new_id(TOWNSHIP)}
"""References of persons that grid's vault does not hold: they have the form of any record's id."""
PEOPLE = IN_WORDS | OF_ANOTHER_VAULT
ABOUT = {
    WarningSubject.MATTER: WarningRule.TOLD_BY_WORKER,
    WarningSubject.SAFETY: WarningRule.TOLD_BY_WORKER,
    WarningSubject.ISSUE_CLUSTER: WarningRule.CLUSTER,
    WarningSubject.AGENCY_CLOCK: WarningRule.TERM,
    WarningSubject.SERVICE_FAILURE: WarningRule.RAISED_AFTER_ANSWER,
}
EVERY = [*ABOUT.items(), *((kind, rule) for kind in WarningSubject for rule in WarningRule)]
MATTER, RECORD = new_id(TOWNSHIP), new_id(TOWNSHIP)


def an_event(kind: WarningSubject, rule: WarningRule, subject: str) -> Body:
    return {
        "warning_id": RECORD,
        "matter_id": MATTER,
        "level": "red",
        "subject_kind": kind,
        "subject": subject,
        "rule": rule,
        "rule_version": 1,
        "because": [],
        "reason": "请研判处置。",
        "reason_en": "Look into it and act.",
        "source": "monitoring",
        "dispose_by": "2025-03-07T02:00:00Z",
        "episode": 1,
    }


@pytest.mark.parametrize("somebody", IN_WORDS.values(), ids=IN_WORDS)
def test_no_new_event_is_about_somebody_and_a_stored_one_is_read(somebody: str) -> None:
    for kind, rule in EVERY:
        with pytest.raises(ValidationError):
            WarningRaised.model_validate(an_event(kind, rule, somebody))
        read = decode_data("warning-raised", 1, an_event(kind, rule, somebody))
        assert isinstance(read, WarningRaised)
        assert read.subject == somebody


def test_what_is_about_a_matter_names_that_matter_alone() -> None:
    of_a_record = {WarningSubject.AGENCY_CLOCK}
    for kind, rule in ABOUT.items():
        assert WarningRaised.model_validate(an_event(kind, rule, MATTER)).subject == MATTER
        for person in OF_ANOTHER_VAULT.values() if kind not in of_a_record else ():
            with pytest.raises(ValidationError):
                WarningRaised.model_validate(an_event(kind, rule, person))


def test_a_matter_of_another_county_is_not_watched() -> None:
    entry = {"watch_id": RECORD, "matter_id": new_id("110101001"), "owner_unit": "women-office"}
    entry |= {"plan_digest": "0" * 64, "review_by": "2025-04-01", "expires_on": "2025-06-30"}
    with pytest.raises(ValidationError):
        MatterWatched.model_validate(entry)
    assert isinstance(decode_data("matter-watched", 1, entry), MatterWatched)


@pytest.fixture(scope="module")
async def doors(postgres: PostgresForTests) -> AsyncIterator[Doors]:
    async with open_doors(fresh_grid(postgres)) as opened:
        yield opened


def recorded(kind: WarningSubject, **named: object) -> Body:
    source = "grid" if ABOUT[kind] is WarningRule.TOLD_BY_WORKER else "monitoring"
    body = {"subject_kind": kind, "level": "red", "source": source, "rule": ABOUT[kind]}
    return {**body, "rule_version": 1, **named}


@pytest.mark.parametrize("somebody", PEOPLE.values(), ids=PEOPLE)
async def test_no_route_takes_somebody_for_what_is_warned_of(doors: Doors, somebody: str) -> None:
    matter = await a_matter(doors)
    because = [await an_event_of(doors, matter)]
    for kind in WarningSubject:
        causes = {} if kind is WarningSubject.SAFETY else {"because": because}
        for named in (
            {"subject": somebody},
            {"subject": somebody, "matter_id": matter},
            {"matter_id": somebody},
        ):
            answer = await doors.post(RAISE, recorded(kind, **named, **causes), **BACKFILL)
            assert problem(answer) in {"no-such-matter", "invalid-input"}, (kind, named)
    for who in (BACKFILL, CLERK):
        answer = await doors.post(WATCH, ENTRY | {"matter_id": somebody}, **who)
        assert problem(answer) in {"no-such-matter", "invalid-input"}


@pytest.mark.parametrize("somebody", PEOPLE.values(), ids=PEOPLE)
async def test_somebody_is_no_cause(doors: Doors, somebody: str) -> None:
    matter = await a_matter(doors)
    told = {"subject_kind": "matter", "level": "red", "matter_id": matter, "words": WORDS}
    causes = [await an_event_of(doors, matter), somebody]
    expected = "no-such-event" if somebody in OF_ANOTHER_VAULT.values() else "invalid-input"
    for kind in ("matter", "safety"):
        body = told | {"subject_kind": kind, "because": causes}
        assert problem(await doors.post(RAISE, body, **CLERK)) == expected
    body = recorded(WarningSubject.SERVICE_FAILURE, matter_id=matter, because=causes)
    assert problem(await doors.post(RAISE, body, **BACKFILL)) == expected


async def test_what_is_on_record_is_warned_of(doors: Doors) -> None:
    """Otherwise the refusals above would show nothing."""
    matter = await a_matter(doors)
    causes = [await an_event_of(doors, matter)]
    for kind in WarningSubject:
        because = () if kind is WarningSubject.SAFETY else causes
        await doors.done(RAISE, recorded(kind, matter_id=matter, because=because), 201, **BACKFILL)
    place = {"subject": f"{TOWNSHIP}201/labour", "because": causes}
    await doors.done(RAISE, recorded(WarningSubject.ISSUE_CLUSTER, **place), 201, **BACKFILL)
    await doors.done(WATCH, ENTRY | {"matter_id": matter}, 201, **BACKFILL)
