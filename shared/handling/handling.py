"""The pipeline of one aggregate's commands."""

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic

import orjson

from shared.contracts.event import Event
from shared.decider import Decider, EventOfAnotherAggregate, Mark
from shared.divisions import division_of
from shared.handling.command import (
    Answer,
    C,
    CommandRequest,
    Handled,
    Members,
    Prepared,
    Record,
    S,
    Sealed,
    ViewWrites,
    Written,
    marked,
    stamped,
)
from shared.handling.kept_answer import KeptAnswer, Reopen, disclosed
from shared.handling.refusals import (
    HappenedBeforeItBegan,
    IdempotencyKeyReused,
    StaleVersion,
    StreamMovedOn,
)
from shared.handling.stored_events import decoded
from shared.ledger import Appended, Conflict, KeyReused, Ledger, Receipt, Repeated, Statement
from shared.ledger.read import StreamEvent
from shared.metrics import LEDGER_CONFLICTS
from shared.refusals import Refusal
from shared.times import china_day, is_day_before

ATTEMPTS = 5


@dataclass(frozen=True)
class Handling(Generic[C, S]):
    """Takes commands of one aggregate to the ledger."""

    ledger: Ledger
    decider: Decider[C, S, Event]
    answer: Answer[S]
    view_writes: ViewWrites[S] = field(default=lambda _written: ())
    reopen: Reopen | None = None
    """Opens the private part of an answer, for repeats."""

    async def handle(self, request: CommandRequest[C, S]) -> Handled[S]:
        """Load, prepare, decide and append; again from the beginning when a stream moved on.

        Raises what `prepare` or the decider refuses, or a refusal of `refusals`. A request that
        is refused although it succeeded once gets its first answer: its own effect may be what it
        is refused for.
        """
        for attempt in range(ATTEMPTS):
            if attempt:
                LEDGER_CONFLICTS.inc()
                repeated = await self._answer_under_earlier_ref(request)
                if repeated is not None:
                    return repeated
            try:
                handled = await self._attempt(request)
            except Refusal as refusal:
                if refusal.hides:
                    raise
                repeated = await self._earlier_answer(request)
                if repeated is None:
                    raise
                return repeated
            if handled is not None:
                return handled
        LEDGER_CONFLICTS.inc()
        raise StreamMovedOn

    async def load(self, request: CommandRequest[C, S]) -> Record[S]:
        """The stream as the request's author may see it; empty when it is out of scope."""
        if request.begins:
            return Record(state=self.decider.initial)
        return await self.read(request.author.scope, request.stream_id)

    async def read(self, scope: str, stream_id: str) -> Record[S]:
        """One stream, read and folded; empty when it is out of scope or has not begun."""
        return self.fold(await self.ledger.stream(scope, stream_id))

    def fold(self, history: Sequence[StreamEvent]) -> Record[S]:
        """The record that a stream's events give; raises RecordOfALaterRelease."""
        if not history:
            return Record(state=self.decider.initial)
        try:
            marks = (Mark(each.occurred_at, each.event_id, each.actor_ref) for each in history)
            state = self.decider.fold_marked(zip(decoded(history), marks, strict=True))
        except EventOfAnotherAggregate:
            # a client may name any id of the ledger: there is no such record of this aggregate
            state = self.decider.initial
        last = history[-1]
        return Record(
            state=state,
            version=last.version,
            last_seq=last.sequence,
            began_at=history[0].occurred_at,
            history=history,
        )

    def decide(self, command: C, mark: Mark, record: Record[S]) -> list[Event]:
        """The events that the command calls for, none of them dated before the record's first day."""
        events = self.decider.decide(command, self.decider.at(record.state, mark))
        first_day = self._first_day(record)
        if events and first_day and _is_too_early(mark.occurred_at, first_day, record.began_at):
            raise HappenedBeforeItBegan(
                f"The record begins on {first_day}; the fact is dated to an earlier day.",
                first_day=first_day.isoformat(),
            )
        return events

    def _first_day(self, record: Record[S]) -> date | None:
        if self.decider.first_day:
            return self.decider.first_day(record.state)
        return record.began_at and china_day(record.began_at)

    async def _attempt(self, request: CommandRequest[C, S]) -> Handled[S] | None:
        """The outcome; None when a stream moved on meanwhile."""
        record = await self.load(request)
        if request.admit is not None:
            await request.admit(record)
        if request.expected_version not in {None, record.version}:
            raise StaleVersion
        prepared = await request.prepare(record)
        if prepared is None:
            return Handled(answer=b"null", position=record.last_seq)
        return await self._decide_and_append(request, record, prepared)

    async def _earlier_answer(self, request: CommandRequest[C, S]) -> Handled[S] | None:
        """The first answer of a request that succeeded before, by its receipt."""
        if request.key is None:
            return None
        division, key = division_of(request.stream_id), request.key
        found = await self.ledger.receipt(division, request.author, key.route, key.key)
        if found is None:
            return None
        if not hmac.compare_digest(found.request_mac, key.request_mac):
            raise IdempotencyKeyReused
        return await self._repeated(request, key, found.response, found.last)

    async def _answer_under_earlier_ref(self, request: CommandRequest[C, S]) -> Handled[S] | None:
        """The first answer of a request that was sent before under another reference."""
        return await self._earlier_answer(request) if request.author.earlier_refs else None

    async def _decide_and_append(
        self, request: CommandRequest[C, S], record: Record[S], prepared: Prepared[C, S]
    ) -> Handled[S] | None:
        events = self.decide(
            prepared.command, Mark(prepared.at, actor_ref=request.author.actor_ref), record
        )
        new = stamped(
            events,
            request.stream_id,
            prepared.at,
            record.version,
            follows_at=prepared.follows_at,
            causation_id=request.causation_id,
        )
        state = self.decider.fold_marked(marked(events, new, request.author), record.state)
        private = prepared.private.members if prepared.private else {}
        answer = self._in_full(request, state, prepared.further, private)
        if not (events or request.key or prepared.side_writes):
            return Handled(answer=answer, position=record.last_seq)
        written = Written(state=state, events=events, new=new)
        outcome = await self.ledger.append(
            division_of(request.stream_id),
            new,
            request.author,
            receipt=_receipt(request, record.version + len(new), prepared),
            position=record.last_seq,
            looked_up=prepared.looked_up,
            also=[*prepared.side_writes, *self._writes_about(written, prepared)],
        )
        match outcome:
            case Appended(last=last):
                return Handled(answer=answer, position=last, events=tuple(events))
            case Repeated(last=last, response=response):
                return await self._repeated(request, _required(request.key), response, last)
            case KeyReused():
                raise IdempotencyKeyReused
            case Conflict():
                return None

    def _writes_about(self, written: Written[S], prepared: Prepared[C, S]) -> Iterator[Statement]:
        """The rows that follow from the new events: the service's views, and the command's own."""
        if written.events:
            yield from self.view_writes([written])
            if prepared.writes_about:
                yield from prepared.writes_about(written.new)

    async def _repeated(
        self, request: CommandRequest[C, S], key: Sealed, receipt: bytes, last: int
    ) -> Handled[S]:
        """The first answer again: from the record as it was, without what was erased since."""
        written = key.unseal(receipt)
        kept = KeptAnswer.read(written)
        answer = written if kept is None else await self._answer_again(request, kept)
        return Handled(answer=answer, position=last, repeated=True)

    async def _answer_again(self, request: CommandRequest[C, S], kept: KeptAnswer) -> bytes:
        scope = request.author.scope
        history = await self.ledger.stream(scope, kept.stream_id)
        state = self.fold(history[: kept.version]).state
        private = await disclosed(self.reopen, scope, kept.private)
        return self._in_full(request, state, kept.further, private)

    def _in_full(
        self, request: CommandRequest[C, S], state: S, further: Members, private: Members
    ) -> bytes:
        """The answer, the same for the same arguments."""
        if request.answer is not None:
            return orjson.dumps({**request.answer(state, further), **private})
        usual = self.answer(state)
        if usual is None:
            return b"null"
        return orjson.dumps({**usual, **further, **private})


def _is_too_early(at: datetime, first_day: date, began_at: datetime | None) -> bool:
    """Whether a fact lies before the first day of its record, and not only by another clock."""
    if began_at and china_day(began_at) == first_day:
        return is_day_before(at, began_at)
    return china_day(at) < first_day


def _receipt(
    request: CommandRequest[C, S], version: int, prepared: Prepared[C, S]
) -> Receipt | None:
    key, private = request.key, prepared.private
    if key is None:
        return None
    kept = KeptAnswer(
        stream_id=request.stream_id,
        version=version,
        further=prepared.further,
        private=private.enclosed() if private else None,
    )
    return Receipt(
        route=key.route,
        key=key.key,
        request_mac=key.request_mac,
        response=key.seal(kept.written()),
    )


def _required(key: Sealed | None) -> Sealed:
    if key is None:
        raise AssertionError("a repeated outcome without a key")
    return key
