"""Grid follows the cases and mediations to which reports were converted: each outcome is a note.

Mediation's events name the report. Those of a case do not: its id is made of the conversion, so
one look into the ledger finds the reports of a whole chunk, and every other case is left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from services.grid.domain.follow_ups import (
    OF_A_CASE,
    OF_A_MEDIATION,
    OF_AN_ACCUSATION,
    Outcome,
    outcome_of,
)
from services.grid.domain.report import REPORT, Report, ReportCommand
from services.grid.domain.report.conversion import Conversion
from services.grid.domain.report.converting import NoteOutcome, noting
from services.grid.domain.report.terms import TermsPolicy
from services.grid.store import report_board
from services.grid.store.conversions import reports_of_cases
from services.grid.store.followed_cases import FOLLOWED, accusations, follow
from services.grid.store.followed_disputes import FIRST_FACTS, follow_dispute
from services.grid.store.link_targets import of_case
from shared.cloudevents import RecordedEvent
from shared.contracts.catalogue import event_class
from shared.contracts.event import Event
from shared.contracts.intake import CaseEvent
from shared.contracts.mediation import MediationEvent
from shared.contracts.transfers import TransferNoted
from shared.divisions import division_of, in_scope
from shared.handling import Handling, Prepared, Record
from shared.known_units import REGISTRY_KINDS, follow_registry
from shared.ledger import Ledger
from shared.office.following import Following, caused
from shared.postgres import Connection, Pool

SERVICE = "grid"


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """Notes what became of converted reports, once of each event."""

    reports: Handling[ReportCommand, Report]
    pool: Pool
    county: str
    terms: TermsPolicy
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def of_case(self, event: RecordedEvent, fact: Event) -> None:
        """Of a case that was filed for a report."""
        if not isinstance(fact, CaseEvent):
            raise TypeError(event.kind)
        found = await reports_of_cases(self.pool, self.county, [fact.case_id])
        if fact.case_id in found:
            await self._note(event, fact, found[fact.case_id], fact.case_id)

    async def of_mediation(self, event: RecordedEvent, fact: Event) -> None:
        """Of a dispute that names the report."""
        if not isinstance(fact, MediationEvent):
            raise TypeError(event.kind)
        report_id = fact.report_id
        if report_id is not None and in_scope(self.county, division_of(report_id)):
            await self._note(event, fact, report_id, fact.mediation_id)

    async def _note(
        self, event: RecordedEvent, fact: Event, report_id: str, record_id: str
    ) -> None:
        outcome = outcome_of(fact)
        if outcome is None:
            return
        request = caused(
            event,
            partial(self._prepare, event, outcome, record_id),
            report_id,
            command=NoteOutcome,
            service=SERVICE,
            county=self.county,
        )
        await self.reports.handle(request)

    async def _prepare(
        self,
        event: RecordedEvent,
        outcome: Outcome,
        record_id: str,
        record: Record[Report],
    ) -> Prepared[ReportCommand, Report] | None:
        """None where the report was not converted to it: a dispute may name a report by itself."""
        conversion = record.state.conversion_to(record_id)
        if conversion is None:
            return None
        command = noting(
            record.state,
            record_id=record_id,
            outcome=outcome.outcome,
            ended=outcome.ended,
            terms=self.terms,
            at=self.now(),
        )
        return Prepared(
            command=command, at=max(event.occurred_at, _converted_at(record, conversion))
        )


def _converted_at(record: Record[Report], conversion: Conversion) -> datetime:
    """Nothing came of the conversion before it was made, whatever day is stated elsewhere."""
    return next(
        each.occurred_at for each in record.history if each.event_id == conversion.conversion_id
    )


@dataclass(frozen=True)
class FollowingCases(Following):
    """Follows only events about cases that were filed for a report; states are kept of all cases.

    The states of a chunk are kept first, so that nothing is noted of what becomes an accusation in it.
    """

    outcomes: Outcomes | None = None

    async def apply(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Note what became of reports; raises UnknownEvent for an event of a later release."""
        for event in events:
            event_class(event.kind, event.schema_version)
            await self._decide(connection, event)
        followed = [event for event in events if event.kind in self.policies]
        cases = {event.stream_id for event in followed}
        if self.outcomes is None or not cases:
            return
        found = await reports_of_cases(self.outcomes.pool, self.outcomes.county, cases)
        of_reports = [event for event in followed if event.stream_id in found]
        if not of_reports:
            return
        accused = await accusations(connection, {*found, *map(_receiver, of_reports)})
        for event in of_reports:
            is_accusation = not accused.isdisjoint({event.stream_id, _receiver(event)})
            if event.kind in OF_AN_ACCUSATION or not is_accusation:
                await self._follow(self.policies[event.kind], event)


def _receiver(event: RecordedEvent) -> str:
    """The case that has the matter: the event's own, or the one of which it notes a step."""
    if event.kind != TransferNoted.kind:
        return event.stream_id
    return str(event.load()["receiver_case_id"])


def outcomes_over(ledger: Ledger, *, county: str, terms: TermsPolicy) -> Outcomes:
    """Notes in the ledgers of a county, under these terms."""
    return Outcomes(
        reports=Handling(
            ledger=ledger,
            decider=REPORT,
            answer=lambda _: None,
            view_writes=report_board.view_writes,
        ),
        pool=ledger.pool,
        county=county,
        terms=terms,
    )


def follow_intake(outcomes: Outcomes) -> Following:
    """What grid does on the events of cases; those that may have a signal's matter are kept."""
    return FollowingCases(
        service=SERVICE,
        source="/intake",
        policies=dict.fromkeys((*OF_A_CASE, TransferNoted.kind), outcomes.of_case),
        stateful={
            **{event.kind: (follow, of_case) for event in FOLLOWED},
            **dict.fromkeys(REGISTRY_KINDS, (follow_registry,)),
        },
        outcomes=outcomes,
    )


def follow_mediation(outcomes: Outcomes) -> Following:
    """What grid does on the events of disputes; whom they complain of is kept."""
    policies = dict.fromkeys(OF_A_MEDIATION, outcomes.of_mediation)
    complaints = {each.kind: (follow_dispute,) for each in FIRST_FACTS}
    return Following(service=SERVICE, source="/mediation", policies=policies, stateful=complaints)
