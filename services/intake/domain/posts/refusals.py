"""Refusals of commands to a post."""

from shared.refusals import Refusal


class PostNotFound(Refusal):
    """There is no such post, or none that this token may see."""

    status = 404
    title = "No such post"


class PostCodeTaken(Refusal):
    """Another post of the division has this code; a code stays with its post, also when it ended."""

    title = "The code is another post's"


class PostRegisteredOtherwise(Refusal):
    """The post is registered already, with other particulars."""

    title = "The post is registered otherwise"


class PostHasEnded(Refusal):
    """The post is no more."""

    title = "The post has ended"


class PostIsVacant(Refusal):
    """Nobody holds the post."""

    title = "The post is vacant"


class PostUnitNotRegistered(Refusal):
    """The unit of a post is one of the same division that is registered and has not ended."""

    status = 422
    title = "The unit of the post is not registered"


class OtherPostNotRegistered(Refusal):
    """The other post is one of the same division that is registered, has not ended and is not vacant."""

    status = 422
    title = "The other post is not registered"


class HeldAlready(Refusal):
    """The post was held from a later day on already; a later holder comes after the earlier."""

    title = "The post was held later already"


class UntilBeforeSince(Refusal):
    """The last day lies before the first."""

    status = 422
    title = "The last day lies before the first"
