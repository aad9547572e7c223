"""What the answer to an order means for the report that was converted to it."""

from shared.contracts.report_codes import ReportOutcome
from shared.contracts.signal_codes import OrderResult

_OTHERWISE = {
    OrderResult.SOLVED: ReportOutcome.RESOLVED,
    OrderResult.IN_PETITION_PROCEDURE: ReportOutcome.LINKED,
    OrderResult.STATUTORY_ROUTE: ReportOutcome.DIVERTED,
    OrderResult.CONCLUDED: ReportOutcome.CLOSED,
    OrderResult.NOT_OUR_REMIT: ReportOutcome.NOT_TAKEN_UP,
}


def outcome_of(result: OrderResult) -> ReportOutcome:
    """An order that no unit took comes back to the desk; any other answer has to be verified."""
    return _OTHERWISE.get(result, ReportOutcome.ANSWERED)
