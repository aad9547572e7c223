"""Whom a signal concerns: never the unit that it complains of."""

from services.grid.api.office import Office
from services.grid.domain.signal import Signal, SignalNotFound
from services.grid.domain.signal.signal_file import id_of
from shared.divisions import division_of
from shared.identity import Actor


def own_units(office: Office, actor: Actor) -> list[str]:
    """The units whose complaints are kept from whoever asks, by the marks of their codes, and by the
    codes as older records have them.

    A signal names the complained unit without its division: so whoever is of a unit of that code, the
    township's or the county's, or of one below it, sees nothing of it.
    """
    return office.names_anywhere(actor)


def require_visible(office: Office, actor: Actor, signal: Signal) -> None:
    """Raise SignalNotFound for a signal that is not there, and for the unit that it complains of."""
    id_of(signal)
    if signal.complained_unit in own_units(office, actor):
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
