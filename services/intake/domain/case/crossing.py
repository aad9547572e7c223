"""Whether a matter may leave its ledger for another one of the county."""

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.transfers import MOST_OBJECTIONS
from shared.divisions import COUNTY, county_of, division_of
from shared.refusals import Refusal


class DivisionInAnotherCounty(Refusal):
    """A matter goes across the ledgers of one county."""

    status = 422
    title = "The division lies in another county"


class RemitNotTaken(Refusal):
    """Take the matter or object to it first: nobody passes on or ends what is not in their hands."""

    title = "The matter is not taken"


class WithdrawalRuns(Refusal):
    """The petitioner has stated a withdrawal; the matter stays where it is until that is settled."""

    title = "A withdrawal is stated"


class MediationIsAskedFor(Refusal):
    """A committee is asked to mediate; the matter stays until it is over."""

    title = "A mediation is asked for"


class MatterIsAssigned(Refusal):
    """The superior has assigned the matter: it is handled here and not passed on."""

    title = "The matter is assigned"


class SuperiorAssigns(Refusal):
    """What has come up to the superior, or was objected to twice, is handled there or assigned."""

    title = "The superior handles the matter or assigns it"


class DivisionHadIt(Refusal):
    """The matter was in that division before: who does not keep it passes it up to the county."""

    title = "The division had the matter before"


def own_division(case: CaseFile) -> str:
    """The division in whose ledger the case is; CaseNotFound before the filing."""
    return division_of(case.required.case_id)


def refuse_crossing(to_division: str, case: CaseFile, *, field: str = "to_division") -> None:
    """Raise where the matter cannot go to another division of the county now."""
    own = own_division(case)
    if county_of(to_division) != county_of(own):
        raise DivisionInAnotherCounty(field=field)
    if case.proceedings.withdrawal:
        raise WithdrawalRuns
    refuse_untaken(case)
    if case.mediation.is_asked_for:
        raise MediationIsAskedFor


def refuse_untaken(case: CaseFile) -> None:
    """Raise where the matter came from another ledger and is not in the receiver's hands yet."""
    if case.remit and not case.remit.taken:
        raise RemitNotTaken


def refuse_forwarding_across(
    to_division: str, case: CaseFile, *, had_it: frozenset[str] = frozenset()
) -> None:
    """Raise where the matter may cross, but only by an assignment, or stays where it is.

    `had_it` are divisions that have a case of the matter already, as they were looked up.
    """
    refuse_crossing(to_division, case)
    own, came_over = own_division(case), case.remit or case.transfers.given_by
    if len(own) == COUNTY:
        if came_over or case.transfers.objections > MOST_OBJECTIONS:
            raise SuperiorAssigns
    elif case.transfers.is_bound or (case.remit and case.remit.is_assigned):
        raise MatterIsAssigned
    elif came_over and to_division != county_of(own) and to_division in had_it | _had_it(case):
        raise DivisionHadIt(field="to_division")


def _had_it(case: CaseFile) -> frozenset[str]:
    """The divisions in which the matter was, as far as the case knows."""
    before = {case.home_case_id, case.filed and case.filed.from_case_id} - {None}
    hops = {hop.division for hop in case.transfers.hops}
    return frozenset({division_of(each) for each in before if each} | hops)
