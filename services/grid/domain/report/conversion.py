"""What a report was converted to, and under which id whoever has it keeps it."""

from dataclasses import dataclass

from shared.contracts.grid_reports import GridReportConverted
from shared.contracts.referral import declined_as, filed_as, taken_up_as
from shared.contracts.report_codes import ConvertedTo, ReportOutcome

COMES_BACK = frozenset({ReportOutcome.NOT_TAKEN_UP, ReportOutcome.VOIDED})
"""Nobody has the matter: the report is dispatched or converted anew."""
FIRST_ACTS = frozenset({ReportOutcome.COMPLETED, ReportOutcome.FORWARDED, ReportOutcome.CONSENTED})
"""Somebody acted on the record; noted where it is the first that anybody did."""
UNSETTLED = frozenset(
    {
        ReportOutcome.DECLINED,
        ReportOutcome.DIVERTED,
        ReportOutcome.LINKED,
        ReportOutcome.WITHDRAWN,
        ReportOutcome.REFUSED,
        ReportOutcome.FAILED,
        ReportOutcome.TERMINATED,
        ReportOutcome.BREACHED,
    }
)
"""It ended there and settled nothing: the desk decides what becomes of the matter."""
SETTLED = frozenset({ReportOutcome.RESOLVED, ReportOutcome.PERFORMED})
"""The matter is settled, also where the record had ended without that."""
GOES_ON = frozenset({ReportOutcome.REOPENED, ReportOutcome.RESUMED})
"""An end that was noted is none any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """A conversion and the id of its event, of which the ids of a case and a mediation are made."""

    fact: GridReportConverted
    conversion_id: str | None

    @property
    def record_ids(self) -> tuple[str, ...]:
        """The record that takes it up, and for a mediation the one that says that nobody does."""
        fact, cause = self.fact, self.conversion_id
        match fact.to:
            case ConvertedTo.WORK_ORDER:
                return (fact.order_id,) if fact.order_id else ()
            case ConvertedTo.CASE:
                return (filed_as(cause),) if cause else ()
            case ConvertedTo.MEDIATION:
                if cause is None or fact.committee_id is None:
                    return ()
                return taken_up_as(cause, fact.committee_id), declined_as(cause, fact.report_id)

    @property
    def record_id(self) -> str | None:
        """The record that takes it up."""
        return next(iter(self.record_ids), None)
