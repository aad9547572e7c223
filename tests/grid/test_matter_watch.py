"""A watched matter: a plan, a day until which it is watched, reviews in between, one end."""

from dataclasses import replace
from datetime import date

from services.grid.domain.matter_watch import (
    MATTER_WATCH,
    EndWatch,
    FindWatchUnjustified,
    ReviewOutsideTheWatch,
    ReviewWatch,
    WatchedOtherwise,
    WatchIsOver,
    WatchMatter,
    WatchNotFound,
    WatchState,
)
from shared.contracts.early_warning_codes import FalseWarningReason, WatchEnd
from shared.contracts.early_warnings import (
    MatterWatched,
    WatchEnded,
    WatchFoundUnjustified,
    WatchReviewed,
)
from shared.testing.given_when_then import Facts

T = "519900101"
WATCH = WatchMatter(
    watch_id=f"{T}-0198a5c0-0000-7000-8000-000000000060",
    matter_id=f"{T}-0198a5c0-0000-7000-8000-000000000010",
    owner_unit="justice-office",
    plan_digest="a" * 64,
    review_by=date(2025, 4, 1),
    expires_on=date(2025, 6, 30),
)
(WATCHED,) = MATTER_WATCH.decide(WATCH, MATTER_WATCH.initial)
assert isinstance(WATCHED, MatterWatched)
REVIEW = ReviewWatch(review_by=date(2025, 5, 1))
REVIEWED = WatchReviewed(
    watch_id=WATCH.watch_id, matter_id=WATCH.matter_id, review_by=REVIEW.review_by
)
END = EndWatch(why=WatchEnd.SETTLED)
ENDED = WatchEnded(watch_id=WATCH.watch_id, matter_id=WATCH.matter_id, why=WatchEnd.SETTLED)
FIND_UNJUSTIFIED = FindWatchUnjustified(reason=FalseWarningReason.WRONG_RECORD)
UNJUSTIFIED = WatchFoundUnjustified(
    watch_id=WATCH.watch_id,
    matter_id=WATCH.matter_id,
    reason=FalseWarningReason.WRONG_RECORD,
)

watch = Facts(MATTER_WATCH)


def test_a_matter_is_put_on_the_list_once() -> None:
    watch.when(WATCH, on=date(2025, 3, 1)).then(WATCHED)
    watch.given(WATCHED).when(WATCH).then()
    watch.given(WATCHED).when(replace(WATCH, owner_unit="x")).then_refused(WatchedOtherwise)


def test_a_review_lies_within_the_watch() -> None:
    late = replace(WATCH, review_by=date(2025, 7, 1))
    watch.when(late).then_refused(ReviewOutsideTheWatch)
    watch.when(WATCH, on=date(2025, 4, 2)).then_refused(ReviewOutsideTheWatch)
    watch.given(WATCHED).when(REVIEW, on=date(2025, 4, 1)).then(REVIEWED)
    watch.given(WATCHED, REVIEWED).when(REVIEW).then()
    over = ReviewWatch(review_by=date(2025, 7, 1))
    watch.given(WATCHED).when(over).then_refused(ReviewOutsideTheWatch)
    watch.when(REVIEW).then_refused(WatchNotFound)


def test_it_ends_once() -> None:
    watch.given(WATCHED).when(END).then(ENDED)
    watch.given(WATCHED, ENDED).when(END).then()
    watch.given(WATCHED, ENDED).when(EndWatch(why=WatchEnd.EXPIRED)).then()
    watch.given(WATCHED, ENDED).when(EndWatch(why=WatchEnd.NOT_NEEDED)).then_refused(WatchIsOver)
    watch.given(WATCHED, ENDED).when(REVIEW).then_refused(WatchIsOver)
    watch.when(END).then_refused(WatchNotFound)


def test_history_may_show_that_the_matter_did_not_belong_on_the_list() -> None:
    watch.given(WATCHED).when(FIND_UNJUSTIFIED).then(UNJUSTIFIED)
    watch.given(WATCHED, ENDED).when(FIND_UNJUSTIFIED).then(UNJUSTIFIED)
    watch.given(WATCHED, UNJUSTIFIED).when(FIND_UNJUSTIFIED).then()
    other = replace(FIND_UNJUSTIFIED, reason=FalseWarningReason.NO_MATTER)
    watch.given(WATCHED, UNJUSTIFIED).when(other).then_refused(WatchIsOver)
    watch.when(FIND_UNJUSTIFIED).then_refused(WatchNotFound)
    assert MATTER_WATCH.fold([WATCHED, ENDED, UNJUSTIFIED]).state is WatchState.UNJUSTIFIED


def test_what_was_found_unjustified_is_watched_no_more() -> None:
    watch.given(WATCHED, UNJUSTIFIED).when(REVIEW).then_refused(WatchIsOver)
    watch.given(WATCHED, UNJUSTIFIED).when(END).then_refused(WatchIsOver)
    watch.given(WATCHED, UNJUSTIFIED).when(EndWatch(why=WatchEnd.EXPIRED)).then()
