"""What figures may be filtered by."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from services.stats.domain.counted_subject import CountedSubject
from shared.contracts.case_codes import Category
from shared.contracts.early_warning_codes import WarningLevel, WarningRule
from shared.contracts.report_codes import ReportSource, Urgency
from shared.divisions import Identifier, VillageCode
from shared.folding.subject import Fact


def _dimension(parameter: str, takes: Any, says: str | None = None) -> str | None:
    metadata = {"parameter": parameter, "takes": takes, "says": says}
    chosen: str | None = field(default=None, metadata=metadata)
    return chosen


@dataclass(frozen=True, slots=True)
class Chosen:
    """Entities of one category, village, committee …; None filters by nothing.

    Each field is a dimension as the rollups name it, with its name in queries and answers and
    the values that a query may give it: the API's parameters and answers are made of them.
    """

    category: str | None = _dimension(
        "category",
        Category,
        "Of a report: the category of a case about the same matter",
    )
    village_code: str | None = _dimension("village", VillageCode)
    committee_id: str | None = _dimension(
        "committee",
        Identifier,
        "Only what that mediation committee mediates; of no other figure",
    )
    urgency: str | None = _dimension(
        "urgency", Urgency, "Only grid reports of that urgency; of no other figure"
    )
    report_source: str | None = _dimension(
        "source", ReportSource, "Only grid reports from that source; of no other figure"
    )
    level: str | None = _dimension(
        "level", WarningLevel, "Only early warnings of that level; of no other figure"
    )
    rule: str | None = _dimension(
        "rule", WarningRule, "Only early warnings by that rule; of no other figure"
    )

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
