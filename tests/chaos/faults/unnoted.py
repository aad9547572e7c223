"""Killed exactly between a deed and its note: events sent and not marked, follow-ups not noted."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from shared.services import FOLLOWERS, LEDGER_KEEPERS
from shared.testing.waiters import eventually
from tests.chaos.deeds import LOADED
from tests.chaos.faults.fault import Fault, Inflict, Townships
from tests.chaos.ground import Connection, Ground

_HOLD = "select division_code from relayed for update"
_OF = "from pg_stat_activity where application_name = %s"
_WAITS = f"select 1 {_OF} and wait_event_type = 'Lock'"
_END = f"select pg_terminate_backend(pid, 5000) {_OF}"
"""And wait until it has ended."""
_DEED_SECONDS = 30.0
_GATE = 20250101
"""A number that nobody else locks."""
_SHUT_THE_GATE = f"""
    select pg_advisory_lock({_GATE});
    create schema if not exists chaos;
    create or replace function chaos.gate() returns trigger language plpgsql security definer as $$
    begin
        if exists (select 1 from public.event where causation_id is not null
                   and recorded_at >= transaction_timestamp()) then
            perform pg_advisory_xact_lock_shared({_GATE});
        end if;
        return new;
    end $$;
    create trigger chaos_gate before update on inbox for each row execute function chaos.gate();
"""
"""Who has carried out a follow-up since their transaction began does not get to note it."""
_OPEN_THE_GATE = f"""
    select pg_advisory_unlock({_GATE});
    drop trigger if exists chaos_gate on inbox;
"""
"""The lock first: who waits at the gate holds the table that the trigger is dropped from."""


def _before_the_relay_notes(service: str) -> Inflict:
    async def inflict(ground: Ground, _: Random, __: Townships) -> None:
        """It notes only what was sent: when it waits for our lock, Kafka has what is not noted."""
        with ground.database(service) as held, held.transaction():
            held.execute(_HOLD)
            await _kill_who_waits(ground, service, service, f"{service} relay")

    return inflict


def _before_the_follower_notes(service: str) -> Inflict:
    async def inflict(ground: Ground, _: Random, __: Townships) -> None:
        worker = f"{service}-worker"
        with ground.database(service) as gate, _shut(gate):
            await _kill_who_waits(ground, service, worker, worker)

    return inflict


@contextmanager
def _shut(gate: Connection) -> Iterator[None]:
    gate.execute(_SHUT_THE_GATE)
    try:
        yield
    finally:
        gate.execute(_OPEN_THE_GATE)


async def _kill_who_waits(ground: Ground, service: str, process: str, connection: str) -> None:
    with ground.database(service) as looking:
        await eventually(lambda: _waits(looking, connection), within=_DEED_SECONDS)
        await ground.kill(process)
        # its backend would write the note for the dead, once our lock is gone
        looking.execute(_END, (connection,))


def _waits(looking: Connection, connection: str) -> bool:
    return looking.execute(_WAITS, (connection,)).fetchone() is not None


UNNOTED = (
    *(
        Fault(
            f"kill {service} relay unnoted",
            f"the relay of {service} killed between sending and noting: its note is held by a lock"
            " until it is dead",
            "the events are sent again; whoever reads skips them by their sequence",
            _before_the_relay_notes(service),
            needs=("postgres", "kafka", service),
        )
        for service in LOADED
    ),
    *(
        Fault(
            f"kill {service}-worker unnoted",
            f"the worker of {service} killed between what it does of itself and its inbox: that is"
            " held by a lock until it is dead",
            "the event is read again, and what follows from it is a repeat under the same key",
            _before_the_follower_notes(service),
            needs=("postgres", "kafka", *LEDGER_KEEPERS, f"{service}-worker"),
        )
        for service in LOADED
        if service in FOLLOWERS
    ),
)
