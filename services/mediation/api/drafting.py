"""What a mediator says, laid out in the parts of an agreement for the mediator to check."""

from typing import Any

from services.mediation.papers.dictation import AgreementDraft
from shared.http import Body


class PartShown(Body):
    """A part in the words of the dictation; an empty text was not said."""

    id: str
    name: str
    text: str
    to_check: bool


class DraftShown(Body):
    """What was heard, how days were read, and what the mediator has to settle."""

    parties: list[dict[str, str]]
    introductions: str
    """How they were named, where they were introduced."""
    parts: list[PartShown]
    instalments: list[dict[str, str]]
    readings: list[str]
    doubts: list[str]
    not_said: list[str]


def shown(draft: AgreementDraft) -> dict[str, Any]:
    """The draft as JSON values: what the answer shows and the vault keeps."""
    return {
        "parties": [dict(party.row()) for party in draft.parties],
        "introductions": draft.introductions,
        "parts": [
            {"id": part.id, "name": part.name, "text": part.text, "to_check": part.to_check}
            for part in draft.parts
        ],
        "instalments": [instalment.row() for instalment in draft.instalments],
        "readings": list(draft.readings),
        "doubts": list(draft.doubts),
        "not_said": list(draft.not_said),
    }
