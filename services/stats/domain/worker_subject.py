"""Grid workers (网格员), as a subject of figures: who is on the register, each person once.

Whoever serves several grids is one entry; the register is counted, nobody on it is measured.
"""

from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.register_counters import register_counters
from services.stats.domain.register_fact import Listed, RegisterFact, evolving, step_on
from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.grid import GridWorkerEnrolled, GridWorkerLeft
from shared.contracts.grid_codes import Employment
from shared.folding.step import Step


def worker_steps(event: RecordedEvent, data: Event) -> list[Step]:
    """The step that an event is, none when it is about no worker; raises EntityElsewhere."""
    match data:
        case GridWorkerEnrolled():
            listed = Listed(None, data.employment.value)
            return [step_on(event, data.worker_id, data.from_day, listed)]
        case GridWorkerLeft():
            return [step_on(event, data.worker_id, data.last_day)]
        case _:
            return []


def _no_dimensions(_: RegisterFact) -> tuple[()]:
    return ()


WORKER = CountedSubject(
    name="worker",
    source="/grid",
    read=worker_steps,
    begins_with=None,
    evolve=evolving(begins=GridWorkerEnrolled.kind, ends=GridWorkerLeft.kind),
    dimensions=(),
    dimensions_of=_no_dimensions,
    counters=register_counters(
        "grid_workers", begins=GridWorkerEnrolled, ends=GridWorkerLeft, kinds=Employment
    ),
)
