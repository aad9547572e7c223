"""A post is held by one after another, substituted, handed over in one act, or ends openly."""

from dataclasses import replace
from datetime import date

import pytest

from services.intake.domain.posts import (
    POST,
    CorrectPost,
    EndPost,
    HandOverPost,
    HoldPost,
    NameSubstitute,
    PostCommand,
    RegisterPost,
    VacatePost,
)
from services.intake.domain.posts.refusals import (
    HeldAlready,
    OtherPostNotRegistered,
    PostHasEnded,
    PostIsVacant,
    PostNotFound,
    PostRegisteredOtherwise,
    UntilBeforeSince,
)
from services.intake.domain.units.refusals import (
    EndsBeforeItBegan,
    MattersAreOpen,
    NothingCorrected,
)
from shared.contracts.case_codes import Category
from shared.contracts.unit_codes import HandOverReason, PostFact
from shared.contracts.units import (
    PostCorrected,
    PostEnded,
    PostHandedOver,
    PostHeld,
    PostRegistered,
    PostVacated,
    SubstituteNamed,
)
from shared.refusals import Refusal
from shared.testing.given_when_then import Facts

post = Facts(POST)
POST_ID = "519900-0198a5c0-0000-7000-8000-000000000003"
BEGIN, FEBRUARY, MARCH = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)
REGISTER = RegisterPost(
    post_id=POST_ID,
    code="justice-1",
    division="519900171",
    unit="justice",
    leads=True,
    valid_from=BEGIN,
    portfolio=(Category.LAND,),
)
REGISTERED = PostRegistered(
    post_id=POST_ID,
    code="justice-1",
    division="519900171",
    unit="justice",
    leads=True,
    valid_from=BEGIN,
    portfolio=(Category.LAND,),
)
HOLD = HoldPost(holder="h-1", since=FEBRUARY)
HELD = PostHeld(post_id=POST_ID, holder="h-1", since=FEBRUARY)
VACATE = VacatePost(on=MARCH)
VACATED = PostVacated(post_id=POST_ID, on=MARCH)
NAME = NameSubstitute(substitute="justice-2", since=FEBRUARY)
NAMED = SubstituteNamed(post_id=POST_ID, substitute="justice-2", since=FEBRUARY)
HAND_OVER = HandOverPost(to="justice-2", on=MARCH, reason=HandOverReason.TRANSFER)
HANDED_OVER = PostHandedOver(
    post_id=POST_ID, to="justice-2", on=MARCH, reason=HandOverReason.TRANSFER
)
END = EndPost(on=MARCH)
ENDED = PostEnded(post_id=POST_ID, on=MARCH)
GOING_ON: tuple[PostCommand, ...] = (
    CorrectPost(values={PostFact.LEADS: False}),
    HoldPost(holder="h-2", since=MARCH),
    replace(VACATE, on=FEBRUARY),
    NAME,
    HAND_OVER,
    END,
)


def test_a_post_is_registered_once() -> None:
    post.when(REGISTER).then(REGISTERED)
    post.given(REGISTERED).when(REGISTER).then_nothing()
    post.given(REGISTERED).when(replace(REGISTER, leads=False)).then_refused(
        PostRegisteredOtherwise
    )


def test_a_correction_names_what_is_otherwise_and_nothing_else() -> None:
    stated = {PostFact.UNIT: "center", PostFact.LEADS: True, PostFact.PORTFOLIO: None}
    corrected = PostCorrected(
        post_id=POST_ID, changed=(PostFact.UNIT, PostFact.PORTFOLIO), unit="center"
    )
    post.given(REGISTERED).when(CorrectPost(values=stated)).then(corrected)
    post.given(REGISTERED, corrected).when(CorrectPost(values=stated)).then_nothing()
    post.given(REGISTERED).when(CorrectPost(values={})).then_refused(NothingCorrected)


def test_one_holder_comes_after_another() -> None:
    post.given(REGISTERED).when(HOLD).then(HELD)
    post.given(REGISTERED, HELD).when(HOLD).then_nothing()
    post.given(REGISTERED, HELD).when(HoldPost(holder="h-2", since=MARCH)).then_kinds(PostHeld)
    earlier = HoldPost(holder="h-2", since=BEGIN)
    post.given(REGISTERED, HELD).when(earlier).then_refused(HeldAlready, field="since")
    post.given(REGISTERED, HELD, VACATED).when(HoldPost(holder="h-2", since=MARCH)).then_kinds(
        PostHeld
    )


def test_a_post_is_vacated_once() -> None:
    post.given(REGISTERED, HELD).when(VACATE).then(VACATED)
    post.given(REGISTERED, HELD, VACATED).when(VACATE).then_nothing()
    post.given(REGISTERED).when(VACATE).then_refused(PostIsVacant)
    post.given(REGISTERED, HELD).when(replace(VACATE, on=BEGIN)).then_refused(EndsBeforeItBegan)


def test_open_matters_are_left_by_an_event_that_says_so_or_to_a_substitute() -> None:
    with_matters = replace(VACATE, open_matters=2)
    left = VACATED.model_copy(update={"leaves_open": True})
    post.given(REGISTERED, HELD).when(with_matters).then_refused(MattersAreOpen, open_matters=2)
    post.given(REGISTERED, HELD).when(replace(with_matters, leaves_open=True)).then(left)
    substituted = replace(with_matters, substituted=True)
    post.given(REGISTERED, HELD, NAMED).when(substituted).then(VACATED)
    ending = replace(END, open_matters=2)
    post.given(REGISTERED, HELD).when(ending).then_refused(MattersAreOpen)
    post.given(REGISTERED, HELD).when(replace(ending, leaves_open=True)).then(
        ENDED.model_copy(update={"leaves_open": True})
    )


def test_a_later_naming_of_a_substitute_replaces_the_earlier() -> None:
    post.given(REGISTERED).when(NAME).then(NAMED)
    post.given(REGISTERED, NAMED).when(NAME).then_nothing()
    other = replace(NAME, until=MARCH)
    post.given(REGISTERED, NAMED).when(other).then_state(
        lambda after: after.substitute is not None and after.substitute.until == MARCH
    )


def test_a_vacant_post_with_open_matters_keeps_a_substitute_for_today() -> None:
    later = replace(NAME, since=date(2030, 1, 1), left_open=2)
    post.given(REGISTERED, HELD, VACATED).when(later).then_refused(MattersAreOpen)
    post.given(REGISTERED, HELD).when(later).then_kinds(SubstituteNamed)


def test_a_whole_post_is_handed_over_in_one_act() -> None:
    post.given(REGISTERED, HELD).when(HAND_OVER).then(HANDED_OVER)
    post.given(REGISTERED, HELD, HANDED_OVER).when(HAND_OVER).then_nothing()
    post.given(REGISTERED).when(HAND_OVER).then(HANDED_OVER)


def test_a_post_that_ends_is_nobodys() -> None:
    post.given(REGISTERED).when(END).then(ENDED)
    post.given(REGISTERED, ENDED).when(END).then_nothing()


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(NAME, substitute="justice-1"), OtherPostNotRegistered),
        (replace(HAND_OVER, to="justice-1"), OtherPostNotRegistered),
        (replace(NAME, until=BEGIN), UntilBeforeSince),
        (replace(HOLD, since=date(2024, 12, 31)), EndsBeforeItBegan),
        (replace(HAND_OVER, on=date(2024, 12, 31)), EndsBeforeItBegan),
    ],
)
def test_what_does_not_fit_the_post(command: PostCommand, refusal: type[Refusal]) -> None:
    post.given(REGISTERED).when(command).then_refused(refusal)


@pytest.mark.parametrize("command", GOING_ON, ids=lambda command: type(command).__name__)
def test_nothing_comes_before_the_beginning_or_after_the_end(command: PostCommand) -> None:
    post.when(command).then_refused(PostNotFound)
    gone = HANDED_OVER.model_copy(update={"on": date(2025, 4, 1)})
    post.given(REGISTERED, HELD, gone).when(command).then_refused(PostHasEnded)
