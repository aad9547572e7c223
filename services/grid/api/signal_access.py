"""Whom a signal concerns: never the unit that it complains of."""

from services.grid.domain.signal import Signal, SignalNotFound
from services.grid.domain.signal.signal_file import id_of
from shared.divisions import division_of
from shared.identity import Actor


def own_units(actor: Actor) -> list[str]:
    """The unit of whoever asks, by its code.

    A signal names the complained unit by its code alone, and grid knows no registry of units: so
    whoever is of a unit of that code, the township's or the county's, sees nothing of it.
    """
    return [] if actor.unit is None else [actor.unit]


def require_visible(actor: Actor, signal: Signal) -> None:
    """Raise SignalNotFound for a signal that is not there, and for the unit that it complains of."""
    id_of(signal)
    if signal.complained_unit in own_units(actor):
        raise SignalNotFound


def is_of_order_unit(actor: Actor, signal: Signal) -> bool:
    """Whether the token is of the unit that has the order, in the order's own township."""
    if signal.opened is None or actor.unit != signal.to_unit:
        return False
    return actor.scope == division_of(signal.opened.order_id)


def is_returned_by(actor: Actor, signal: Signal) -> bool:
    """Whether the unit of the token has returned the order, which it may say again."""
    returned = signal.returned
    if returned is None or actor.unit != returned.by_unit:
        return False
    return actor.scope == division_of(returned.order_id)
