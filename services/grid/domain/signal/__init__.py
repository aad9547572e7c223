"""A signal and its work order: received, perhaps linked to another record, answered.

  (none) ─ SignalReceived ─► received                     the grid app, an elders' group
  (none) ─ SignalReceived, WorkOrderOpened ─► open ─ WorkOrderAnswered ─► answered      a hotline call
  (none) ─ WorkOrderOpened ─► open ─ WorkOrderAnswered ─► answered        an order of a department

Until it is answered a unit returns an order that is not its remit (WorkOrderReturned), and the desk
gives it to another (WorkOrderAssigned), or says that it was opened by mistake (WorkOrderVoided). An
order sent to the unit that it complains of is the desk's.

Whatever its state, a signal is linked to another signal, a report or a case (SignalLinked), and
counts with that one's matter until the link is undone (SignalUnlinked): by a person, or since that one
is rejected or voided. Where that one moves to another matter, the link is made anew. Links make stars, never
chains: a signal to which others are linked is linked to nothing, and nothing is linked to one that
is linked. `signal_file` has the state; `receiving`, `correcting`, `ordering`, `assigning`,
`voiding` and `linking` are the steps; `decide` and `evolve` are the tables of all commands and all events.
"""

from dataclasses import replace

from services.grid.domain.signal.decide import SignalCommand, decide
from services.grid.domain.signal.evolve import evolve
from services.grid.domain.signal.signal_file import Signal, SignalNotFound, SignalState
from shared.contracts.event import Event
from shared.decider import Decider
from shared.keyed_marks import KeyedMarks

SIGNAL = Decider(
    initial=Signal(),
    decide=decide,
    evolve=evolve,
    marked=lambda signal, mark: replace(signal, mark=mark),
)


def signal_decider(marks: KeyedMarks) -> Decider[SignalCommand, Signal, Event]:
    """The decider of a county with this key, by which units complained of are known."""
    return replace(SIGNAL, initial=Signal(unit_marks=marks))


__all__ = ["SIGNAL", "Signal", "SignalCommand", "SignalNotFound", "SignalState", "signal_decider"]
