"""The routes by which a post is registered, corrected, held, substituted, handed over and ended."""

from typing import Annotated

from fastapi import Response

from services.intake.api.office import Office, Posts, TheOffice
from services.intake.api.post_bodies import (
    CorrectPostBody,
    EndBody,
    HandOverBody,
    HoldBody,
    NewPostBody,
    SubstituteBody,
    VacateBody,
)
from services.intake.api.post_matters import matters_of
from services.intake.api.registry_context import (
    REFUSED,
    REGISTRARS,
    PostAnswer,
    RegistryContext,
    own_division,
    refuse_future,
    register,
)
from services.intake.domain.posts import (
    CorrectPost,
    EndPost,
    HandOverPost,
    HoldPost,
    NameSubstitute,
    PostCommand,
    PostFile,
    RegisterPost,
    VacatePost,
    refusals,
)
from services.intake.domain.units.refusals import (
    EndsBeforeItBegan,
    MattersAreOpen,
    NothingCorrected,
)
from services.intake.store.registry_rows import post_at, unit_at
from shared.divisions import ScopeCode, county_of, new_id
from shared.handling import Prepared, Record
from shared.http import Idempotency, Router
from shared.identity import Actor, requires
from shared.office import command_context, command_documents
from shared.times import china_day

router = Router(tags=["units and posts"])
_documented = command_documents(PostAnswer, first=(refusals.PostNotFound,), own=REFUSED)
_documented_new = command_documents(PostAnswer, own=REFUSED)


def _posts(office: Office) -> Posts:
    return office.posts


PostContext = Annotated[
    RegistryContext[PostCommand, PostFile],
    command_context("post_id", _posts, *REGISTRARS, context=RegistryContext, needs_post=True),
]


@router.post(
    "/divisions/{division}/posts",
    status_code=201,
    **_documented_new(refusals.PostCodeTaken, refusals.PostUnitNotRegistered),
)
async def register_post(
    division: ScopeCode,
    body: NewPostBody,
    actor: Annotated[Actor, requires(*REGISTRARS, needs_post=True)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """A post of a unit comes into the registry; who holds it is stated by `hold`."""
    command = RegisterPost(
        post_id=new_id(county_of(division)),
        code=body.code,
        division=division,
        unit=body.unit,
        leads=body.leads,
        valid_from=body.valid_from,
        portfolio=body.portfolio,
        portfolio_units=body.portfolio_units,
    )

    async def prepare(_: Record[PostFile]) -> Prepared[PostCommand, PostFile]:
        refuse_future(body.valid_from, field="valid_from", office=office)
        return Prepared(
            command=command,
            at=body.moment(actor, now=office.now()),
            looked_up=await _unit(office, division, body.unit),
        )

    return await register(
        office,
        office.posts,
        prepare,
        stream_id=command.post_id,
        actor=actor,
        key=key,
        address="/posts/{post_id}",
    )


@router.post(
    "/posts/{post_id}/correct",
    **_documented(NothingCorrected, refusals.PostHasEnded, refusals.PostUnitNotRegistered),
)
async def correct_post(body: CorrectPostBody, context: PostContext) -> Response:
    """更正: facts of the registration are otherwise; the code stays."""

    async def prepare(record: Record[PostFile]) -> Prepared[PostCommand, PostFile]:
        division = own_division(record.state, context.actor)
        if body.valid_from is not None:
            refuse_future(body.valid_from, field="valid_from", office=context.office)
        return Prepared(
            command=CorrectPost(values=body.values()),
            at=context.moment(body),
            looked_up=await _unit(context.office, division, body.unit) if body.unit else {},
        )

    return await context.handle(prepare)


@router.post(
    "/posts/{post_id}/hold",
    **_documented(refusals.PostHasEnded, refusals.HeldAlready, EndsBeforeItBegan),
)
async def hold_post(body: HoldBody, context: PostContext) -> Response:
    """任职: somebody holds the post, whoever held it before; its matters stay with the post."""
    refuse_future(body.since, field="since", office=context.office)
    command = HoldPost(holder=body.holder, since=body.since)
    return await context.handle_command(command, body)


@router.post(
    "/posts/{post_id}/vacate",
    **_documented(refusals.PostHasEnded, refusals.PostIsVacant, EndsBeforeItBegan, MattersAreOpen),
)
async def vacate_post(body: VacateBody, context: PostContext) -> Response:
    """离任: nobody holds the post; while matters are open only with a substitute or `leaves_open`."""

    async def prepare(record: Record[PostFile]) -> Prepared[PostCommand, PostFile]:
        matters = await matters_of(context.office, record.state)
        command = VacatePost(
            on=body.on,
            leaves_open=body.leaves_open,
            open_matters=matters.open,
            substituted=matters.substituted,
        )
        unmoved = matters.unmoved(context.stream_id)
        return Prepared(command=command, at=context.moment(body), side_writes=unmoved)

    refuse_future(body.on, field="on", office=context.office)
    return await context.handle(prepare)


@router.post(
    "/posts/{post_id}/name-substitute",
    **_documented(
        refusals.PostHasEnded,
        refusals.OtherPostNotRegistered,
        refusals.UntilBeforeSince,
        EndsBeforeItBegan,
        MattersAreOpen,
    ),
)
async def name_substitute(body: SubstituteBody, context: PostContext) -> Response:
    """代理: another post acts for this one; a later naming replaces an earlier."""

    async def prepare(record: Record[PostFile]) -> Prepared[PostCommand, PostFile]:
        division = own_division(record.state, context.actor)
        looked_up = await _other(context, division, body.substitute, field="substitute")
        matters = await matters_of(context.office, record.state)
        command = NameSubstitute(
            substitute=body.substitute,
            since=body.since,
            until=body.until,
            left_open=0 if body.covers(china_day(context.office.now())) else matters.open,
        )
        return Prepared(
            command=command,
            at=context.moment(body),
            side_writes=matters.unmoved(context.stream_id),
            looked_up=looked_up,
        )

    return await context.handle(prepare)


@router.post(
    "/posts/{post_id}/hand-over",
    **_documented(refusals.PostHasEnded, refusals.OtherPostNotRegistered, EndsBeforeItBegan),
)
async def hand_over_post(body: HandOverBody, context: PostContext) -> Response:
    """移交: all matters of the post pass to another in this one act, and the post ends."""

    async def prepare(record: Record[PostFile]) -> Prepared[PostCommand, PostFile]:
        division = own_division(record.state, context.actor)
        return Prepared(
            command=HandOverPost(to=body.to, on=body.on, reason=body.reason),
            at=context.moment(body),
            looked_up=await _other(context, division, body.to, field="to"),
        )

    refuse_future(body.on, field="on", office=context.office)
    return await context.handle(prepare)


@router.post(
    "/posts/{post_id}/end",
    **_documented(refusals.PostHasEnded, EndsBeforeItBegan, MattersAreOpen),
)
async def end_post(body: EndBody, context: PostContext) -> Response:
    """The post is no more; while matters are open only with `leaves_open`: `hand-over` names who
    takes them.
    """

    async def prepare(record: Record[PostFile]) -> Prepared[PostCommand, PostFile]:
        matters = await matters_of(context.office, record.state)
        command = EndPost(on=body.on, leaves_open=body.leaves_open, open_matters=matters.open)
        unmoved = matters.unmoved(context.stream_id)
        return Prepared(command=command, at=context.moment(body), side_writes=unmoved)

    refuse_future(body.on, field="on", office=context.office)
    return await context.handle(prepare)


async def _unit(office: Office, division: str, code: str) -> dict[str, int]:
    """The unit with its version; refuses one that is not there any more."""
    unit = await unit_at(office.pool, county_of(division), division=division, code=code)
    if unit is None or unit.ended_on is not None:
        raise refusals.PostUnitNotRegistered(field="unit")
    return {unit.unit_id: unit.version}


async def _other(context: PostContext, division: str, code: str, *, field: str) -> dict[str, int]:
    """The other post with its version; refuses one that is not there any more, or vacant."""
    post = await post_at(context.office.pool, context.county, division=division, code=code)
    if post is None or post.ended_on is not None or post.vacated_on is not None:
        raise refusals.OtherPostNotRegistered(field=field)
    return {post.post_id: post.version} if post.post_id != context.stream_id else {}
