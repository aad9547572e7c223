"""What the room answers when a paper cannot be made."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.papers.paper_form import Form
from shared.refusals import FieldError, InvalidInput, Refusal


@dataclass(frozen=True, slots=True)
class Lacking:
    """One required element that has no content; of rows, the `column` and the 1-based `row`."""

    element: str
    zh: str
    en: str
    source: str
    row: int | None = None
    column: str | None = None

    @property
    def path(self) -> str:
        """Where it belongs in the paper: `parties.1.address`, rows counted from 0."""
        return self.element if self.row is None else f"{self.element}.{self.row - 1}.{self.column}"

    @property
    def error(self) -> FieldError:
        """By its path in the request, of which the paper's `values` are a field."""
        return FieldError(f"values.{self.path}", self.message)

    @property
    def message(self) -> str:
        """What is wrong with it."""
        return f"is missing: {self}"

    def __str__(self) -> str:
        """As people read it: 当事人·住址（第2行） / parties: address [人民调解法 29]."""
        of_row = f"（第{self.row}行）" if self.row else ""
        return f"{self.zh}{of_row} / {self.en} [{self.source}]"


class PaperLacks(InvalidInput):
    """The paper lacks what its form requires; nothing is printed until it is given."""

    title = "The paper is not complete"

    def __init__(self, form: Form, missing: Sequence[Lacking]) -> None:
        """`missing` is everything that is lacking, in the order of the paper."""
        super().__init__([lack.error for lack in missing])
        self.detail = f"The paper {form.zh} ({form.en}) lacks {'; '.join(map(str, missing))}."
        self.args = (self.detail,)
        self.form = form
        self.missing = tuple(missing)


class PaperMisfilled(InvalidInput):
    """A value is not of its element's kind, is too long, or belongs to no element."""

    title = "The paper is not filled in as its form asks"

    def __init__(self, form: Form, errors: Sequence[FieldError]) -> None:
        """`errors` names elements of the form, never what was written."""
        super().__init__(errors)
        self.form = form


class TooLongToPrint(Refusal):
    """It has more characters or lines than are printed at once; shorten it, or print its papers one by one."""

    status = 422
    title = "Too long to be printed at once"
