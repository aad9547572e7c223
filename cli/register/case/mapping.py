"""The declaration of a register of cases."""

from collections.abc import Iterator
from typing import ClassVar

from cli.register.case.facts import accepted, answered, became, resolved
from cli.register.case.filing import filing, received
from cli.register.case.tables import Acceptance, Answer, Case, Resolution, Status
from cli.register.facts import Fact, Said, Undated
from cli.register.fields import Part, TimeField
from cli.register.mapping import Mapping, Target
from cli.register.times import Moment
from cli.register.values import Reader

CASES = Target(
    subject="case",
    plural="cases",
    opening="filing",
    opening_key="file",
    order=("accept", "forward", "reply", "resolve", "divert", "withdraw", "link", "close"),
    service="intake",
    path="/cases/import",
    outcomes=("filed", "extended", "known"),
    renamed={"at": "filed_at", "village_code": "village", "name": "person"},
)


class CaseMapping(Mapping):
    """A mapping whose rows are cases."""

    target: ClassVar[Target] = CASES

    case: Case
    acceptance: Acceptance | None = None
    answer: Answer | None = None
    resolution: Resolution | None = None
    status: Status | None = None

    @property
    def subject(self) -> Case:
        """The filing."""
        return self.case

    @property
    def opened_at(self) -> TimeField:
        """The time of filing."""
        return self.case.filed_at

    def first_day(self, reader: Reader, opened: Moment) -> Moment:
        """The day of receipt, where the register has a column for it."""
        return received(reader, self.case, opened) or opened

    def opening(self, reader: Reader) -> Said:
        """What a row says of the filing."""
        return filing(reader, self.case)

    def facts(self, reader: Reader) -> Iterator[Fact | Undated]:
        """What a row says of what became of the case."""
        yield from accepted(reader, self.acceptance)
        yield from answered(reader, self.answer)
        yield from resolved(reader, self.resolution)
        yield from became(reader, self.status)

    def table_of(self, fact: str) -> Part | None:
        """The fact's own table, else the status."""
        own = {"reply": self.answer, "accept": self.acceptance, "resolve": self.resolution}
        return own.get(fact) or self.status
