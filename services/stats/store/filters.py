"""What figures may be filtered by."""

from dataclasses import asdict, dataclass

from services.stats.domain.counted_subject import CountedSubject
from shared.folding.subject import Fact


@dataclass(frozen=True, slots=True)
class Chosen:
    """Entities of one category, village or committee; None filters by nothing."""

    category: str | None = None
    village_code: str | None = None
    committee_id: str | None = None

    def by_name(self) -> dict[str, str | None]:
        """The dimensions, each with what was chosen of it."""
        return asdict(self)

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
