"""Refusals of commands about a mediation."""

from shared.refusals import Refusal


class MediationNotFound(Refusal):
    """There is no such mediation, or none that this token may see."""

    status = 404
    title = "No such mediation"


class ReferralWasDeclined(Refusal):
    """No committee could take this referral; it is referred anew, and that is another one."""

    title = "The referral was declined"


class MediationAlreadyApplied(Refusal):
    """The mediation is in the register already, with other particulars."""

    title = "The mediation is registered already"


class ReferralNeedsItsSource(Refusal):
    """A referral names who referred the dispute."""

    status = 422
    title = "The referring body is missing"


class OnlyAReferralHasASource(Refusal):
    """Only a referral names who referred the dispute."""

    status = 422
    title = "Nobody referred this dispute"


class PetitionReferralNeedsItsCase(Refusal):
    """A referral from a petition names the case."""

    status = 422
    title = "The case is missing"


class GridReferralNeedsItsReport(Refusal):
    """A referral from a grid names the report."""

    status = 422
    title = "The report is missing"


class ApplicationNeedsAnApplicant(Refusal):
    """An application names at least one party that applies."""

    status = 422
    title = "The applicant is missing"


class PartyOnBothSides(Refusal):
    """Nobody is on both sides of a dispute."""

    status = 422
    title = "A party is on both sides"


class ConsentNeedsItsParties(Refusal):
    """A consent names the parties of the side that give it."""

    status = 422
    title = "The parties are missing"


class PartyMissingFromConsent(Refusal):
    """A side agrees when all do who are on record for it, each by their `party_id`.

    Whoever is not of that side after all is left out by naming the others first.
    """

    status = 422
    title = "A party has not agreed"


class PartiesHaveAgreed(Refusal):
    """Who is on this side is on record by its consent, which is taken back first."""

    title = "The parties have agreed"


class ConsentedOtherwise(Refusal):
    """This side's consent is recorded already, with other particulars."""

    title = "The side has agreed otherwise"


class SideHasConsented(Refusal):
    """This side has agreed to mediation; it may withdraw its consent."""

    title = "The side has agreed"


class SideHasNotConsented(Refusal):
    """This side has given no consent that stands."""

    title = "The side has not agreed"


class ConsentMissing(Refusal):
    """Nothing is mediated before both sides have agreed to it [M17]."""

    title = "A consent is missing"


class ConsentWasWithdrawn(Refusal):
    """A side has withdrawn its consent."""

    title = "The consent was withdrawn"


class ConsentIsWithdrawnByItsSide(Refusal):
    """That ground is stated by the withdrawal of the side itself."""

    status = 422
    title = "A consent is withdrawn by its side"


class RoutesNotTold(Refusal):
    """Whoever leaves without an agreement kept is told of the other routes, a court among them [M26]."""

    status = 422
    title = "The other routes are missing"


class EnforcementNeedsConfirmation(Refusal):
    """Only an agreement that a court has confirmed can be enforced [CPL206]."""

    status = 422
    title = "The agreement cannot be enforced"


class PaperNotKept(Refusal):
    """No such paper of this dispute was filled in."""

    status = 422
    title = "The paper was not filled in"


class RecordRestsOnPaper(Refusal):
    """A consent or an end names the paper: that is taken back first."""

    title = "A record rests on the paper"


class PaperFilledInOtherwise(Refusal):
    """The paper is recorded already, with other particulars."""

    title = "The paper was filled in otherwise"


class ConsentOnPaperIsInWriting(Refusal):
    """Only a consent in writing is given by a paper."""

    status = 422
    title = "The consent was not given in writing"


class MediationWasRefused(Refusal):
    """A side did not want mediation."""

    title = "Mediation was refused"


class MediationHasFailed(Refusal):
    """This mediation has ended without an agreement."""

    title = "The mediation has failed"


class MediationWasTerminated(Refusal):
    """This dispute is no longer kept as a mediation."""

    title = "The mediation was terminated"


class MediationStillOpen(Refusal):
    """This mediation has not ended."""

    title = "The mediation is still open"


class AgreementIsSigned(Refusal):
    """The agreement is signed: nothing before it is changed any more."""

    title = "The agreement is signed"


class FollowedUpOtherwise(Refusal):
    """The follow-up is recorded already, with another outcome."""

    title = "The follow-up was made otherwise"
