"""The routes by which warnings and watched matters are looked at, and what was said of them."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.grid.api.office import SERVICE, Office, TheOffice
from services.grid.api.record_probes import warning_actions, watch_actions
from services.grid.api.report_lists import WordsNotForThisPost
from services.grid.api.roles import KEEPING, NAMING, READING
from services.grid.api.warning_access import (
    raisers,
    sees_warning,
    sees_watch,
    warnings_seen,
    watches_seen,
)
from services.grid.api.warning_answers import (
    WarningAnswer,
    WatchAnswer,
    warning_summary,
    watch_summary,
)
from services.grid.api.warning_now import WarningNow, by_the_record
from services.grid.domain.early_warning import EarlyWarning, WarningNotFound
from services.grid.domain.matter_watch import WatchNotFound
from services.grid.store.vault_files import EntryKind
from services.grid.store.warning_board import WARNINGS, WarningLine
from services.grid.store.warning_raisers import is_raiser
from services.grid.store.watch_board import WATCHES, WatchLine
from shared.board import Asked
from shared.contracts.early_warning_codes import WarningLevel, WarningSubject
from shared.divisions import Identifier, division_of
from shared.http import AtLeast, PageOf, Paging, Router, answered, refused_with
from shared.identity import Actor, Role, requires
from shared.office import wait_to_show
from shared.office.actions import Action
from shared.office.history import HistoryItem, with_history
from shared.office.openings import note_shown
from shared.vault import PersonErased

WarningReader = Annotated[Actor, requires(*READING, needs_post=True)]
WatchReader = Annotated[
    Actor, requires(*KEEPING, Role.HANDLER, Role.COUNTY_LEADER, Role.AUDITOR, needs_post=True)
]

router = Router(tags=["warnings"])
_Said = tuple[str, dict[str, Any]]
"""The kind of an entry of the vault, and its content."""


class WarningWithHistory(WarningAnswer):
    """The state of a warning, with its history."""

    now: WarningNow | None
    """By what is on record now; None where the warning is over or no rule's."""
    actions: list[Action]
    """Every command to the warning, and whether it is open to who asks, now."""
    history: list[HistoryItem]


class WatchWithHistory(WatchAnswer):
    """The state of a watched matter, with its history."""

    actions: list[Action]
    """Every command to it, and whether it is open to who asks, now."""
    history: list[HistoryItem]


class WarningWords(BaseModel):
    """What was said when the warning was raised, each time, and what was remarked since."""

    warning_id: str
    words: list[str]
    because: list[str]
    """The events that were named with a safety warning."""
    remarks: list[str]


class WatchWords(BaseModel):
    """The plan by which a matter is watched, and what was remarked since."""

    watch_id: str
    plan: str | None
    remarks: list[str]


@router.get("/warnings", response_model=PageOf[WarningLine])
async def warnings(
    actor: WarningReader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(WARNINGS.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """Warnings within the token's scope, the newest first, or the open ones, the most urgent first.

    A handler is shown those of their unit, a grid worker those in the villages of their grids; a
    safety warning only leaders and whoever raised it.
    """
    await wait_to_show(office, actor, at_least)
    seen = await warnings_seen(office, actor, asked)
    return answered(await WARNINGS.page(office.pool, actor.scope, seen, paging))


@router.get(
    "/warnings/{warning_id}",
    response_model=WarningWithHistory,
    responses=refused_with(WarningNotFound),
)
async def one_warning(
    *,
    request: Request,
    warning_id: Identifier,
    actor: WarningReader,
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """One warning and its history; for whom it does not concern, as if there were none."""
    await wait_to_show(office, actor, at_least)
    if not await sees_warning(office, actor, warning_id):
        raise WarningNotFound
    history = await office.ledger.stream(actor.scope, warning_id)
    record = office.warnings.fold(history)
    now = await by_the_record(office, record.state)
    actions = await warning_actions(request, office, actor, record, warning_id)
    shown = {**warning_summary(record.state), "now": now, "actions": actions}
    return with_history(SERVICE, shown, record, history)


@router.get(
    "/warnings/{warning_id}/words",
    response_model=WarningWords,
    responses=refused_with(WarningNotFound, WordsNotForThisPost, PersonErased),
)
async def warning_words(
    warning_id: Identifier,
    actor: Annotated[
        Actor,
        requires(*NAMING, Role.HANDLER, Role.GRID_WORKER, Role.COUNTY_LEADER, needs_post=True),
    ],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """What was said of it, for those who act on it; a worker reads what they said. It is logged."""
    await wait_to_show(office, actor, at_least)
    if not await sees_warning(office, actor, warning_id):
        raise WarningNotFound
    warning = (await office.warnings.read(actor.scope, warning_id)).state
    if not await _reads_words(office, actor, warning_id, warning):
        raise WordsNotForThisPost
    said = _read_by(actor, await _entries(office, actor.scope, warning_id))
    warned = [content for kind, content in said if kind == EntryKind.WARNED]
    shown = {
        "warning_id": warning_id,
        "words": list(dict.fromkeys(each["text"] for each in warned)),
        "because": [event for each in warned for event in each.get("because", ())],
        "remarks": [each["text"] for kind, each in said if kind == EntryKind.REMARK],
    }
    await note_shown(office, actor, [warning_id], route="GET /warnings/{warning_id}/words")
    return answered(shown)


@router.get("/watches", response_model=PageOf[WatchLine])
async def watches(
    actor: WatchReader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(WATCHES.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """Watched matters, the newest first, or those still watched, the soonest review first."""
    await wait_to_show(office, actor, at_least)
    seen = watches_seen(office, actor, asked)
    return answered(await WATCHES.page(office.pool, actor.scope, seen, paging))


@router.get(
    "/watches/{watch_id}",
    response_model=WatchWithHistory,
    responses=refused_with(WatchNotFound),
)
async def one_watch(
    *,
    request: Request,
    watch_id: Identifier,
    actor: WatchReader,
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """One watched matter and its history."""
    await wait_to_show(office, actor, at_least)
    if not await sees_watch(office, actor, watch_id):
        raise WatchNotFound
    history = await office.ledger.stream(actor.scope, watch_id)
    record = office.watches.fold(history)
    actions = await watch_actions(request, office, actor, record, watch_id)
    shown = {**watch_summary(record.state), "actions": actions}
    return with_history(SERVICE, shown, record, history)


@router.get(
    "/watches/{watch_id}/words",
    response_model=WatchWords,
    responses=refused_with(WatchNotFound, PersonErased),
)
async def watch_words(
    watch_id: Identifier,
    actor: Annotated[Actor, requires(*NAMING, Role.HANDLER, needs_post=True)],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """The plan, for the desk and the unit that watches the matter; the request is logged."""
    await wait_to_show(office, actor, at_least)
    if not await sees_watch(office, actor, watch_id):
        raise WatchNotFound
    said = await _entries(office, actor.scope, watch_id)
    plans = [content["text"] for kind, content in said if kind == EntryKind.PLAN]
    shown = {
        "watch_id": watch_id,
        "plan": next(iter(plans), None),
        "remarks": [each["text"] for kind, each in said if kind == EntryKind.REMARK],
    }
    await note_shown(office, actor, [watch_id], route="GET /watches/{watch_id}/words")
    return answered(shown)


async def _reads_words(
    office: Office, actor: Actor, warning_id: str, warning: EarlyWarning
) -> bool:
    """A worker reads where they said something; the county's leaders what is theirs at once."""
    match actor.role:
        case Role.GRID_WORKER:
            return await is_raiser(office.pool, warning_id, raisers(actor))
        case Role.COUNTY_LEADER:
            raised = warning.raised
            is_safety = raised is not None and raised.subject_kind is WarningSubject.SAFETY
            return is_safety or warning.level is WarningLevel.RED
        case _:
            return True


def _read_by(actor: Actor, said: Sequence[_Said]) -> Sequence[_Said]:
    """Of a worker, what they said under their own reference; nobody else's words, and no remarks."""
    if actor.role is not Role.GRID_WORKER:
        return said
    own = set(raisers(actor))
    return [each for each in said if own.intersection(each[1].get("by", ()))]


async def _entries(office: Office, scope: str, record_id: str) -> list[_Said]:
    """What the record's file holds, in its order; nothing where nobody has said anything."""
    file = await office.vault.file(scope, record_id)
    if file is None:
        return []
    found = await office.vault.entries(scope, division_of(record_id), record_id)
    return [(each.kind, file.read(each)) for each in found]
