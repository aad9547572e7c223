"""The way of one aggregate's commands to the ledger."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic

import orjson

from shared.contracts.catalogue import decode_data
from shared.contracts.event import Event
from shared.decider import Decider
from shared.divisions import division_of
from shared.handling.refusals import (
    HappenedBeforeItBegan,
    IdempotencyKeyReused,
    StaleVersion,
    StreamMovedOn,
)
from shared.handling.wish import (
    Admit,
    Answer,
    Beside,
    C,
    Handled,
    Record,
    S,
    Sealed,
    Wish,
    Written,
    stamped,
)
from shared.ledger import Appended, Conflict, KeyReused, Ledger, Receipt, Repeated, Statement
from shared.ledger.read import StreamEvent
from shared.metrics import LEDGER_CONFLICTS
from shared.refusals import Refusal
from shared.times import china_day

ATTEMPTS = 5


@dataclass(frozen=True)
class Handling(Generic[C, S]):
    """One aggregate's way from command to ledger."""

    ledger: Ledger
    decider: Decider[C, S, Event]
    answer: Answer[S]
    beside: Beside[S] = field(default=lambda _written: ())
    admit: Admit[S] | None = None

    async def handle(self, wish: Wish[C], *, beside: Sequence[Statement] = ()) -> Handled[S]:
        """Decide and append; raises what `admit`, the door or the decider refuses, or `refusals`."""
        for attempt in range(ATTEMPTS):
            if attempt:
                LEDGER_CONFLICTS.inc()
            record = await self.load(wish)
            try:
                if self.admit is not None:
                    await self.admit(record.state)
                if wish.refused is not None:
                    raise wish.refused
                _check_version(wish, record)
                handled = await self._decide_and_append(wish, record, beside)
            except Refusal:
                repeated = await self._answered_before(wish)
                if repeated is None:
                    raise
                return repeated
            if handled is not None:
                return handled
        LEDGER_CONFLICTS.inc()
        raise StreamMovedOn

    async def load(self, wish: Wish[C]) -> Record[S]:
        """The stream as the wish's author may see it; out of scope is as if it had not begun."""
        if wish.begins:
            return Record(state=self.decider.initial)
        return self.fold(await self.ledger.stream(wish.author.scope, wish.stream_id))

    def fold(self, history: Sequence[StreamEvent]) -> Record[S]:
        """What a stream's events come to."""
        if not history:
            return Record(state=self.decider.initial)
        state = self.decider.fold(
            decode_data(event.kind, event.schema_version, orjson.loads(event.data))
            for event in history
        )
        last = history[-1]
        return Record(
            state=state,
            version=last.version,
            last_seq=last.sequence,
            began_at=history[0].occurred_at,
            history=history,
        )

    def decide(self, command: C, at: datetime, record: Record[S]) -> list[Event]:
        """The events that the command calls for, none of them dated before the record began."""
        events = self.decider.decide(command, record.state)
        if events and record.began_at and china_day(at) < china_day(record.began_at):
            raise HappenedBeforeItBegan
        return events

    async def _answered_before(self, wish: Wish[C]) -> Handled[S] | None:
        """A request that succeeded once may be refused by what it changed: look for its receipt."""
        if wish.key is None:
            return None
        division = division_of(wish.stream_id)
        found = await self.ledger.receipt(division, wish.author, wish.key.route, wish.key.key)
        if found is None:
            return None
        if not hmac.compare_digest(found.request_mac, wish.key.request_mac):
            raise IdempotencyKeyReused
        answer = wish.key.unseal(found.response)
        return Handled(answer=answer, position=found.last, repeated=True)

    async def _decide_and_append(
        self, wish: Wish[C], record: Record[S], beside: Sequence[Statement]
    ) -> Handled[S] | None:
        events = self.decide(wish.command, wish.at, record)
        state = self.decider.fold(events, record.state)
        answer = orjson.dumps(self.answer(state))
        if not events and wish.key is None:
            return Handled(answer=answer, position=record.last_seq)
        new = stamped(
            events,
            wish.stream_id,
            wish.at,
            record.version,
            follows_at=wish.completes(record.history),
            causation_id=wish.causation_id,
        )
        written = Written(state=state, events=events, new=new)
        outcome = await self.ledger.append(
            division_of(wish.stream_id),
            new,
            wish.author,
            receipt=_receipt(wish.key, answer),
            position=record.last_seq,
            also=[*beside, *self.beside([written])] if events else (),
        )
        match outcome:
            case Appended(last=last):
                return Handled(answer=answer, position=last, events=tuple(events))
            case Repeated(last=last, response=response):
                return Handled(answer=_unsealed(wish.key, response), position=last, repeated=True)
            case KeyReused():
                raise IdempotencyKeyReused
            case Conflict():
                return None


def _check_version(wish: Wish[C], record: Record[S]) -> None:
    if wish.expected_version is not None and wish.expected_version != record.version:
        raise StaleVersion


def _receipt(key: Sealed | None, answer: bytes) -> Receipt | None:
    if key is None:
        return None
    return Receipt(
        route=key.route, key=key.key, request_mac=key.request_mac, response=key.seal(answer)
    )


def _unsealed(key: Sealed | None, response: bytes) -> bytes:
    if key is None:
        raise AssertionError("a repeated outcome without a key")
    return key.unseal(response)
