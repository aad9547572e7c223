"""The route that suggests with which records a signal may count; a person decides."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated

from fastapi import Response
from pydantic import BaseModel

from services.grid.api.office import Office, TheOffice
from services.grid.api.report_access import kept_from
from services.grid.api.roles import KEEPING, NAMING
from services.grid.api.signal_access import own_units, require_visible
from services.grid.domain.signal import Signal, SignalNotFound
from services.grid.domain.signal.likeness import ComparedText
from services.grid.domain.signal.signal_file import id_of, matter_of
from services.grid.domain.signal.suggesting import (
    MOST_CASES,
    Compared,
    Suggestion,
    in_order,
    suggestion,
)
from services.grid.store.followed_cases import cases_alike
from services.grid.store.records_alike import records_alike
from services.grid.store.vault_files import EntryKind
from shared.contracts.signal_codes import LinkedTo, SignalField
from shared.divisions import Identifier, division_of
from shared.http import AtLeast, Router, answered, refused_with
from shared.identity import Actor, requires
from shared.office import wait_to_show
from shared.times import china_day

router = Router(tags=["signals"])


class Suggested(BaseModel):
    """A record with which the signal may count, and what speaks for it."""

    kind: str
    id: str
    matter_id: str
    on: date
    village_code: str | None
    grid_code: str | None
    topic: str | None
    goes_on: bool | None
    """Of a case, whether it is open."""
    reasons: list[str]
    days_apart: int
    words_alike: int | None
    """How many percent of the words are the same; null where they were not compared."""


class Suggestions(BaseModel):
    """What may be the same matter, and how many records were looked at."""

    signal_id: str
    looked_at: int
    suggestions: list[Suggested]


@router.get(
    "/signals/{signal_id}/suggestions",
    response_model=Suggestions,
    responses=refused_with(SignalNotFound),
)
async def suggestions(
    signal_id: Identifier,
    actor: Annotated[Actor, requires(*KEEPING, needs_post=True)],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """关联建议: reports and signals of the same category within 90 days, cases of the same village.

    Words are compared for those who may read them; of cases none are known here. Who called is
    never compared. Nothing is linked before a person does it.
    """
    await wait_to_show(office, actor, at_least)
    record = await office.signals.read(actor.scope, signal_id)
    require_visible(office, actor, record.state)
    if record.began_at is None:
        raise SignalNotFound
    own = _compared(record.state, china_day(record.began_at))
    others = [
        *await _of_grid(office, actor, record.state, own, record.began_at),
        *await _of_intake(office, actor, record.state, own),
    ]
    words = await _words(office, actor, [own, *others])
    found = await asyncio.to_thread(_speaking_for, own, others, words)
    shown = [_shown(each) for each in in_order(found)]
    return answered({"signal_id": signal_id, "looked_at": len(others), "suggestions": shown})


def _compared(signal: Signal, on: date) -> Compared:
    return Compared(
        kind=LinkedTo.SIGNAL,
        id=id_of(signal),
        matter_id=matter_of(signal),
        on=on,
        village_code=signal.fact(SignalField.VILLAGE_CODE),
        grid_code=signal.fact(SignalField.GRID_CODE),
        topic=signal.fact(SignalField.TOPIC),
    )


async def _of_grid(
    office: Office, actor: Actor, signal: Signal, own: Compared, at: datetime
) -> list[Compared]:
    found = await records_alike(
        office.pool,
        division_of(own.id),
        signal_id=own.id,
        category=str(signal.fact(SignalField.CATEGORY)),
        at=at,
        own_units=own_units(office, actor),
        who=kept_from(office, actor),
    )
    return [
        Compared(
            kind=LinkedTo.of(each.kind),
            id=each.id,
            matter_id=each.matter_id,
            on=china_day(each.at),
            village_code=each.village_code,
            grid_code=each.grid_code,
            topic=each.topic,
        )
        for each in found
    ]


async def _of_intake(
    office: Office, actor: Actor, signal: Signal, own: Compared
) -> list[Compared]:
    """Cases by place and category; none where the signal names no place."""
    if own.village_code is None:
        return []
    found = await cases_alike(
        office.pool,
        division_of(own.id),
        category=str(signal.fact(SignalField.CATEGORY)),
        village_code=own.village_code,
        own_units=own_units(office, actor),
        limit=MOST_CASES,
    )
    return [
        Compared(
            kind=LinkedTo.CASE,
            id=each.case_id,
            matter_id=each.matter_id,
            on=each.filed_on,
            village_code=each.village_code,
            goes_on=each.goes_on,
        )
        for each in found
    ]


async def _words(office: Office, actor: Actor, records: Sequence[Compared]) -> dict[str, str]:
    """The words of grid's own records by their ids, for those who may read them."""
    if actor.role not in NAMING:
        return {}
    refs = [each.id for each in records if each.kind is not LinkedTo.CASE]
    division = division_of(records[0].id)
    found = await office.vault.contents(
        actor.scope,
        division=division,
        refs=refs,
        kinds=[EntryKind.REPORTED, EntryKind.SIGNAL],
    )
    return {each.ref: _text_of(each.content) for each in found}


def _text_of(content: Mapping[str, object]) -> str:
    said = (content.get(name) for name in ("title", "words", "text"))
    return " ".join(each for each in said if isinstance(each, str))


def _speaking_for(
    own: Compared, others: Sequence[Compared], words: Mapping[str, str]
) -> list[Suggestion]:
    said = words.get(own.id)
    compared = ComparedText(said) if said else None
    found = []
    for other in others:
        text = words.get(other.id)
        alike = compared.percent(text) if compared and text else None
        made = suggestion(own, other, alike)
        if made is not None:
            found.append(made)
    return found


def _shown(found: Suggestion) -> dict[str, object]:
    other = found.other
    return {
        "kind": other.kind,
        "id": other.id,
        "matter_id": other.matter_id,
        "on": other.on,
        "village_code": other.village_code,
        "grid_code": other.grid_code,
        "topic": other.topic,
        "goes_on": other.goes_on,
        "reasons": list(found.reasons),
        "days_apart": found.days_apart,
        "words_alike": found.words_alike,
    }
