"""What the routes need: villages, grids, workers, patrols, reports, signals, warnings and the vault."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, TypeVar

from fastapi import Depends

from services.grid.api.command_answers import (
    assessment_summary,
    grid_summary,
    patrol_summary,
    report_summary,
    village_summary,
    weekly_report_summary,
    worker_summary,
)
from services.grid.api.period_matters import matters_named
from services.grid.api.roles import LEADERS
from services.grid.api.signal_answer import signal_summary
from services.grid.api.warning_answers import warning_summary, watch_summary
from services.grid.domain.assessment import ASSESSMENT, Assessment, AssessmentCommand
from services.grid.domain.early_warning import EARLY_WARNING, EarlyWarning, WarningCommand
from services.grid.domain.early_warning.life_policy import WarningLife
from services.grid.domain.grid import GRID, Grid, GridCommand
from services.grid.domain.grid_worker import GRID_WORKER, GridWorker, WorkerCommand
from services.grid.domain.matter_watch import MATTER_WATCH, MatterWatch, WatchCommand
from services.grid.domain.patrol import PATROL, Patrol, PatrolCommand
from services.grid.domain.report import Report, ReportCommand, report_decider
from services.grid.domain.report.terms import TermsPolicy
from services.grid.domain.rules.policy import EarlyWarningPolicy
from services.grid.domain.signal import Signal, SignalCommand, signal_decider
from services.grid.domain.village import VILLAGE, Village, VillageCommand
from services.grid.domain.weekly_report import (
    WEEKLY_REPORT,
    WeeklyReport,
    WeeklyReportCommand,
)
from services.grid.policies import STEPS, shipped_terms
from services.grid.policies.early_warnings import EARLY_WARNINGS, chosen_early_warnings
from services.grid.policies.warning_life import shipped_life
from services.grid.store import (
    assessments,
    grid_board,
    grid_workers,
    patrol_board,
    report_board,
    signal_board,
    village_board,
    warning_board,
    watch_board,
    weekly_reports,
)
from services.grid.store.known_matters import matters_about, streams_about
from services.grid.store.sealed_matters import sealed_streams
from shared.clocks.calendar import Calendar
from shared.clocks.shipped import shipped_calendar
from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.decider import Decider
from shared.handling import Answer, Handling, ViewWrites
from shared.identity import Actor
from shared.identity.refusals import PostMissing
from shared.keyed_marks import NO_MARKS, KeyedMarks
from shared.keys import Keys
from shared.known_units import KnownUnitsSnapshot
from shared.ledger import Ledger
from shared.office import LedgerOffice, office_of
from shared.sealing import SealKeys
from shared.vault import Vault

SERVICE = "grid"
C = TypeVar("C")
S = TypeVar("S")

Villages = Handling[VillageCommand, Village]
Grids = Handling[GridCommand, Grid]
Workers = Handling[WorkerCommand, GridWorker]
Patrols = Handling[PatrolCommand, Patrol]
Reports = Handling[ReportCommand, Report]
WeeklyReports = Handling[WeeklyReportCommand, WeeklyReport]
Assessments = Handling[AssessmentCommand, Assessment]
Signals = Handling[SignalCommand, Signal]
Warnings = Handling[WarningCommand, EarlyWarning]
Watches = Handling[WatchCommand, MatterWatch]


@dataclass(frozen=True, kw_only=True)
class Office(LedgerOffice):
    """Made once, by the entry point."""

    villages: Villages
    grids: Grids
    workers: Workers
    patrols: Patrols
    reports: Reports
    weekly_reports: WeeklyReports
    assessments: Assessments
    signals: Signals
    warnings: Warnings
    watches: Watches
    warning_life: WarningLife
    early_warnings: EarlyWarningPolicy
    terms: TermsPolicy
    calendar: Calendar
    vault: Vault

    @classmethod
    def over(
        cls,
        ledger: Ledger,
        keys: Keys,
        seal_keys: SealKeys | None = None,
        *,
        report_terms: str = STEPS,
        early_warnings: str = EARLY_WARNINGS,
        marks: KeyedMarks = NO_MARKS,
    ) -> "Office":
        """An office over grid's database, under these terms of reports and policy of early warnings.

        They and the calendar are read here, so that a mistake stops the process at its start.
        """
        vault = Vault(ledger.pool, keys)
        policy = chosen_early_warnings(early_warnings)
        warned = partial(warning_board.view_writes, early_warnings=early_warnings)

        def kept(
            decider: Decider[C, S, Event], answer: Answer[S], view_writes: ViewWrites[S]
        ) -> Handling[C, S]:
            return Handling(ledger=ledger, decider=decider, answer=answer, view_writes=view_writes)

        def with_words(
            decider: Decider[C, S, Event], answer: Answer[S], view_writes: ViewWrites[S]
        ) -> Handling[C, S]:
            return replace(kept(decider, answer, view_writes), reopen=vault.reopen)

        return cls(
            service=SERVICE,
            ledger=ledger,
            villages=kept(VILLAGE, village_summary, village_board.view_writes),
            grids=kept(GRID, grid_summary, grid_board.view_writes),
            workers=kept(GRID_WORKER, worker_summary, grid_workers.view_writes),
            patrols=kept(PATROL, patrol_summary, patrol_board.view_writes),
            reports=with_words(report_decider(marks), report_summary, report_board.view_writes),
            weekly_reports=kept(WEEKLY_REPORT, weekly_report_summary, weekly_reports.view_writes),
            assessments=kept(ASSESSMENT, assessment_summary, assessments.view_writes),
            signals=with_words(signal_decider(marks), signal_summary, signal_board.view_writes),
            warnings=with_words(EARLY_WARNING, warning_summary, warned),
            watches=with_words(MATTER_WATCH, watch_summary, watch_board.view_writes),
            warning_life=shipped_life(),
            early_warnings=policy,
            terms=shipped_terms(report_terms),
            calendar=shipped_calendar(),
            vault=vault,
            seal_keys=seal_keys,
            marks=marks,
            known_units=KnownUnitsSnapshot(ledger.pool),
        )

    async def withheld(self, actor: Actor, division: str) -> Collection[str]:
        """The reports, signals, warnings and watched matters of a ledger about the actor's unit.

        And, but for leaders, warnings and watched matters about a matter that has been sealed since.
        Raises PostMissing for a token of no unit: what is to be withheld from it nobody knows.
        """
        of_unit = self._own_unit(actor)
        scope, pool = actor.scope, self.pool
        return {
            *await report_board.reports_about(pool, scope, division=division, **of_unit),
            *await signal_board.signals_about(pool, scope, division=division, **of_unit),
            *await streams_about(pool, scope, division=division, **of_unit),
            *await self._sealed(actor, division),
        }

    def _own_unit(self, actor: Actor) -> dict[str, list[str]]:
        """The units that concern the actor, as tables are asked; raises PostMissing."""
        if actor.unit is None:
            raise PostMissing
        return {"own": self.own_names(actor), "own_units": self.names_anywhere(actor)}

    def names_anywhere(self, actor: Actor) -> list[str]:
        """The units whose complaints are kept from the actor, as records name them that say no division."""
        codes = {code for _, code in self.own_units(actor)}
        return sorted({name for code in codes for name in self.marks.names_of_unit(code)})

    async def _sealed(self, actor: Actor, division: str) -> Collection[str]:
        if actor.role in LEADERS:
            return ()
        return await sealed_streams(self.pool, actor.scope, division=division)

    async def readable(
        self, actor: Actor, division: str, events: Sequence[RecordedEvent]
    ) -> Sequence[RecordedEvent]:
        """Nor what tells of a matter in which the actor's unit is complained of."""
        found = await super().readable(actor, division, events)
        named = {each.event_id: matters_named(each) for each in found}
        matters = frozenset[str]().union(*named.values())
        of_unit = self._own_unit(actor)
        hidden = await matters_about(self.pool, division, matters, **of_unit)
        return [each for each in found if hidden.isdisjoint(named[each.event_id])]


TheOffice = Annotated[Office, Depends(office_of)]
