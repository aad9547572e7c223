"""The faults: each in words, for the page, and in deed."""

from tests.chaos.faults.clock import CLOCK
from tests.chaos.faults.disk import DISK
from tests.chaos.faults.fault import Fault
from tests.chaos.faults.killed import KILLED
from tests.chaos.faults.lost import LOST
from tests.chaos.faults.on_the_topic import ON_THE_TOPIC
from tests.chaos.faults.relay import RELAY
from tests.chaos.faults.stopped import STOPPED

FAULTS: dict[str, Fault] = {
    fault.name: fault for fault in (*KILLED, *STOPPED, *RELAY, *LOST, *ON_THE_TOPIC, *DISK, *CLOCK)
}

__all__ = ["FAULTS", "Fault"]
