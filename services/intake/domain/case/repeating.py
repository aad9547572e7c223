"""重复件 (repeats): a case that repeats another is of its matter, and was received after it.

The order is that of the registrations as they were first made, which no correction moves: the day
of receipt, and on one day the order of the filings. So no repeats can close into a ring.
"""

from datetime import date

from services.intake.domain.case.case_file import CaseFile
from shared.refusals import Refusal


class CaseRepeatsItself(Refusal):
    """A case cannot be the repeat of itself."""

    status = 422
    title = "The case repeats itself"


class RepeatedCaseIsLater(Refusal):
    """A case repeats one that was received before it; the other one may be the repeat."""

    status = 422
    title = "The repeated case was received later"


def refuse_unless_earlier(repeated: CaseFile | None, *, case_id: str, received_on: date) -> None:
    """Raise for a repeated case that is this one or was received later; None was not looked up."""
    if repeated is None or repeated.filed is None or repeated.first_received_on is None:
        return
    if repeated.filed.case_id == case_id:
        raise CaseRepeatsItself(field="repeat_of")
    other = repeated.first_received_on, _filing_order(repeated.filed.case_id)
    if other >= (received_on, _filing_order(case_id)):
        raise RepeatedCaseIsLater(
            f"The other case was received on {repeated.first_received_on}, this one on "
            f"{received_on}: name the earlier case, or register that one as the repeat.",
            field="repeat_of",
        )


def _filing_order(case_id: str) -> str:
    """The part of an id that grows with time, whatever township made it."""
    return case_id.partition("-")[2]
