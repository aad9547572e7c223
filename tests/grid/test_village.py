"""A village is registered once under its code, and ends with what takes its place."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grid.domain.named_ids import grid_id, village_id
from services.grid.domain.validity import EndsBeforeItBegan, SuccessorMissing, SuccessorNotFound
from services.grid.domain.village import (
    VILLAGE,
    VillageDissolvedOtherwise,
    VillageNotFound,
    VillageRegisteredOtherwise,
)
from services.grid.examples import (
    CORRECT_VILLAGE,
    DISSOLVE_VILLAGE,
    FIRST_DAY,
    LAST_DAY,
    NEXT_VILLAGE,
    REGISTER_VILLAGE,
)
from services.grid.examples import VILLAGE as CODE
from shared.contracts.grid import VillageCorrected, VillageDissolved, VillageRegistered
from shared.contracts.grid_codes import EndedHow, VillageKind
from shared.testing.given_when_then import Facts

village = Facts(VILLAGE)
OWN: dict[str, Any] = {"village_id": village_id(CODE), "village_code": CODE}
REGISTERED = VillageRegistered(**OWN, village_kind=VillageKind.VILLAGE, valid_from=FIRST_DAY)
DISSOLVED = VillageDissolved(
    **OWN, last_day=LAST_DAY, how=EndedHow.MERGED, successors=(NEXT_VILLAGE,)
)


def test_a_village_is_registered_once() -> None:
    village.when(REGISTER_VILLAGE).then(REGISTERED)
    village.given(REGISTERED).when(REGISTER_VILLAGE).then_nothing()


def test_a_code_that_is_registered_is_no_other_village() -> None:
    for other in (
        replace(REGISTER_VILLAGE, kind=VillageKind.COMMUNITY),
        replace(REGISTER_VILLAGE, valid_from=LAST_DAY),
    ):
        village.given(REGISTERED).when(other).then_refused(VillageRegisteredOtherwise)


def test_a_village_ends_with_its_successors() -> None:
    village.given(REGISTERED).when(DISSOLVE_VILLAGE).then(DISSOLVED)
    village.given(REGISTERED, DISSOLVED).when(DISSOLVE_VILLAGE).then_nothing()


def test_what_never_was_does_not_end() -> None:
    village.when(DISSOLVE_VILLAGE).then_refused(VillageNotFound)


def test_an_end_is_stated_once() -> None:
    other = replace(DISSOLVE_VILLAGE, last_day=LAST_DAY - timedelta(days=1))
    village.given(REGISTERED, DISSOLVED).when(other).then_refused(VillageDissolvedOtherwise)


def test_nothing_ends_before_it_began() -> None:
    early = replace(DISSOLVE_VILLAGE, last_day=FIRST_DAY - timedelta(days=1))
    village.given(REGISTERED).when(early).then_refused(EndsBeforeItBegan)


@pytest.mark.parametrize("how", [EndedHow.MERGED, EndedHow.SPLIT, EndedHow.RECODED])
def test_what_goes_on_as_something_else_names_it(how: EndedHow) -> None:
    alone = replace(DISSOLVE_VILLAGE, how=how, successors=frozenset())
    village.given(REGISTERED).when(alone).then_refused(SuccessorMissing)


def test_what_is_abolished_needs_no_successor() -> None:
    alone = replace(DISSOLVE_VILLAGE, how=EndedHow.ABOLISHED, successors=frozenset())
    village.given(REGISTERED).when(alone).then_kinds(VillageDissolved)


@pytest.mark.parametrize("code", [CODE, "519901101201"])
def test_neither_itself_nor_a_village_of_another_county_succeeds(code: str) -> None:
    odd = replace(DISSOLVE_VILLAGE, successors=frozenset({code}))
    village.given(REGISTERED).when(odd).then_refused(SuccessorNotFound)


def test_a_village_is_valid_from_its_first_day_to_its_last() -> None:
    state = VILLAGE.fold([REGISTERED, DISSOLVED])
    around = [FIRST_DAY - timedelta(days=1), FIRST_DAY, LAST_DAY, LAST_DAY + timedelta(days=1)]
    assert [state.is_valid_on(day) for day in around] == [False, True, True, False]
    assert not VILLAGE.initial.is_valid_on(date(2025, 6, 1))


@given(st.from_regex(r"[1-9][0-9]{11}", fullmatch=True), st.integers(1, 999))
def test_one_code_is_one_id_and_no_two_codes_share_one(code: str, number: int) -> None:
    assert village_id(code) == village_id(code)
    assert village_id(code).startswith(f"{code[:9]}-")
    assert len({village_id(code), grid_id(f"{code}{number:03}"), grid_id(f"{code}000")}) == 3


def test_a_correction_says_what_was_wrong_and_no_more() -> None:
    digest = CORRECT_VILLAGE.title_digest
    outcome = village.given(REGISTERED).when(CORRECT_VILLAGE)
    corrected = VillageCorrected(
        **OWN,
        village_kind=VillageKind.COMMUNITY,
        valid_from=CORRECT_VILLAGE.valid_from,
        title_digest=digest,
    )
    outcome.then(corrected)
    outcome.then_state(
        lambda it: (
            it.registered is not None
            and it.registered.village_kind is VillageKind.COMMUNITY
            and it.registered.valid_from == CORRECT_VILLAGE.valid_from
            and it.title_digest == digest
        )
    )
    again = replace(CORRECT_VILLAGE, title_digest=None)
    village.given(REGISTERED, corrected).when(again).then_nothing()
    one = replace(again, kind=VillageKind.VILLAGE)
    village.given(REGISTERED, corrected).when(one).then(
        VillageCorrected(**OWN, village_kind=VillageKind.VILLAGE)
    )


def test_a_corrected_village_is_known_as_it_is_now() -> None:
    corrected = VillageCorrected(**OWN, village_kind=VillageKind.COMMUNITY)
    stated = replace(REGISTER_VILLAGE, kind=VillageKind.COMMUNITY)
    village.given(REGISTERED, corrected).when(stated).then_nothing()
    refused = village.given(REGISTERED, corrected).when(REGISTER_VILLAGE)
    refused.then_refused(VillageRegisteredOtherwise)


def test_a_village_does_not_begin_after_its_end_nor_is_corrected_before_it_is_there() -> None:
    late = replace(CORRECT_VILLAGE, valid_from=LAST_DAY + timedelta(days=1))
    village.given(REGISTERED, DISSOLVED).when(late).then_refused(EndsBeforeItBegan)
    village.when(CORRECT_VILLAGE).then_refused(VillageNotFound)
