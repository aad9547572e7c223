"""The faults: each in words, for the page, and in deed."""

from tests.chaos.faults.clock import CLOCK
from tests.chaos.faults.disk import DISK
from tests.chaos.faults.fault import Fault
from tests.chaos.faults.killed import KILLED
from tests.chaos.faults.lost import LOST
from tests.chaos.faults.on_the_topic import ON_THE_TOPIC
from tests.chaos.faults.stopped import STOPPED
from tests.chaos.faults.unnoted import UNNOTED

FAULTS: dict[str, Fault] = {
    fault.name: fault
    for fault in (*KILLED, *STOPPED, *UNNOTED, *LOST, *ON_THE_TOPIC, *DISK, *CLOCK)
}

__all__ = ["FAULTS", "Fault"]
