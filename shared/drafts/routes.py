"""The routes of drafts: a post saves, reads and deletes its own, and nobody else's."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Path, Request, Response

from shared.drafts.storing import KEPT, MOST, Drafts
from shared.http import Body, Router, answered, refused_with
from shared.http.refusals import BodyTooLarge
from shared.identity import Actor, Role, requires
from shared.identity.refusals import PostMissing
from shared.office.office import LedgerOffice, office_of
from shared.refusals import Refusal
from shared.times import to_wire

LARGEST = 64 << 10
Form = Annotated[str, Path(pattern="^[a-z][a-z-]{0,63}$")]
DraftId = Annotated[str, Path(pattern="^[A-Za-z0-9._~:-]{1,200}$")]


class DraftNotFound(Refusal):
    """This post has no such draft, or its fourteen days are over."""

    status = 404
    title = "No such draft"


class TooManyDrafts(Refusal):
    """This post has a hundred drafts: send or delete one first."""

    title = "Too many drafts"


class DraftBody(Body):
    """What was written so far, as the form has it."""

    values: dict[str, Any]


class DraftSaved(Body):
    """When it was saved, and until when it is kept."""

    saved_at: datetime
    kept_until: datetime


class DraftShown(DraftSaved):
    """A draft of the caller's post."""

    values: dict[str, Any]


def drafts(*roles: Role) -> Router:
    """`PUT`, `GET` and `DELETE /drafts/{form}/{draft_id}` for posts of these roles."""
    router = Router(prefix="/drafts/{form}/{draft_id}", tags=["drafts"])

    async def own_drafts(
        request: Request,
        actor: Annotated[Actor, requires(*roles, needs_post=True)],
        office: Annotated[LedgerOffice, Depends(office_of)],
    ) -> Drafts:
        return Drafts(office.pool, request.app.state.keys, actor)

    Own = Annotated[Drafts, Depends(own_drafts)]  # noqa: N806

    @router.put(
        "",
        response_model=DraftSaved,
        responses=refused_with(PostMissing, TooManyDrafts, BodyTooLarge),
        max_body_size=LARGEST,
    )
    async def save(form: Form, draft_id: DraftId, body: DraftBody, own: Own) -> Response:
        """保存草稿: in the place of what was saved before; at most 64 KiB, sealed, for fourteen days."""
        saved_at = await own.save(form, draft_id, body.values)
        if saved_at is None:
            raise TooManyDrafts(most=MOST)
        return answered(_saved(saved_at))

    @router.get("", response_model=DraftShown, responses=refused_with(PostMissing, DraftNotFound))
    async def read(form: Form, draft_id: DraftId, own: Own) -> Response:
        """读取草稿: the post's own; another post's is as if there were none."""
        found = await own.find(form, draft_id)
        if found is None:
            raise DraftNotFound
        return answered({**_saved(found.saved_at), "values": found.values})

    @router.delete("", status_code=204, responses=refused_with(PostMissing))
    async def delete(form: Form, draft_id: DraftId, own: Own) -> Response:
        """删除草稿: nothing of it is kept; there may have been none."""
        await own.empty(form, draft_id)
        return Response(status_code=204)

    return router


def _saved(saved_at: datetime) -> dict[str, object]:
    return {"saved_at": to_wire(saved_at), "kept_until": to_wire(saved_at + KEPT)}
