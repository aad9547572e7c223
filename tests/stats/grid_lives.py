"""Ledgers of made-up villages, grids, workers and reports: each call is one event."""

from datetime import date, datetime
from typing import Any

from services.grid.domain.named_ids import grid_id, village_id
from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.grid_subject import GRID
from services.stats.domain.report_subject import REPORT
from services.stats.domain.village_subject import VILLAGE
from services.stats.domain.worker_subject import WORKER
from shared.contracts.grid import (
    GridCorrected,
    GridDefined,
    GridDissolved,
    GridWorkerAssigned,
    GridWorkerAssignmentVoided,
    GridWorkerEnrolled,
    GridWorkerLeft,
    VillageCorrected,
    VillageDissolved,
    VillageRegistered,
)
from shared.contracts.grid_codes import Employment, EndedHow, GridDuty, GridKind, VillageKind
from shared.contracts.grid_reports import (
    GridReportClosed,
    GridReportCorrected,
    GridReportRejected,
    GridReportSubmitted,
    GridReportTermMissed,
    GridReportValidated,
)
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.report_codes import (
    LadderLevel,
    ReportCorrectionReason,
    ReportField,
    ReportRejection,
    ReportSource,
    ReportStep,
    ReportTopic,
    Urgency,
    category_of,
    matter_category_of,
)
from shared.contracts.vault import PersonErased
from shared.contracts.vault_codes import ErasingRole, ErasureReason
from shared.divisions import new_id
from shared.times import start_of
from tests.stats.made_up_ledger import TOWNSHIP, MadeUpLedger

RECORDED = "2026-01-01"
"""The day of occurrence of what states its own day."""
DIGEST = "0" * 64


class Grids(MadeUpLedger):
    """Villages, grids, workers and reports of a township, as the grid service tells of them."""

    source = "/grid"

    def register(self, village: str, on: str, kind: VillageKind = VillageKind.VILLAGE) -> str:
        registered = VillageRegistered(
            village_id=village_id(village),
            village_code=village,
            village_kind=kind,
            valid_from=date.fromisoformat(on),
        )
        self.record(registered, registered.village_id, RECORDED)
        return village

    def correct_village(self, village: str, on: str | None, kind: VillageKind | None) -> None:
        corrected = VillageCorrected(
            village_id=village_id(village),
            village_code=village,
            village_kind=kind,
            valid_from=date.fromisoformat(on) if on else None,
        )
        self.record(corrected, corrected.village_id, RECORDED)

    def correct_grid(self, grid: str, on: str | None, kind: GridKind | None) -> None:
        corrected = GridCorrected(
            grid_id=grid_id(grid),
            grid_code=grid,
            grid_kind=kind,
            valid_from=date.fromisoformat(on) if on else None,
            was_valid_from=date(2024, 1, 1),
        )
        self.record(corrected, corrected.grid_id, RECORDED)

    def end_village(self, village: str, last_day: str) -> None:
        dissolved = VillageDissolved(
            village_id=village_id(village),
            village_code=village,
            last_day=date.fromisoformat(last_day),
            how=EndedHow.ABOLISHED,
            successors=(),
        )
        self.record(dissolved, dissolved.village_id, RECORDED)

    def define(self, grid: str, on: str, kind: GridKind = GridKind.BASIC) -> str:
        defined = GridDefined(
            grid_id=grid_id(grid),
            grid_code=grid,
            grid_kind=kind,
            valid_from=date.fromisoformat(on),
        )
        self.record(defined, defined.grid_id, RECORDED)
        return grid

    def end_grid(self, grid: str, last_day: str) -> None:
        dissolved = GridDissolved(
            grid_id=grid_id(grid),
            grid_code=grid,
            last_day=date.fromisoformat(last_day),
            how=EndedHow.ABOLISHED,
            successors=(),
        )
        self.record(dissolved, dissolved.grid_id, RECORDED)

    def enrol(
        self, on: str, employment: Employment = Employment.FULL_TIME, again: str | None = None
    ) -> str:
        worker = again or new_id(self.division)
        enrolled = GridWorkerEnrolled(
            worker_id=worker,
            employment=employment,
            person_ref=worker,
            from_day=date.fromisoformat(on),
        )
        self.record(enrolled, worker, RECORDED)
        return worker

    def assign(self, worker: str, grid: str, on: str) -> None:
        assigned = GridWorkerAssigned(
            grid_id=grid_id(grid),
            grid_code=grid,
            assignment_id=new_id(self.division),
            worker_id=worker,
            duty=GridDuty.RESPONSIBLE,
            first_day=date.fromisoformat(on),
        )
        self.record(assigned, assigned.grid_id, RECORDED)

    def void_assignment(self, worker: str, grid: str) -> None:
        voided = GridWorkerAssignmentVoided(
            grid_id=grid_id(grid),
            grid_code=grid,
            assignment_id=new_id(self.division),
            worker_id=worker,
            reason=VoidReason.BY_MISTAKE,
        )
        self.record(voided, voided.grid_id, RECORDED)

    def erase(self) -> None:
        """Somebody's file in the vault is erased; the event says not whose."""
        erased = PersonErased(
            erasure_id=new_id(self.division),
            reason_code=ErasureReason.AT_REQUEST,
            by_role=ErasingRole.TOWNSHIP_LEADER,
            files=1,
        )
        self.record(erased, erased.erasure_id, RECORDED)

    def leave(self, worker: str, last_day: str) -> None:
        left = GridWorkerLeft(worker_id=worker, last_day=date.fromisoformat(last_day))
        self.record(left, worker, RECORDED)

    def submit(
        self,
        on: str | datetime,
        topic: ReportTopic = ReportTopic.WASTE,
        urgency: Urgency = Urgency.NORMAL,
        source: ReportSource = ReportSource.PATROL,
        grid: str | None = None,
        **about: Any,
    ) -> str:
        report = new_id(self.division)
        submitted = GridReportSubmitted(
            grid_code=grid or f"{self.division}201001",
            category=category_of(topic),
            topic=topic,
            matter_category=matter_category_of(topic),
            urgency=urgency,
            source=source,
            words_digest=DIGEST,
            persons=(),
            level=LadderLevel.GRID,
            **{**_about(report), **about},
        )
        self.record(submitted, report, on)
        return report

    def correct(self, report: str, on: str | datetime, **facts: Any) -> None:
        corrected = GridReportCorrected(
            changed=tuple(each for each in ReportField if each.field in facts),
            why=ReportCorrectionReason.FOUND_OTHERWISE,
            **facts,
            **_about(report),
        )
        self.record(corrected, report, on)

    def correct_topic(
        self, report: str, on: str | datetime, topic: ReportTopic, grid: str | None = None
    ) -> None:
        place = {} if grid is None else {"grid_code": grid}
        categories = {"category": category_of(topic), "matter_category": matter_category_of(topic)}
        self.correct(report, on, topic=topic, **categories, **place)

    def validate(self, report: str, on: str | datetime) -> None:
        self.record(GridReportValidated(**_about(report)), report, on)

    def reject(self, report: str, on: str | datetime) -> None:
        rejected = GridReportRejected(reason=ReportRejection.NO_MATTER, **_about(report))
        self.record(rejected, report, on)

    def close(self, report: str, on: str | datetime) -> None:
        self.record(GridReportClosed(**_about(report)), report, on)

    def miss(self, report: str, on: str) -> None:
        due_at = start_of(date.fromisoformat(on))
        missed = GridReportTermMissed(step=ReportStep.CHECK, due_at=due_at, **_about(report))
        self.record(missed, report, on)

    def counted(self, about: str) -> dict[str, str]:
        """For each counter the days on which a report, a code of a place or a worker counts."""
        found: dict[str, list[str]] = {}
        for subject in (REPORT, VILLAGE, GRID, WORKER):
            for entity in (about, village_id(about), grid_id(about)):
                if fact := self._folded(subject, entity):
                    for name, day, *_ in subject.contributions(fact):
                        found.setdefault(name, []).append(day.isoformat())
        return {name: " ".join(days) for name, days in found.items()}

    def _folded(self, subject: CountedSubject, entity: str) -> Any:
        steps = [step for event in self.events for step in subject.steps_of(event)]
        return subject.fold(step for step in steps if step.entity_id == entity)


def _about(report: str) -> Any:
    return {"report_id": report, "matter_id": report}


def a_village(number: int = 201) -> str:
    """The code of a village of the township."""
    return f"{TOWNSHIP}{number}"
