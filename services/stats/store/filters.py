"""What figures may be filtered by."""

from dataclasses import asdict, dataclass, field, fields

from services.stats.domain.counted_subject import CountedSubject
from shared.folding.subject import Fact


def _dimension(*, parameter: str) -> str | None:
    chosen: str | None = field(default=None, metadata={"parameter": parameter})
    return chosen


@dataclass(frozen=True, slots=True)
class Chosen:
    """Entities of one category, village or committee; None filters by nothing.

    Each field is a dimension as the rollups name it, with its name in queries and answers.
    """

    category: str | None = _dimension(parameter="category")
    village_code: str | None = _dimension(parameter="village")
    committee_id: str | None = _dimension(parameter="committee")

    def by_name(self) -> dict[str, str | None]:
        """The dimensions, each with what was chosen of it."""
        return asdict(self)

    def by_parameter(self) -> dict[str, str | None]:
        """The same by their names in queries and answers."""
        return {each.metadata["parameter"]: getattr(self, each.name) for each in fields(self)}

    def filters_by(self) -> list[str]:
        """The dimensions that were chosen."""
        return [name for name, value in self.by_name().items() if value is not None]

    def takes(self, subject: CountedSubject, fact: Fact) -> bool:
        """Whether an entity is among those asked for."""
        if self == EVERYTHING:
            return True
        values = dict(zip(subject.dimensions, subject.dimensions_of(fact), strict=True))
        return all(values.get(name) == getattr(self, name) for name in self.filters_by())


EVERYTHING = Chosen()
