"""The papers of a case: the opinion and the notices, what each has to contain, and its wordings.

All of it is pure; `shared/papers` prints them.
"""

from services.intake.papers.notice_forms import (
    DECLINED_NOTICE,
    NO_FURTHER_ACCEPTANCE_NOTICE,
    RECEIPT_NOTICE,
)
from services.intake.papers.numbering import NUMBER_MARK
from services.intake.papers.opinion_form import OPINION
from shared.contracts.case_handling_codes import DocumentKind
from shared.papers import Form

FORMS: dict[DocumentKind, Form] = {
    DocumentKind.OPINION: OPINION,
    DocumentKind.RECEIPT: RECEIPT_NOTICE,
    DocumentKind.DECLINED: DECLINED_NOTICE,
    DocumentKind.NO_FURTHER_ACCEPTANCE: NO_FURTHER_ACCEPTANCE_NOTICE,
}
"""By the kind of document; the others are made out elsewhere."""

__all__ = ["FORMS", "NUMBER_MARK"]
