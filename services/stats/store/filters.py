"""What figures may be narrowed to."""

from dataclasses import asdict, dataclass

from services.stats.domain.subject import Fact, Subject


@dataclass(frozen=True, slots=True)
class Chosen:
    """Matters of one category, one village, one committee; what is None does not matter."""

    category: str | None = None
    village_code: str | None = None
    committee_id: str | None = None

    def by_name(self) -> dict[str, str | None]:
        """The dimensions, each with what was chosen of it."""
        return asdict(self)

    def narrows_by(self) -> list[str]:
        """The dimensions that were chosen."""
        return [name for name, value in self.by_name().items() if value is not None]

    def takes(self, subject: Subject, fact: Fact) -> bool:
        """Whether a matter is among those asked for."""
        if self == EVERYTHING:
            return True
        told = dict(zip(subject.dimensions, subject.dimensions_of(fact), strict=True))
        return all(told.get(name) == getattr(self, name) for name in self.narrows_by())


EVERYTHING = Chosen()
