"""What intake does of itself: a converted report is filed, the outcome of a mediation is noted.

Of an outcome it notes the outcome; what follows for the case is the case's own rule
(`case/mediation_outcome.py`). The caller passes the case in, so that an event that concerns no
case of intake brings no command, instead of a command that is refused.
"""

from collections.abc import Mapping

from services.intake.domain.case import CaseFile
from services.intake.domain.case.filing import FileCase
from services.intake.domain.case.mediation_outcome import NoteMediationOutcome, is_asked_for
from services.intake.domain.resolution_policy import ON_PERFORMANCE, ResolutionPolicy
from shared.contracts.agreements import AgreementBreached, AgreementPerformed, MediationSucceeded
from shared.contracts.case_codes import (
    Channel,
    FirstOrRepeat,
    MediationOutcome,
    Purpose,
    ReceivedFrom,
)
from shared.contracts.grid_reports import GridReportConverted
from shared.contracts.mediation import (
    MediationEndVoided,
    MediationEvent,
    MediationFailed,
    MediationNotTakenUp,
    MediationRefused,
    MediationTerminated,
)
from shared.keyed_marks import NO_MARKS, KeyedMarks

OUTCOMES: Mapping[str, MediationOutcome] = {
    MediationNotTakenUp.kind: MediationOutcome.NOT_TAKEN_UP,
    MediationSucceeded.kind: MediationOutcome.SUCCEEDED,
    AgreementPerformed.kind: MediationOutcome.PERFORMED,
    AgreementBreached.kind: MediationOutcome.BREACHED,
    MediationFailed.kind: MediationOutcome.FAILED,
    MediationRefused.kind: MediationOutcome.REFUSED,
    MediationTerminated.kind: MediationOutcome.TERMINATED,
    MediationEndVoided.kind: MediationOutcome.RESUMED,
}
"""The outcome that each of these events of mediation brings; a case learns of no other."""


def note_outcome_on_mediation(
    fact: MediationEvent,
    case: CaseFile,
    *,
    cause: str,
    committee_id: str | None,
    policy: ResolutionPolicy = ON_PERFORMANCE,
) -> NoteMediationOutcome | None:
    """The command that notes an outcome, where intake has asked for that mediation.

    `cause` is the id of the event, `committee_id` the committee whose answer to a referral the mediation is.
    """
    outcome = OUTCOMES.get(fact.kind)
    if outcome is None or case.filed is None or case.filed.case_id != fact.case_id:
        return None
    command = NoteMediationOutcome(
        mediation_id=fact.mediation_id,
        outcome=outcome,
        cause=cause,
        committee_id=committee_id,
        settled_by=policy,
    )
    return command if is_asked_for(command, case) else None


def file_case_on_report_converted(
    converted: GridReportConverted,
    *,
    case_id: str,
    number: str,
    person_ref: str,
    marks: KeyedMarks = NO_MARKS,
) -> FileCase:
    """The case has what the conversion states; whoever takes it up completes the rest.

    Who asks and what for is in grid's vault, so nobody can be told anything yet, but nobody has said
    that name or address is unclear [R23]: that is left open, and the days of the acceptance run. The file of `person_ref` is empty. The unit that the
    report is about is the one complained of, and sees nothing of the case either.
    """
    unit = converted.about_unit
    mark = converted.about_mark or (None if unit is None else marks.of_unit(unit))
    return FileCase(
        case_id=case_id,
        matter_id=converted.matter_id,
        number=number,
        channel=Channel.GRID,
        purpose=Purpose.NOT_STATED,
        category=converted.matter_category,
        headcount=None,
        joint=None,
        anonymous=None,
        first_or_repeat=FirstOrRepeat.NOT_STATED,
        urgent=None,
        village_code=converted.village_code,
        received_from=ReceivedFrom.GRID,
        person_ref=person_ref,
        contact_unclear=None,
        report_id=converted.report_id,
        complained_unit=None if mark else unit,
        complained_mark=mark,
        complained_division=converted.about_division,
        cause_ref=converted.cause_ref,
    )
