"""Villages and communities (村、社区), as a subject of figures: how many are on the register."""

from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.register_counters import register_counters
from services.stats.domain.register_fact import Listed, RegisterFact, evolving, step_on
from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.grid import VillageCorrected, VillageDissolved, VillageRegistered
from shared.folding.step import Step


def village_steps(event: RecordedEvent, data: Event) -> list[Step]:
    """The step that an event is, none when it is about no village; raises EntityElsewhere."""
    match data:
        case VillageRegistered():
            listed = Listed(data.village_code, data.village_kind.value)
            return [step_on(event, data.village_id, data.valid_from, listed)]
        case VillageCorrected():
            listed = Listed(None, data.village_kind and data.village_kind.value)
            return [step_on(event, data.village_id, data.valid_from, listed)]
        case VillageDissolved():
            return [step_on(event, data.village_id, data.last_day)]
        case _:
            return []


def _dimensions_of(fact: RegisterFact) -> tuple[str | None, ...]:
    return (fact.village_code,)


VILLAGE = CountedSubject(
    name="village",
    source="/grid",
    read=village_steps,
    begins_with=None,
    evolve=evolving(
        begins=VillageRegistered.kind, ends=VillageDissolved.kind, corrects=VillageCorrected.kind
    ),
    dimensions=("village_code",),
    dimensions_of=_dimensions_of,
    counters=register_counters(
        "villages", begins=VillageRegistered, ends=VillageDissolved, corrects=VillageCorrected
    ),
)
