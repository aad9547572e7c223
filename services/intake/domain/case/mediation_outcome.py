"""What a case learns of its mediation, and what follows from it in the same decision.

Whatever a mediation that was asked for comes to is noted, also for a case that has left the
office. By the policy a kept promise settles a case that is open and accepted, and a broken one
reopens a case that an agreement had settled. Nothing else follows: a note changes neither the
state nor the term.

Acceptance is the office's own act, which it has to do and to report whatever happens elsewhere
[R23, R44], so nothing is resolved before it. A promise that is kept before the acceptance is
noted, and the acceptance then settles the case: both facts are true, and both are recorded with
the time of the acceptance. An acceptance that is stated afterwards, with a date of its own,
settles nothing by itself: its date may lie before the promise was kept. A case that was reopened
is not settled once more by what was noted before: who reopened it has read that.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import withdrawal_is_in_effect
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.reopening import given_to
from services.intake.domain.resolution_policy import ON_PERFORMANCE, ResolutionPolicy
from shared.contracts.case_codes import MediationOutcome, ReopenReason, ResolvedHow
from shared.contracts.event import Event
from shared.contracts.intake import CaseReopened, CaseResolved, MediationOutcomeNoted
from shared.divisions import division_of
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMediationOutcome:
    """What came of a mediation that was asked for; the policy says what settles the case."""

    mediation_id: str
    outcome: MediationOutcome
    cause: str
    """The mediation's own event: the ground of a resolution that follows from it."""
    committee_id: str | None = None
    """The committee whose answer to a referral this is."""
    settled_by: ResolutionPolicy = ON_PERFORMANCE
    to_office: str | None = None
    """The petition office, where the unit or the post of the case has ended meanwhile."""


class MediationNotAskedFor(Refusal):
    """The office has not asked the township of this mediation to mediate the case."""

    title = "The mediation was not asked for"


def note(command: NoteMediationOutcome, case: CaseFile) -> list[Event]:
    """What was reported, and what follows from it."""
    noted = MediationOutcomeNoted(
        mediation_id=command.mediation_id,
        outcome=command.outcome,
        committee_id=command.committee_id,
        **case.about(Origin.OFFICE),
    )
    if case.mediation.noted.get(command.mediation_id) == noted:
        return []
    if not is_asked_for(command, case):
        raise MediationNotAskedFor
    if command.outcome is MediationOutcome.BREACHED:
        return [noted, *_reopening(case, command.to_office)]
    if case.accepted is None:
        return [noted]
    return [noted, *_settling([(command.outcome, command.cause)], case, command.settled_by)]


def is_asked_for(command: NoteMediationOutcome, case: CaseFile) -> bool:
    """Whether intake itself has asked a committee of the township that keeps the mediation.

    Asking another committee later takes nothing back: the outcome of the first is noted all the
    same. A mediation that names a case settles nothing where nobody has asked its township. That
    a committee could not take the case is recorded in the ledger of the case's own township.
    """
    township = division_of(command.mediation_id)
    if command.outcome is not MediationOutcome.NOT_TAKEN_UP:
        return township in map(division_of, case.mediation.referrals)
    own = case.filed is not None and township == division_of(case.filed.case_id)
    return own and command.committee_id in case.mediation.referrals


def settled_on_acceptance(case: CaseFile, policy: ResolutionPolicy | None) -> list[Event]:
    """The resolution of a case that is being accepted, where a promise was kept before.

    What was noted before the case was reopened does not count.
    """
    if policy is None:
        return []
    noted = [(outcome, mark.event_id) for outcome, mark in case.mediation.outcomes()]
    return _settling(noted, case, policy)


def _settling(
    outcomes: Iterable[tuple[MediationOutcome, str | None]],
    case: CaseFile,
    policy: ResolutionPolicy,
) -> list[Event]:
    """The resolution on the first outcome that settles; its ground is the event with that id."""
    ways = [(policy.resolves_on[each], by) for each, by in outcomes if each in policy.resolves_on]
    if not ways or case.departed or case.resolved or case.voided or withdrawal_is_in_effect(case):
        return []
    how, ground = ways[0]
    grounds = (ground,) if ground else None
    return [CaseResolved(how=how, on_site=False, grounds=grounds, **case.about(Origin.OFFICE))]


def _reopening(case: CaseFile, to_office: str | None) -> list[Event]:
    """Reopens a case that counts as resolved by an agreement; any other stays as it is."""
    if case.voided or case.resolved is None:
        return []
    if case.resolved.how is not ResolvedHow.AGREEMENT_PERFORMED:
        return []
    reason = ReopenReason.AGREEMENT_BREACHED
    reopened = CaseReopened(reason=reason, **case.about(Origin.OFFICE))
    return [reopened, *given_to(to_office, case)]
