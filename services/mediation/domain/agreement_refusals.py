"""Refusals of commands about an agreement."""

from shared.refusals import Refusal


class AnotherDraftStands(Refusal):
    """Another draft stands; it is given up before a new one begins."""

    title = "Another draft stands"


class DraftWasVoided(Refusal):
    """This draft was given up; another one has another id."""

    title = "The draft was given up"


class AgreementIsNotTheDraft(Refusal):
    """What is signed is the draft that stands."""

    title = "Another draft stands"


class NoSessionHeld(Refusal):
    """An agreement is come to in a session, and none is recorded."""

    title = "No session was held"


class AgreementPartMissing(Refusal):
    """The agreement lacks a part that it has to have [M29, M30]."""

    status = 422
    title = "A part of the agreement is missing"


class NumberIsTaken(Refusal):
    """A paper of another dispute bears this number."""

    title = "The number is taken"


class InstalmentsOutOfOrder(Refusal):
    """The due days of instalments follow each other."""

    status = 422
    title = "The instalments are out of order"


class InstalmentsNotAsOnPaper(Refusal):
    """The days on which instalments are due are those of the paper that was signed."""

    status = 422
    title = "The paper says otherwise"


class InstalmentDaysNotRead(Refusal):
    """The day on which something is due cannot be read from the paper, and none was stated.

    Stated days go with the signing, also none (`[]`) where nothing is due on any day; of a paper
    with instalments there is one a row.
    """

    status = 422
    title = "State the days of the instalments"


class InstalmentBeforeAgreement(Refusal):
    """No instalment is due before the agreement takes effect."""

    status = 422
    title = "An instalment is due too early"


class LegalityNotChecked(Refusal):
    """Every point of the legality check list is looked at before the signing."""

    status = 422
    title = "A point of law was not looked at"


class AgreementAgainstTheLaw(Refusal):
    """An objection of law stands against the agreement [M3, JC7]."""

    status = 422
    title = "A point of law stands against it"


class OverrideDoesNotFit(Refusal):
    """The reason given does not answer the objection of law."""

    status = 422
    title = "The reason does not answer the objection"


class OverrideWithoutObjection(Refusal):
    """A reason to sign in spite of an objection needs an objection."""

    status = 422
    title = "Nothing was objected to"


class NoAgreement(Refusal):
    """No agreement is signed."""

    title = "There is no agreement"


class CheckedOtherwise(Refusal):
    """The check is recorded already, with another finding."""

    title = "The check found otherwise"


class NoSuchInstalment(Refusal):
    """The agreement has no such instalment."""

    status = 422
    title = "No such instalment"


class InstalmentWasPerformed(Refusal):
    """This instalment was performed in full."""

    title = "The instalment was performed"


class InstalmentsOutstanding(Refusal):
    """An instalment was not performed in full yet."""

    title = "Instalments are outstanding"


class NotYetAgreed(Refusal):
    """On that day nothing was agreed on yet that could be kept, checked, broken or visited about."""

    status = 422
    title = "Nothing was agreed on yet"


class AgreementWasPerformed(Refusal):
    """This agreement was performed."""

    title = "The agreement was performed"


class PerformanceNotYetDue(Refusal):
    """No day has passed by which this had to be performed."""

    title = "The day has not passed"


class NothingWasPerformed(Refusal):
    """Nothing was performed that could be defective or undone."""

    title = "Nothing was performed"


class AgreementBreachedOtherwise(Refusal):
    """The breach is recorded already, on another ground."""

    title = "The breach was stated otherwise"


class ConfirmationNotJoint(Refusal):
    """Both sides ask a court together [M33, CPL205]."""

    status = 422
    title = "Both sides have to ask"


class StatusIsNotConfirmed(Refusal):
    """No court confirms an agreement about identity, adoption or marriage [JC4]."""

    title = "Status is not confirmed"


class ConfirmationBeforeAgreement(Refusal):
    """A court is asked after the agreement has taken effect."""

    status = 422
    title = "The agreement had not taken effect"


class ConfirmationTooLate(Refusal):
    """The 30 days in which a court may be asked have passed [M33, CPL205]."""

    title = "The time to ask a court has passed"


class ConfirmationAlreadyRequested(Refusal):
    """A court has been asked to confirm this agreement."""

    title = "A court was asked already"


class ConfirmationNotRequested(Refusal):
    """No court has been asked to confirm this agreement."""

    title = "No court was asked"


class DecidedBeforeRequest(Refusal):
    """A court decides on the day of the request or later."""

    status = 422
    title = "No court had been asked by then"


class ConfirmationDecidedOtherwise(Refusal):
    """The court's decision is recorded already, with another result."""

    title = "The court decided otherwise"
