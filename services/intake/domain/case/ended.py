"""Whether a case has ended: most steps need one that is open, some need one that has ended."""

from services.intake.domain.case.case_file import CaseFile
from shared.contracts.intake import CaseDeclined, CaseDiverted, CaseLinked, CaseWithdrawn
from shared.refusals import Refusal


class CaseWasWithdrawn(Refusal):
    """The petitioner has withdrawn this case."""

    title = "The case was withdrawn"


class CaseWasDiverted(Refusal):
    """This case was led to a statutory route."""

    title = "The case was diverted"


class CaseWasLinked(Refusal):
    """This matter is handled under another case."""

    title = "The case was linked"


class CaseWasDeclined(Refusal):
    """This case was not accepted, with a ground; it may be filed anew, or reopened."""

    title = "The case was declined"


class CaseWasVoided(Refusal):
    """This registration is void: it was made by mistake."""

    title = "The registration is void"


class CaseWasReturned(Refusal):
    """The matter was not this office's: the case was returned to whom it came from."""

    title = "The case was returned"


class MatterIsElsewhere(Refusal):
    """The matter was passed on to another division, which holds it."""

    title = "Another division holds the matter"


class CaseWasResolved(Refusal):
    """This case is resolved."""

    title = "The case was resolved"


class CaseWasClosed(Refusal):
    """This case is closed."""

    title = "The case was closed"


class CaseIsWithDiscipline(Refusal):
    """The case was recognised as an accusation: the discipline lane of the county has it [R30]."""

    title = "The case is with the discipline lane"


class CaseStillOpen(Refusal):
    """Nothing in the record ends this case yet."""

    title = "The case is still open"


def refuse_if_ended(case: CaseFile) -> None:
    """Raise for a case that was withdrawn, diverted, linked, closed or resolved."""
    refuse_if_departed(case)
    refuse_if_recorded_as_ended(case)


def refuse_if_departed(case: CaseFile) -> None:
    """Raise for a case that was withdrawn, diverted, linked, declined or voided."""
    _refuse_if_recorded_as_departed(case)
    refuse_if_withdrawal_is_in_effect(case)


def refuse_if_withdrawal_is_in_effect(case: CaseFile) -> None:
    """Raise from the moment on in which a stated withdrawal takes effect, recorded or not yet."""
    if withdrawal_is_in_effect(case):
        raise CaseWasWithdrawn


def withdrawal_is_in_effect(case: CaseFile) -> bool:
    """Whether the days to take a stated withdrawal back are over at the time of the command."""
    pending = case.proceedings.withdrawal
    if pending is None or case.departed or case.resolved or case.closed:
        return False
    return case.mark.occurred_at >= pending[0].takes_effect_at


def has_ended(case: CaseFile) -> bool:
    """Whether the case is over here: an end is on record, or the matter is elsewhere."""
    elsewhere = case.transfers.current or (case.remit and case.remit.returned)
    return any((case.voided, case.is_sealed, case.departed, case.closed, case.resolved, elsewhere))


def has_departed(case: CaseFile) -> bool:
    """Whether `refuse_if_departed` refuses the case."""
    elsewhere = case.transfers.current or (case.remit and case.remit.returned)
    if any((case.voided, case.is_sealed, case.departed, elsewhere)):
        return True
    return withdrawal_is_in_effect(case)


def refuse_if_recorded_as_ended(case: CaseFile) -> None:
    """Raise for a case whose end is on record."""
    _refuse_if_recorded_as_departed(case)
    if case.closed:
        raise CaseWasClosed
    if case.resolved:
        raise CaseWasResolved


def refuse_if_elsewhere(case: CaseFile) -> None:
    """Raise for a case whose matter another ledger holds."""
    if case.remit and case.remit.returned:
        raise CaseWasReturned
    if case.transfers.current:
        raise MatterIsElsewhere(division=case.transfers.current.division)


def _refuse_if_recorded_as_departed(case: CaseFile) -> None:
    if case.voided:
        raise CaseWasVoided
    if case.is_sealed:
        raise CaseIsWithDiscipline
    refuse_if_elsewhere(case)
    match case.departed:
        case CaseWithdrawn():
            raise CaseWasWithdrawn
        case CaseDiverted():
            raise CaseWasDiverted
        case CaseLinked():
            raise CaseWasLinked
        case CaseDeclined():
            raise CaseWasDeclined
        case None:
            return
