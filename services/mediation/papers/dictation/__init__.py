"""From what a mediator says to a draft of an agreement, by rules that a person can read.

`cues` has the words that tell which part is spoken of, `turns` cuts the text at them, `parties`,
`money`, `days` and `instalments` read what can be read for sure, `draft` puts it together. Every
word of the dictation stands in the draft, and no other word does: what was not said is an empty
part with its name, what could be read in two ways is left as it was said and told as a doubt.
Every part waits for the mediator's eye.
"""

from services.mediation.papers.dictation.draft import AgreementDraft, DraftPart, draft_agreement
from services.mediation.papers.dictation.instalments import SaidInstalment
from services.mediation.papers.dictation.parties import SaidParty

__all__ = ["AgreementDraft", "DraftPart", "SaidInstalment", "SaidParty", "draft_agreement"]
