"""Refusals of commands about a committee."""

from shared.refusals import Refusal


class CommitteeNotFound(Refusal):
    """There is no such committee, or none that this token may see."""

    status = 404
    title = "No such committee"


class CommitteeAlreadyEstablished(Refusal):
    """The committee is in the register already, with other particulars."""

    title = "The committee is registered already"


class CommitteeWasDissolved(Refusal):
    """This committee was dissolved."""

    title = "The committee was dissolved"


class CommitteeSizeNotLawful(Refusal):
    """A committee has three to nine members [M8]."""

    status = 422
    title = "The number of members is not lawful"


class CommitteeWithoutWomen(Refusal):
    """A committee has women among its members [M8]."""

    status = 422
    title = "No woman is a member"


class MoreWomenThanMembers(Refusal):
    """A committee has no more women than members."""

    status = 422
    title = "More women than members"


class VillageCommitteeNeedsItsVillage(Refusal):
    """A village's committee names its village."""

    status = 422
    title = "The village is missing"


class TermOverlaps(Refusal):
    """A term begins after the one before it has ended [M9]."""

    status = 422
    title = "The terms overlap"
