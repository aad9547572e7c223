"""Refusals of the erasure of a party."""

from shared.refusals import Refusal


class PartyOfARunningDispute(Refusal):
    """A dispute of the person goes on: its texts are still needed for the other side."""

    title = "A dispute of the person goes on"


class MediatorIsNotErased(Refusal):
    """The person is or was a mediator: the office's papers name them."""

    title = "The person is a mediator"
