"""The sentences of what a petitioner does alone, without an official: the subject is the petitioner."""

from collections.abc import Mapping

from shared.contracts.sentences.template import Sentence

RESIDENT = "resident"
"""How the ledger names a petitioner who acts by number and query code."""

PETITIONER = Sentence("信访人", "the petitioner")

OF_RESIDENTS: Mapping[str, Sentence] = {
    "filing-corrected": Sentence("更正联系方式", "corrected how to be reached"),
    "question-answered": Sentence("答复了询问", "answered the question"),
    "review-requested": Sentence("申请{level}[，方式：{way}]", "requested a {level}[, {way}]"),
}
