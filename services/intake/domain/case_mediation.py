"""What a case learns of its mediation, and what follows from it in the same decision.

Whatever a mediation that was asked for comes to is noted, of a case that has left the office too.
By the policy a kept promise settles a case that is open and accepted, and a broken one opens
again what an agreement had settled. Nothing else follows: no state is moved by a note, and no
term.

Acceptance is the office's own act, which it has to do and to tell of whatever happens elsewhere
[R23, R44], so nothing is resolved before it. A promise that is kept meanwhile is noted, and who
accepts the case then finds it settled: accepted and resolved at one moment, when both are true.
An acceptance that is stated afterwards, with a date of its own, settles nothing by itself: its
date may lie before the promise was kept. Nor is a case that was opened again settled once more
by what was noted before: who opened it has read that.
"""

from collections.abc import Iterable

from services.intake.domain.case_commands import NoteMediationOutcome, Origin
from services.intake.domain.case_file import CaseFile
from services.intake.domain.case_refusals import MediationNotAskedFor
from services.intake.domain.resolution_policy import ResolutionPolicy
from shared.contracts.case_codes import MediationOutcome, ReopenReason, ResolvedHow
from shared.contracts.event import Event
from shared.contracts.intake import CaseReopened, CaseResolved, MediationOutcomeNoted
from shared.divisions import division_of


def note(command: NoteMediationOutcome, case: CaseFile) -> list[Event]:
    """What was heard, and what follows from it."""
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
        return [noted, *_reopening(case)]
    if case.accepted is None:
        return [noted]
    return [noted, *_settling([command.outcome], case, command.settled_by)]


def is_asked_for(command: NoteMediationOutcome, case: CaseFile) -> bool:
    """Whether intake itself has asked a committee of the township that keeps the mediation.

    Asking another one since takes nothing back: what the first came to is heard all the same.
    Whoever names a case of which nobody has asked their township settles nothing by it. That a
    committee could not take it stands in the ledger of the case's own township.
    """
    township = division_of(command.mediation_id)
    if command.outcome is not MediationOutcome.NOT_TAKEN_UP:
        return township in map(division_of, case.mediation.referrals)
    own = case.filed is not None and township == division_of(case.filed.case_id)
    return own and command.committee_id in case.mediation.referrals


def settled_on_acceptance(case: CaseFile, policy: ResolutionPolicy | None) -> list[Event]:
    """The resolution of a case that is being accepted, where a promise was kept before.

    What was noted before the case was opened again does not count.
    """
    if policy is None:
        return []
    return _settling(case.mediation.outcomes(), case, policy)


def _settling(
    outcomes: Iterable[MediationOutcome], case: CaseFile, policy: ResolutionPolicy
) -> list[Event]:
    ways = [policy.resolves_on[each] for each in outcomes if each in policy.resolves_on]
    if not ways or case.departed or case.resolved:
        return []
    return [CaseResolved(how=ways[0], on_site=False, **case.about(Origin.OFFICE))]


def _reopening(case: CaseFile) -> list[Event]:
    """A case that counts as resolved by an agreement is open again; any other stays as it is."""
    if case.resolved is None or case.resolved.how is not ResolvedHow.AGREEMENT_PERFORMED:
        return []
    reason = ReopenReason.AGREEMENT_BREACHED
    return [CaseReopened(reason=reason, **case.about(Origin.OFFICE))]
