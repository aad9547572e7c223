"""What the office answers when a rule stands against a wish about a case."""

from shared.refusals import Refusal


class CaseNotFound(Refusal):
    """There is no such case, or none that this token may see."""

    status = 404
    title = "No such case"


class CaseAlreadyFiled(Refusal):
    """The case is in the register already, with other particulars."""

    title = "The case is filed already"


class FiledWithOtherContent(Refusal):
    """The register's number belongs to a case that was filed with other content."""

    title = "The number belongs to another content"


class FirstCaseRepeatsNothing(Refusal):
    """A case that is stated to be the first of its matter cannot name one that it repeats."""

    status = 422
    title = "A first case repeats no other"


class AccusedUnitIsSealed(Refusal):
    """An accusation names the unit that it accuses in its sealed text only [R30]."""

    status = 422
    title = "The accused unit belongs in the sealed text"


class NotStatedOnlyByImport(Refusal):
    """Only an older register may leave this open; the office states what it knows."""

    status = 422
    title = "The office has to state this"


class CaseTakenByAnother(Refusal):
    """Another handler has accepted this case."""

    title = "The case is taken"


class CaseAcceptedOtherwise(Refusal):
    """The same handler accepted this case with another procedure or other units."""

    title = "The case was accepted otherwise"


class CaseAlreadyAccepted(Refusal):
    """A unit has accepted this case and keeps it until its end."""

    title = "The case was accepted already"


class CaseNotAccepted(Refusal):
    """Nobody has accepted this case yet."""

    title = "The case is not accepted"


class CaseNotAnswered(Refusal):
    """No opinion has been served on the petitioner yet."""

    title = "The case is not answered"


class CaseAnsweredOtherwise(Refusal):
    """Another opinion was served; a new one needs the case to be reopened."""

    title = "The case was answered otherwise"


class ReplyOnlyByImport(Refusal):
    """The office answers by an opinion; a bare reply comes from an older register only."""

    title = "A reply comes from an older register only"


class CaseRepliedOtherwise(Refusal):
    """The register stated another reply before."""

    title = "The case was replied to otherwise"


class CaseResolvedOtherwise(Refusal):
    """The case is resolved already, in another way."""

    title = "The case was resolved otherwise"


class WithdrawalWithoutStatement(Refusal):
    """A withdrawal needs the petitioner's own recorded statement."""

    status = 422
    title = "The petitioner's statement is missing"


class LinkNeedsACase(Refusal):
    """A link names the case under which the matter is handled."""

    status = 422
    title = "The other case is missing"


class CaseLinkedToItself(Refusal):
    """A case cannot be handled under itself."""

    status = 422
    title = "The case is linked to itself"


class CaseWasWithdrawn(Refusal):
    """The petitioner has withdrawn this case."""

    title = "The case was withdrawn"


class CaseWasDiverted(Refusal):
    """This case was led to a statutory route."""

    title = "The case was diverted"


class CaseWasLinked(Refusal):
    """This matter is handled under another case."""

    title = "The case was linked"


class CaseWasResolved(Refusal):
    """This case is resolved."""

    title = "The case was resolved"


class CaseWasClosed(Refusal):
    """This case is closed."""

    title = "The case was closed"


class MediationNotAskedFor(Refusal):
    """The office has not asked the township of this mediation to mediate the case."""

    title = "The mediation was not asked for"


class CaseStillOpen(Refusal):
    """Nothing in the record ends this case yet."""

    title = "The case is still open"


class OutcomeNotInRecord(Refusal):
    """The record does not support the outcome."""

    title = "The record does not support the outcome"


class ReasonNotInRecord(Refusal):
    """The record does not support the reason."""

    title = "The record does not support the reason"
