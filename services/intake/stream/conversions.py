"""Intake follows grid: a report that was converted to a case is filed once, in its own township.

The case begins an empty file in the vault. Whoever takes it up reads the report at grid, and takes
person and words over by a correction of the registration.
"""

from dataclasses import dataclass
from functools import partial

from services.intake.domain.case import CASE, CaseCommand, CaseFile
from services.intake.domain.case.filing import FileCase
from services.intake.domain.follow_ups import file_case_on_report_converted
from services.intake.store import case_board, complained_units
from services.intake.store.case_number import CaseNumbers, Series
from shared import vault
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Channel
from shared.contracts.event import Event
from shared.contracts.grid_reports import GridReportConverted
from shared.contracts.referral import filed_as
from shared.contracts.report_codes import ConvertedTo
from shared.divisions import division_of, new_id
from shared.handling import Handling, Prepared, Record
from shared.keyed_marks import NO_MARKS, KeyedMarks
from shared.keys import Keys
from shared.ledger import Ledger
from shared.office.following import Following, caused
from shared.times import china_day
from shared.vault import Vault

SERVICE = "intake"


@dataclass(frozen=True, kw_only=True)
class Conversions:
    """Files a case for each report that was converted to one."""

    cases: Handling[CaseCommand, CaseFile]
    vault: Vault
    numbers: CaseNumbers
    county: str
    marks: KeyedMarks

    async def file(self, event: RecordedEvent, converted: Event) -> None:
        """Under an id made of the conversion: read again, it is the same case."""
        if not isinstance(converted, GridReportConverted):
            raise TypeError(event.kind)
        if converted.to is not ConvertedTo.CASE:
            return
        request = caused(
            event,
            partial(self._prepare, event, converted),
            filed_as(event.event_id),
            command=FileCase,
            service=SERVICE,
            county=self.county,
        )
        await self.cases.handle(request)

    async def _prepare(
        self, event: RecordedEvent, converted: GridReportConverted, record: Record[CaseFile]
    ) -> Prepared[CaseCommand, CaseFile] | None:
        if record.state.filed is not None:
            return None
        case_id = filed_as(event.event_id)
        division = division_of(case_id)
        series = Series(self.county, china_day(event.occurred_at).year, Channel.GRID)
        (number,) = await self.numbers.take(series)
        file = self.vault.begin(new_id(division))
        command = file_case_on_report_converted(
            converted,
            case_id=case_id,
            number=number,
            person_ref=file.person_ref,
            marks=self.marks,
        )
        unit, of_division = converted.about_unit, converted.about_division
        known = [complained_units.keep(case_id, unit, of_division)] if unit else []
        return Prepared(
            command=command,
            at=event.occurred_at,
            side_writes=[*vault.keep(division, [file], []), *known],
        )


def follow_grid(
    ledger: Ledger, keys: Keys, *, county: str, marks: KeyedMarks = NO_MARKS
) -> Following:
    """What intake does of itself when a report was converted."""
    conversions = Conversions(
        cases=Handling(
            ledger=ledger, decider=CASE, answer=lambda _: None, view_writes=case_board.view_writes
        ),
        vault=Vault(ledger.pool, keys),
        numbers=CaseNumbers(ledger.pool),
        county=county,
        marks=marks,
    )
    policies = {GridReportConverted.kind: conversions.file}
    return Following(service=SERVICE, source="/grid", policies=policies)
