"""Grids (网格), as a subject of figures: how many are on the register, and of which kind."""

from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.register_counters import register_counters
from services.stats.domain.register_fact import Listed, RegisterFact, evolving, step_on
from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.grid import GridCorrected, GridDefined, GridDissolved
from shared.contracts.grid_codes import GridKind
from shared.divisions import village_of
from shared.folding.step import Step


def grid_steps(event: RecordedEvent, data: Event) -> list[Step]:
    """The step that an event is, none when it changes no count; raises EntityElsewhere."""
    match data:
        case GridDefined():
            listed = Listed(village_of(data.grid_code), data.grid_kind.value)
            return [step_on(event, data.grid_id, data.valid_from, listed)]
        case GridCorrected():
            listed = Listed(None, data.grid_kind and data.grid_kind.value)
            return [step_on(event, data.grid_id, data.valid_from, listed)]
        case GridDissolved():
            return [step_on(event, data.grid_id, data.last_day)]
        case _:
            return []


def _dimensions_of(fact: RegisterFact) -> tuple[str | None, ...]:
    return (fact.village_code,)


GRID = CountedSubject(
    name="grid",
    source="/grid",
    read=grid_steps,
    begins_with=None,
    evolve=evolving(begins=GridDefined.kind, ends=GridDissolved.kind, corrects=GridCorrected.kind),
    dimensions=("village_code",),
    dimensions_of=_dimensions_of,
    counters=register_counters(
        "grids", begins=GridDefined, ends=GridDissolved, corrects=GridCorrected, kinds=GridKind
    ),
)
