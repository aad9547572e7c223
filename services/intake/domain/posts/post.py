"""What is decided of a post, and its state."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.intake.domain.posts.commands import (
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
from shared.contracts.event import Code, Event
from shared.contracts.unit_codes import PostFact
from shared.contracts.units import (
    PostCorrected,
    PostEnded,
    PostHandedOver,
    PostHeld,
    PostRegistered,
    PostVacated,
    SubstituteNamed,
)
from shared.decider import Decider, EventOfAnotherAggregate

PostEventOf = (
    PostRegistered
    | PostCorrected
    | PostHeld
    | PostVacated
    | SubstituteNamed
    | PostHandedOver
    | PostEnded
)
"""Every event of a post's stream; each of them changes the state."""


class PostState(Code):
    """The states of a post."""

    UNREGISTERED = "unregistered", "未登记"
    NOT_STATED = "not-stated", "任职未注明"
    """Registered, and who holds it was never stated."""
    HELD = "held", "在任"
    VACANT = "vacant", "空缺"
    ENDED = "ended", "已撤销"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFile:
    """The state of a post."""

    version: int = 0
    registered: PostRegistered | None = None
    """With the values that later corrections gave."""
    held: PostHeld | None = None
    vacated: PostVacated | None = None
    """None while it is held."""
    substitute: SubstituteNamed | None = None
    ended: PostHandedOver | PostEnded | None = None

    @property
    def state(self) -> PostState:
        """The furthest point that the post has reached."""
        reached = (
            (self.ended, PostState.ENDED),
            (self.vacated, PostState.VACANT),
            (self.held, PostState.HELD),
            (self.registered, PostState.NOT_STATED),
        )
        return next((state for fact, state in reached if fact), PostState.UNREGISTERED)


def decide(command: PostCommand, post: PostFile) -> list[Event]:  # noqa: PLR0911
    """Decide a command: its events, none if they are recorded already, or a refusal."""
    match command:
        case RegisterPost():
            return _register(command, post)
        case CorrectPost():
            return _correct(command, post)
        case HoldPost():
            return _hold(command, post)
        case VacatePost():
            return _vacate(command, post)
        case NameSubstitute():
            return _name_substitute(command, post)
        case HandOverPost():
            return _hand_over(command, post)
        case EndPost():
            return _end(command, post)


def _register(command: RegisterPost, post: PostFile) -> list[Event]:
    registered = PostRegistered(
        post_id=command.post_id,
        code=command.code,
        division=command.division,
        unit=command.unit,
        leads=command.leads,
        valid_from=command.valid_from,
        portfolio=command.portfolio or None,
        portfolio_units=command.portfolio_units or None,
    )
    if post.registered is None:
        return [registered]
    if post.registered != registered:
        raise PostRegisteredOtherwise
    return []


def _correct(command: CorrectPost, post: PostFile) -> list[Event]:
    registered = _registered(post)
    if not command.values:
        raise NothingCorrected
    changed = PostFact.in_order(
        [
            fact
            for fact, value in command.values.items()
            if getattr(registered, fact.field) != value
        ]
    )
    if not changed:
        return []
    _refuse_if_ended(post)
    values: dict[str, Any] = {fact.field: command.values[fact] for fact in changed}
    return [PostCorrected(post_id=registered.post_id, changed=changed, **values)]


def _hold(command: HoldPost, post: PostFile) -> list[Event]:
    registered = _registered(post)
    held = PostHeld(post_id=registered.post_id, holder=command.holder, since=command.since)
    if post.held == held and post.vacated is None:
        return []
    _refuse_if_ended(post)
    _refuse_before(command.since, registered, field="since")
    known = [post.held.since] if post.held else []
    known += [post.vacated.on] if post.vacated else []
    if known and command.since < max(known):
        raise HeldAlready(field="since", since=max(known).isoformat())
    return [held]


def _vacate(command: VacatePost, post: PostFile) -> list[Event]:
    registered = _registered(post)
    if post.vacated and post.vacated.on == command.on:
        return []
    _refuse_if_ended(post)
    if post.held is None or post.vacated is not None:
        raise PostIsVacant
    if command.on < post.held.since:
        raise EndsBeforeItBegan(field="on", valid_from=post.held.since.isoformat())
    leaves_open = command.open_matters > 0 and not command.substituted
    _refuse_open(command, refused=leaves_open)
    return [
        PostVacated(post_id=registered.post_id, on=command.on, leaves_open=leaves_open or None)
    ]


def _name_substitute(command: NameSubstitute, post: PostFile) -> list[Event]:
    registered = _registered(post)
    named = SubstituteNamed(
        post_id=registered.post_id,
        substitute=command.substitute,
        since=command.since,
        until=command.until,
    )
    if post.substitute == named:
        return []
    _refuse_if_ended(post)
    if command.substitute == registered.code:
        raise OtherPostNotRegistered(field="substitute")
    _refuse_before(command.since, registered, field="since")
    if command.until is not None and command.until < command.since:
        raise UntilBeforeSince(field="until")
    if command.left_open and post.vacated:
        raise MattersAreOpen(open_matters=command.left_open)
    return [named]


def _hand_over(command: HandOverPost, post: PostFile) -> list[Event]:
    registered = _registered(post)
    handed_over = PostHandedOver(
        post_id=registered.post_id, to=command.to, on=command.on, reason=command.reason
    )
    if post.ended == handed_over:
        return []
    _refuse_if_ended(post)
    if command.to == registered.code:
        raise OtherPostNotRegistered(field="to")
    _refuse_before(command.on, registered, field="on")
    return [handed_over]


def _end(command: EndPost, post: PostFile) -> list[Event]:
    registered = _registered(post)
    if isinstance(post.ended, PostEnded) and post.ended.on == command.on:
        return []
    _refuse_if_ended(post)
    _refuse_before(command.on, registered, field="on")
    leaves_open = command.open_matters > 0
    _refuse_open(command, refused=leaves_open)
    return [PostEnded(post_id=registered.post_id, on=command.on, leaves_open=leaves_open or None)]


def _refuse_open(command: VacatePost | EndPost, *, refused: bool) -> None:
    if refused and not command.leaves_open:
        raise MattersAreOpen(open_matters=command.open_matters)


def _refuse_before(day: date, registered: PostRegistered, *, field: str) -> None:
    if day < registered.valid_from:
        raise EndsBeforeItBegan(field=field, valid_from=registered.valid_from.isoformat())


def _refuse_if_ended(post: PostFile) -> None:
    if post.ended:
        raise PostHasEnded(on=post.ended.on.isoformat())


def _registered(post: PostFile) -> PostRegistered:
    if post.registered is None:
        raise PostNotFound
    return post.registered


def evolve(post: PostFile, event: Event) -> PostFile:
    """The post after an event; EventOfAnotherAggregate for one that does not belong to a post."""
    if not isinstance(event, PostEventOf):
        raise EventOfAnotherAggregate(f"{event.kind} is no event of a post")
    return replace(_after(post, event), version=post.version + 1)


def _after(post: PostFile, event: PostEventOf) -> PostFile:
    match event:
        case PostRegistered():
            return replace(post, registered=event)
        case PostCorrected():
            values = {fact.field: getattr(event, fact.field) for fact in event.changed}
            known = post.registered
            return replace(post, registered=known and known.model_copy(update=values))
        case PostHeld():
            return replace(post, held=event, vacated=None)
        case PostVacated():
            return replace(post, vacated=event)
        case SubstituteNamed():
            return replace(post, substitute=event)
        case PostHandedOver() | PostEnded():
            return replace(post, ended=event)


def first_day(post: PostFile) -> date | None:
    """The day from which on the post is valid."""
    return post.registered.valid_from if post.registered else None


POST = Decider(initial=PostFile(), decide=decide, evolve=evolve, first_day=first_day)
