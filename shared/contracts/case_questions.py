"""Events of intake about what an office asks the petitioner, and the petitioner's answer."""

from shared.contracts.case_question_codes import QuestionCode
from shared.contracts.intake import CaseEvent
from shared.contracts.words import Digest
from shared.divisions import Identifier


class QuestionAsked(CaseEvent):
    """询问信访人: whoever handles the case asks the petitioner; no term stops for it."""

    code: QuestionCode
    digest: Digest
    """Of the question's words, which are in the vault."""


class QuestionAnswered(CaseEvent):
    """信访人答复询问: the petitioner has answered; the words are in the vault."""

    question_id: Identifier
    """The event that asked."""
    digest: Digest
