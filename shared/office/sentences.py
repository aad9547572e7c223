"""The history of a record in sentences, one an event, in Chinese and English."""

from collections.abc import Collection, Sequence
from datetime import datetime

import orjson
from fastapi import Response
from pydantic import BaseModel

from shared.contracts.catalogue import decode_data
from shared.contracts.sentences import PETITIONER, RESIDENT, Sentence, Titles, said
from shared.divisions import division_of
from shared.http import Position, answered
from shared.ledger.read import StreamEvent
from shared.times import china_day, to_wire


class HistorySentence(BaseModel):
    """What was done, by which post, on which day: as people read it."""

    event_id: str
    event: str
    occurred_at: datetime
    zh: str
    en: str


class HistoryInSentences(BaseModel):
    """A sentence for each event of the record, in their order."""

    sentences: list[HistorySentence]


class CodesAsTitles:
    """Units and posts by their codes, for who knows no register of them."""

    def unit(self, code: str, division: str | None = None) -> str:
        """The code."""
        del division
        return code

    def post(self, code: str) -> str:
        """The code."""
        return code


def in_sentences(
    service: str,
    history: Sequence[StreamEvent],
    titles: Titles,
    *,
    without: Collection[str] = (),
) -> Response:
    """The record's history; the events with an id in `without` are left out."""
    last = history[-1]
    position = Position(service, division_of(last.stream_id), last.sequence)
    return answered({"sentences": sentences_of(history, titles, without=without)}, position)


def sentences_of(
    history: Sequence[StreamEvent], titles: Titles, *, without: Collection[str] = ()
) -> list[dict[str, object]]:
    """What `HistorySentence` declares, for each event whose id is not in `without`."""
    return [_sentence(each, titles) for each in history if each.event_id not in without]


def _sentence(stored: StreamEvent, titles: Titles) -> dict[str, object]:
    event = decode_data(stored.kind, stored.schema_version, orjson.loads(stored.data))
    predicate = said(event, titles, by=stored.actor_ref)
    day, who = china_day(stored.occurred_at), _who(stored, titles)
    return {
        "event_id": stored.event_id,
        "event": stored.kind,
        "occurred_at": to_wire(stored.occurred_at),
        "zh": f"{day.year}年{day.month}月{day.day}日，{who.zh}{predicate.zh}。",
        "en": f"{day.isoformat()}: {who.en} {predicate.en}.",
    }


def _who(stored: StreamEvent, titles: Titles) -> Sentence:
    who = stored.actor_ref
    if who is None or who.startswith("policy:") or stored.causation_id is not None:
        return Sentence("系统", "the system")
    if who == RESIDENT:
        return PETITIONER
    title = titles.post(who)
    return Sentence(title, title)
