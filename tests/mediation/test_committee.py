"""A committee has three to nine members, a woman among them, and three years."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation.domain.committee import COMMITTEE, end_of_term
from services.mediation.domain.committee_commands import (
    CommitteeCommand,
    DissolveCommittee,
    EstablishCommittee,
    FileSeal,
    FillSeats,
    RenewTerm,
)
from services.mediation.domain.committee_refusals import (
    CommitteeAlreadyEstablished,
    CommitteeNotFound,
    CommitteeSizeNotLawful,
    CommitteeWasDissolved,
    CommitteeWithoutWomen,
    MoreWomenThanMembers,
    TermOverlaps,
    VillageCommitteeNeedsItsVillage,
)
from services.mediation.examples import COMMITTEE as COMMITTEE_ID
from services.mediation.examples import DIGEST, OTHER_DIGEST, an_id
from shared.contracts.mediation_codes import CommitteeKind
from shared.contracts.mediators import (
    CommitteeDissolved,
    CommitteeEstablished,
    CommitteeSealFiled,
    CommitteeSeatsFilled,
    CommitteeTermRenewed,
)
from shared.divisions import VillageElsewhere
from shared.refusals import Refusal
from shared.testing.given_when_then import Facts

committee = Facts(COMMITTEE)
MEMBERS = frozenset(an_id(number) for number in (0x50, 0x51, 0x52))
ESTABLISH = EstablishCommittee(
    committee_id=COMMITTEE_ID,
    kind=CommitteeKind.VILLAGE,
    members=MEMBERS,
    women=1,
    term_from=date(2025, 1, 1),
    village_code="519900101201",
)
ESTABLISHED = CommitteeEstablished(
    committee_id=COMMITTEE_ID,
    committee_kind=CommitteeKind.VILLAGE,
    members=tuple(sorted(MEMBERS)),
    women=1,
    term_from=date(2025, 1, 1),
    term_to=date(2027, 12, 31),
    village_code="519900101201",
)
RENEW = RenewTerm(members=MEMBERS, women=2, term_from=date(2028, 1, 1))
FILL = FillSeats(members=MEMBERS | {an_id(0x53)}, women=2)
SEAL = FileSeal(seal_digest=DIGEST)
DISSOLVE = DissolveCommittee()
DISSOLVED = CommitteeDissolved(committee_id=COMMITTEE_ID)


def test_a_committee_is_set_up_for_three_years() -> None:
    committee.when(ESTABLISH).then(ESTABLISHED)
    committee.given(ESTABLISHED).when(ESTABLISH).then_nothing()
    other = replace(ESTABLISH, women=2)
    committee.given(ESTABLISHED).when(other).then_refused(CommitteeAlreadyEstablished)


@pytest.mark.parametrize("size", [3, 9])
def test_three_to_nine_members_are_lawful(size: int) -> None:
    members = frozenset(map(an_id, range(size)))
    committee.when(replace(ESTABLISH, members=members)).then_kinds(CommitteeEstablished)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(ESTABLISH, members=frozenset(map(an_id, range(2)))), CommitteeSizeNotLawful),
        (replace(ESTABLISH, members=frozenset(map(an_id, range(10)))), CommitteeSizeNotLawful),
        (replace(ESTABLISH, women=0), CommitteeWithoutWomen),
        (replace(ESTABLISH, women=4), MoreWomenThanMembers),
        (replace(ESTABLISH, village_code=None), VillageCommitteeNeedsItsVillage),
        (replace(ESTABLISH, village_code="519900102201"), VillageElsewhere),
    ],
)
def test_an_unlawful_committee_is_not_set_up(
    command: EstablishCommittee, refusal: type[Refusal]
) -> None:
    committee.when(command).then_refused(refusal)


def test_the_seal_is_filed_and_filed_anew() -> None:
    committee.given(ESTABLISHED).when(SEAL).then_kinds(CommitteeSealFiled)
    filed = CommitteeSealFiled(committee_id=COMMITTEE_ID, seal_digest=DIGEST)
    committee.given(ESTABLISHED, filed).when(SEAL).then_nothing()
    new = FileSeal(seal_digest=OTHER_DIGEST)
    committee.given(ESTABLISHED, filed).when(new).then_kinds(CommitteeSealFiled)


def test_a_seat_is_filled_within_the_term() -> None:
    outcome = committee.given(ESTABLISHED).when(FILL)
    outcome.then_kinds(CommitteeSeatsFilled)
    outcome.then_state(lambda it: it.seated is not None and len(it.seated.members) == 4)
    outcome.then_state(lambda it: it.term == ESTABLISHED)
    committee.given(ESTABLISHED, *outcome.events).when(FILL).then_nothing()
    committee.given(ESTABLISHED).when(replace(FILL, women=0)).then_refused(CommitteeWithoutWomen)


def test_the_next_term_begins_after_the_last() -> None:
    outcome = committee.given(ESTABLISHED).when(RENEW)
    outcome.then_kinds(CommitteeTermRenewed)
    outcome.then_state(lambda it: it.sits_on(date(2030, 12, 31)))
    outcome.then_state(lambda it: not it.sits_on(date(2031, 1, 1)))
    committee.given(ESTABLISHED, *outcome.events).when(RENEW).then_nothing()
    early = replace(RENEW, term_from=date(2027, 12, 31))
    committee.given(ESTABLISHED).when(early).then_refused(TermOverlaps, term_to="2027-12-31")


def test_a_dissolved_committee_sits_no_more() -> None:
    outcome = committee.given(ESTABLISHED).when(DISSOLVE)
    outcome.then(DISSOLVED)
    outcome.then_state(lambda it: not it.sits_on(date(2025, 6, 1)))
    committee.given(ESTABLISHED, DISSOLVED).when(DISSOLVE).then_nothing()


@pytest.mark.parametrize("command", [SEAL, FILL, RENEW])
def test_only_a_sitting_committee_goes_on(command: CommitteeCommand) -> None:
    committee.when(command).then_refused(CommitteeNotFound)
    committee.given(ESTABLISHED, DISSOLVED).when(command).then_refused(CommitteeWasDissolved)


def test_nobody_dissolves_what_is_not_there() -> None:
    committee.when(DISSOLVE).then_refused(CommitteeNotFound)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_term_of_three_years_ends_the_day_before_its_third_birthday(begins: date) -> None:
    after = end_of_term(begins) + timedelta(days=1)
    assert after.year == begins.year + 3
    # no other year of a term that begins on 29 February has that day
    assert (after.month, after.day) in {(begins.month, begins.day), (3, 1)}
    assert 1095 <= (after - begins).days <= 1096
