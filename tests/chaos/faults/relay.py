"""The relay killed exactly between sending events and noting that they are sent."""

from random import Random

from shared.testing.waiters import eventually
from tests.chaos.faults.fault import Fault, Townships
from tests.chaos.ground import Connection, Ground

_HOLD = "select division_code from relayed for update"
_OF_THE_RELAY = "from pg_stat_activity where application_name = 'intake relay'"
_WAITS = f"select 1 {_OF_THE_RELAY} and wait_event_type = 'Lock'"
_END = f"select pg_terminate_backend(pid) {_OF_THE_RELAY}"
_SENDING_SECONDS = 30.0


async def _kill_before_it_notes(ground: Ground, _: Random, __: Townships) -> None:
    """It notes only what was sent: when it waits for our lock, Kafka has what is not noted."""
    with (
        ground.database("intake") as looking,
        ground.database("intake") as held,
        held.transaction(),
    ):
        held.execute(_HOLD)
        await eventually(lambda: _waits(looking), within=_SENDING_SECONDS)
        await ground.kill("intake")
        # its backend would write the note for the dead, once our lock is gone
        looking.execute(_END)


def _waits(looking: Connection) -> bool:
    return looking.execute(_WAITS).fetchone() is not None


RELAY = (
    Fault(
        "kill relay unnoted",
        "the relay killed between sending and noting: its note is held by a lock until it is dead",
        "the events are sent again; whoever reads skips them by their sequence",
        _kill_before_it_notes,
        needs=("postgres", "kafka", "intake"),
    ),
)
