"""A paper: a form filled in completely and laid out."""

from dataclasses import dataclass
from datetime import date

from shared.papers.blocks import Block, Closing, Paragraph, SignatureLine, Title
from shared.papers.layout import lay_out
from shared.papers.paper_form import Form
from shared.papers.refusals import PaperLacks, PaperMisfilled
from shared.papers.values import Values, missing_elements, value_errors

_MOST_ON_A_PAGE = 10
_SHORT = 200


@dataclass(frozen=True, slots=True)
class Paper:
    """The printed content, and the date of the file."""

    name: str
    dated: date
    blocks: tuple[Block, ...]
    paged: bool = True
    cover: bool = False

    @property
    def end(self) -> int:
        """Index of the first block that must stay on one page with all that follow.

        Nobody should sign an empty sheet: signatures, seal and the paragraph before them are kept
        together, except where many signers or a long paragraph would not fit on one page.
        """
        signing = len(self.blocks)
        while signing and isinstance(self.blocks[signing - 1], SignatureLine | Closing):
            signing -= 1
        if not 0 < len(self.blocks) - signing <= _MOST_ON_A_PAGE:
            return len(self.blocks)
        before = self.blocks[signing - 1]
        short = isinstance(before, Paragraph) and len(before.text) <= _SHORT
        return signing - 1 if short else signing

    @property
    def title(self) -> str:
        """The printed title."""
        return next(block.text for block in self.blocks if isinstance(block, Title))


def fill(form: Form, values: Values, *, dated: date) -> Paper:
    """The paper with these values by element id; None and blank count as missing.

    `dated` becomes the date of the files; the date that is printed is an element of the form.
    Raises PaperMisfilled if a value is not of its element's kind, PaperLacks with every
    required element that is missing.
    """
    if errors := value_errors(form, values):
        raise PaperMisfilled(form, errors)
    if missing := missing_elements(form, values):
        raise PaperLacks(form, missing)
    return Paper(form.id, dated, lay_out(form, values), paged=form.paged, cover=form.cover)
