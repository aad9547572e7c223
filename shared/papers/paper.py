"""A paper: a form that was filled in completely, and laid out."""

from dataclasses import dataclass
from datetime import date

from shared.papers.blocks import Block, Closing, Paragraph, SignatureLine, Title
from shared.papers.form import Form
from shared.papers.laying import lay_out
from shared.papers.refusals import PaperLacks, PaperMisfilled
from shared.papers.values import Values, lacking, misfits

_MOST_ON_A_PAGE = 10
_SHORT = 200


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed, and the day that its file is dated with."""

    name: str
    dated: date
    blocks: tuple[Block, ...]
    paged: bool = True
    cover: bool = False

    @property
    def end(self) -> int:
        """From which block on the paper stays on one page.

        Nobody signs a sheet that says nothing: the signatures, the seal and the paragraph before
        them are not parted. Many signers or a long paragraph are, they would not fit otherwise.
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
        """As it is printed."""
        return next(block.text for block in self.blocks if isinstance(block, Title))


def fill(form: Form, values: Values, *, dated: date) -> Paper:
    """The paper with these values by element id; None and blank are as good as nothing.

    `dated` becomes the date of the files; the date that is printed is an element of the form.
    Raises PaperMisfilled where a value is not of its element's kind, PaperLacks with every
    required element that is missing.
    """
    if errors := misfits(form, values):
        raise PaperMisfilled(form, errors)
    if missing := lacking(form, values):
        raise PaperLacks(form, missing)
    return Paper(form.id, dated, lay_out(form, values), paged=form.paged, cover=form.cover)
