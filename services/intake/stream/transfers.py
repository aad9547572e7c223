"""Intake follows its own topic: a matter that one case passes on reaches the next ledger.

event ─► the case as it was after it ─► what follows elsewhere (`domain/transfer_follow_ups`)
                                         ├─ notes for the home and the sender
                                         └─ the receiver's case, with a copy of person and text

Most events concern no matter that was passed on: they are left out by their data, or by one look
at the case board for a whole chunk.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, partial

from services.intake.domain.case import CASE, CaseCommand, CaseFile
from services.intake.domain.case.receiving import ReceiveCase
from services.intake.domain.case.transfer_note import NoteTransfer, comes_back
from services.intake.domain.term_of_handling import objection_until
from services.intake.domain.transfer_follow_ups import (
    FOLLOWED,
    FollowUp,
    Passing,
    follow_ups,
    leads_on,
)
from services.intake.store import (
    case_board,
    complained_units,
    due_attachments,
    due_remits,
    person_marks,
)
from services.intake.store.case_number import CaseNumbers, Series
from services.intake.store.person_files import EntryKind
from services.intake.store.transferred_cases import cases_of, reporting, require_unerased
from services.intake.stream.answer_reviews import REPEATS, AnswerReviews, states_a_repeat
from services.intake.stream.copied_words import brought_back, why_changed, words_of
from shared import vault
from shared.clocks.calendar import Calendar
from shared.clocks.policy import Policy
from shared.clocks.shipped import NATIONAL, shipped_calendar, shipped_policy
from shared.cloudevents import RecordedEvent
from shared.contracts.catalogue import decode_data, event_class
from shared.contracts.event import Event
from shared.contracts.intake import CaseEvent, CaseFiled
from shared.correlation import carried
from shared.divisions import COUNTY, division_of, new_id
from shared.handling import Handling, Prepared, Record
from shared.keys import Keys
from shared.ledger import Ledger, Statement
from shared.office.following import Following, caused
from shared.postgres import Connection
from shared.streaming.passing import Kind
from shared.times import china_day
from shared.vault import Content, Entry, Vault

SERVICE = "intake"
_A_MOMENT = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Transfers:
    """Carries out what follows from an event of a matter that was passed on."""

    cases: Handling[CaseCommand, CaseFile]
    vault: Vault
    numbers: CaseNumbers
    county: str
    policy: Policy
    calendar: Calendar
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def follow(self, event: RecordedEvent, fact: Event) -> None:
        """Each follow-up is a command under a key made of the event: a repeat does nothing."""
        history = await self.cases.ledger.stream(self.county, event.stream_id)
        places = [place for place, each in enumerate(history) if each.event_id == event.event_id]
        if not places:
            return
        case = self.cases.fold(history[: places[0] + 1]).state
        for each in follow_ups(fact, case, event_id=event.event_id):
            match each:
                case FollowUp():
                    await self._carry_out(event, each)
                case Passing():
                    await self._file(event, each)

    async def _carry_out(self, event: RecordedEvent, each: FollowUp) -> None:
        request = caused(
            event,
            partial(self._prepare, event, each),
            each.stream_id,
            command=type(each.command),
            service=SERVICE,
            county=self.county,
        )
        await self.cases.handle(request)

    async def _prepare(
        self, event: RecordedEvent, each: FollowUp, record: Record[CaseFile]
    ) -> Prepared[CaseCommand, CaseFile] | None:
        if not record.history:
            return None
        command = each.command
        side_writes: list[Statement] = []
        if isinstance(command, NoteTransfer):
            command, side_writes = await self._with_words(event, command, record)
            if command.complained_mark:
                side_writes.append(complained_units.copy(each.stream_id, of=event.stream_id))
        return Prepared(
            command=command, at=_no_earlier(event.occurred_at, record), side_writes=side_writes
        )

    async def _with_words(
        self, event: RecordedEvent, note: NoteTransfer, record: Record[CaseFile]
    ) -> tuple[NoteTransfer, list[Statement]]:
        """With a matter that comes back come the words that were corrected or added elsewhere."""
        if not comes_back(note, record.state):
            return note, []
        sender = await self.cases.read(self.county, event.stream_id)
        why = why_changed(sender)
        if why is None:
            return note, []
        brought = await brought_back(self.vault, self.county, sender.state, record)
        if brought is None:
            return note, []
        entry, side_writes = brought
        return replace(note, content_digest=entry.digest, why=why), side_writes

    async def _file(self, event: RecordedEvent, passing: Passing) -> None:
        request = caused(
            event,
            partial(self._prepare_filing, event, passing),
            passing.case_id,
            command=ReceiveCase,
            service=SERVICE,
            county=self.county,
        )
        await self.cases.handle(request)

    async def _prepare_filing(
        self, event: RecordedEvent, passing: Passing, record: Record[CaseFile]
    ) -> Prepared[CaseCommand, CaseFile] | None:
        """The case with its own copy of the petitioner's file; None where it is filed already."""
        if record.state.filed is not None:
            return None
        division = division_of(passing.case_id)
        now = self.now()
        at = passing.received_at(recorded_at=event.recorded_at, now=now)
        received_on = china_day(at)
        content = await self._content(passing.sender)
        file = self.vault.begin(new_id(division)) if content is not None else None
        entry = file.entry(EntryKind.FILING, content) if file and content is not None else None
        series = Series(self.county, received_on.year, passing.sender.required.channel)
        (number,) = await self.numbers.take(series)
        command = passing.filing(
            number=number,
            received_on=received_on,
            person_ref=entry.person_ref if entry else None,
            content_digest=entry.digest if entry else None,
        )
        copied = (
            [
                *require_unerased(division, passing.sender.home_case_id or passing.case_id),
                *vault.keep(division, [file], [entry]),
                *_marks(passing, entry),
            ]
            if file and entry
            else []
        )
        return Prepared(
            command=command,
            at=at,
            side_writes=[
                *copied,
                complained_units.copy(passing.case_id, of=passing.sender.required.case_id),
                *await self._files(event, passing),
                *self._time_to_object(event, passing, received_on, recorded_at=now),
            ],
        )

    async def _content(self, sender: CaseFile) -> Content | None:
        """What the sender's file has of the filing; None where the petitioner was erased."""
        filed, home = sender.required, sender.home_case_id
        known = await cases_of(self.cases.ledger.pool, self.county, [home] if home else [])
        if filed.person_ref is None or any(each.is_erased for each in known):
            return None
        return await words_of(self.vault, self.county, sender)

    async def _files(self, event: RecordedEvent, passing: Passing) -> list[Statement]:
        """The row by which files are copied: the sender's, and those that are on their way to it.

        One that was copied to the sender already is the same for the receiver, and attached once.
        """
        sender, attached = passing.sender, []
        while sender.filed is not None:
            attached += [added for added, _ in sender.proceedings.attached]
            if sender.filed.from_case_id is None:
                break
            sender = (await self.cases.read(self.county, sender.filed.from_case_id)).state
        return due_attachments.row_for(
            passing.case_id,
            attached,
            due_at=event.occurred_at,
            correlation_id=event.correlation_id,
            causation_id=event.event_id,
        )

    def _time_to_object(
        self, event: RecordedEvent, passing: Passing, received_on: date, *, recorded_at: datetime
    ) -> list[Statement]:
        """The row by which the receiver holds the matter in the end, where it may object.

        The database may record the case a moment later, on the next day: the row never comes
        before the last day that is shown.
        """
        if passing.hop.assigned or len(passing.hop.division) == COUNTY:
            return []
        due = objection_until(
            received_on,
            recorded_on=china_day(recorded_at + _A_MOMENT),
            policy=self.policy,
            calendar=self.calendar,
        )
        return [
            due_remits.row_for(
                passing.case_id,
                due_at=due.due_at,
                correlation_id=event.correlation_id,
                causation_id=event.event_id,
            )
        ]


def _marks(passing: Passing, entry: Entry) -> list[Statement]:
    """The receiver finds the petitioner by the same numbers."""
    sender = passing.sender
    if sender.filed is None:
        return []
    return [
        person_marks.copy(
            passing.case_id,
            entry,
            from_case=sender.filed.case_id,
            from_digest=sender.required.content_digest,
        )
    ]


def _no_earlier(at: datetime, record: Record[CaseFile]) -> datetime:
    """The receiver may state an act of a day before the other ledger registered the matter."""
    return max(at, record.history[0].occurred_at)


@dataclass(frozen=True, kw_only=True)
class FollowingOwn(Following):
    """Follows only events of a chunk from which something may follow for another case."""

    reviews: AnswerReviews

    @cached_property
    def passes_over(self) -> frozenset[Kind]:
        """Corrections are read as well: one may state that the case is a repeat."""
        kinds = {kind.encode() for kind in REPEATS}
        return frozenset(each for each in super().passes_over if each[0] not in kinds)

    async def apply(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Leave out what concerns no matter that was passed on."""
        facts = [self._fact(each) for each in events]
        named = {fact.case_id for fact in facts if fact}
        known = await reporting(connection, named) if named else set()
        concerned = [
            event
            for event, fact in zip(events, facts, strict=True)
            if fact and (leads_on(fact) or fact.case_id in known)
        ]
        await super().apply(connection, concerned)
        for event in events:
            if states_a_repeat(event):
                with carried(event.correlation_id):
                    await self._follow(self.reviews.open, event)

    def _fact(self, event: RecordedEvent) -> CaseEvent | None:
        """The event's data, where its kind is followed; raises UnknownEvent for a later release."""
        event_class(event.kind, event.schema_version)
        if event.kind not in self.policies or _says_nothing_of_a_transfer(event):
            return None
        fact = decode_data(event.kind, event.schema_version, event.load())
        return fact if isinstance(fact, CaseEvent) and not fact.imported else None


def _says_nothing_of_a_transfer(event: RecordedEvent) -> bool:
    """Seen in the canonical JSON, which is not parsed: a register's facts, and own filings."""
    if b'"imported":true' in event.data:
        return True
    return event.kind == CaseFiled.kind and b'"from_case_id":' not in event.data


def follow_intake(
    ledger: Ledger, keys: Keys, *, county: str, clock_policy: str = NATIONAL
) -> Following:
    """What intake does of itself when one of its own cases has passed a matter on."""
    transfers = Transfers(
        cases=Handling(
            ledger=ledger, decider=CASE, answer=lambda _: None, view_writes=case_board.view_writes
        ),
        vault=Vault(ledger.pool, keys),
        numbers=CaseNumbers(ledger.pool),
        county=county,
        policy=shipped_policy(clock_policy),
        calendar=shipped_calendar(),
    )
    policies = {kind.kind: transfers.follow for kind in FOLLOWED}
    reviews = AnswerReviews(cases=transfers.cases, county=county)
    return FollowingOwn(service=SERVICE, source="/intake", policies=policies, reviews=reviews)
