"""What figures may be narrowed to."""

from dataclasses import dataclass

from services.stats.domain.case_step import Filing


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Cases of one category, of one village, or both; what is None does not matter."""

    category: str | None = None
    village_code: str | None = None

    def takes(self, filing: Filing) -> bool:
        """Whether a case is among those asked for."""
        return self.category in {None, filing.category} and self.village_code in {
            None,
            filing.village_code,
        }


EVERY_CASE = CaseFilter()
