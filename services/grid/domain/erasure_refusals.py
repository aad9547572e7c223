"""Refusals of the erasure of a person."""

from shared.refusals import Refusal


class PersonOfAnOpenReport(Refusal):
    """A report that tells of the person goes on: its words are still needed."""

    title = "A report of the person goes on"


class GridWorkerOnRegister(Refusal):
    """The person is on the register of workers: whoever assigns them needs the name."""

    title = "The person is a grid worker"


class PersonOfAnOpenOrder(Refusal):
    """The person called about an order that is not answered yet: the office still has to reach them."""

    title = "The person called about an open order"
