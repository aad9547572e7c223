"""Whether an opinion has reached the petitioner, and on which day."""

from datetime import date

from services.intake.domain.case.case_file import CaseFile
from shared.contracts.intake import OpinionServed
from shared.refusals import Refusal


class CaseNotAnswered(Refusal):
    """No opinion has been served on the petitioner yet."""

    title = "The case is not answered"


def served_on(case: CaseFile) -> date | None:
    """The day of receipt; None while no opinion was served."""
    if case.served is None:
        return None
    return case.served.served_on or case.day_of(OpinionServed)


def refuse_unless_served(case: CaseFile) -> date:
    """The day of receipt; raises CaseNotAnswered."""
    day = served_on(case)
    if day is None:
        raise CaseNotAnswered
    return day
