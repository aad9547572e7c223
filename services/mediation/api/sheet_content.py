"""The content of a sheet, from a dispute's events and the vault."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.mediation.domain import sheet_sentences as says
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.today_sentence import sentence
from services.mediation.store.vault_files import EntryKind
from shared.contracts.mediation import MediationApplied
from shared.contracts.mediation_codes import PartySide
from shared.papers.plain_text import one_line
from shared.vault import Opened


@dataclass(frozen=True)
class VaultTexts:
    """The vault's entries of a dispute and its people, without erased ones."""

    people: Mapping[str, Mapping[str, str]]
    texts: Mapping[str, Mapping[str, str]]
    """By digest."""

    @classmethod
    def of(cls, found: Sequence[Opened], mediation_id: str) -> "VaultTexts":
        """A text of the dispute's own file, a person of any other."""
        return cls(
            people={each.ref: each.content for each in found if each.kind == EntryKind.PERSON},
            texts={each.digest: each.content for each in found if each.ref == mediation_id},
        )

    def person(self, ref: str) -> tuple[str | None, str | None]:
        """Name and phone."""
        known = self.people.get(ref, {})
        return known.get("name"), known.get("phone")

    def text(self, digest: str | None) -> str | None:
        """The text that an event names by its digest."""
        return self.texts.get(digest or "", {}).get("text")

    def narrative(self, digest: str | None) -> str | None:
        """The narrative of the application."""
        return self.texts.get(digest or "", {}).get("narrative")

    def cause(self, digest: str | None) -> object:
        """The organisation that the application names as the cause."""
        return self.texts.get(digest or "", {}).get("cause")

    def contact(self, ref: str) -> str:
        """Name and phone on one line, without invisible characters."""
        name, phone = self.person(ref)
        return says.contact(one_line(name), one_line(phone))


def sheet_of(
    applied: MediationApplied,
    mediation: MediationFile,
    texts: VaultTexts,
    *,
    held_at: Mapping[str, datetime],
    ask_a_court_by: date | None,
    today: date,
) -> dict[str, object]:
    """The sheet as JSON values; `held_at` is when each session was held, by its id.

    `ask_a_court_by` is the last day of both sides where there is an agreement to be confirmed.
    """
    contacts = {
        side: [texts.contact(ref) for ref in mediation.parties_of(side)] for side in PartySide
    }
    doing = sentence(
        mediation.state,
        today=today,
        last_day=mediation.last_day,
        next_due_on=mediation.agreement.next_due_on,
    )
    return {
        "mediation_id": applied.mediation_id,
        "state": mediation.state,
        "version": mediation.version,
        "about": applied.dispute_kind.label,
        "say": doing,
        "call": says.whom_to_call(mediation, contacts),
        "sides": [_side(side, mediation, texts) for side in PartySide],
        "narrative": texts.narrative(mediation.words_digest),
        "cause": texts.cause(applied.application_digest),
        "sessions": _sessions(mediation, texts, held_at),
        "agreement": _agreement(mediation, texts, ask_a_court_by, today),
    }


def _side(side: PartySide, mediation: MediationFile, texts: VaultTexts) -> dict[str, object]:
    consented = mediation.consents.get(side)
    people = [
        {"party_id": ref, "name": name, "phone": phone}
        for ref in mediation.parties_of(side)
        for name, phone in [texts.person(ref)]
    ]
    return {
        "side": side,
        "say": says.side_says(side, mediation),
        "people": people,
        "consent_text": texts.text(consented.consent_digest) if consented else None,
    }


def _sessions(
    mediation: MediationFile, texts: VaultTexts, held_at: Mapping[str, datetime]
) -> list[dict[str, object]]:
    """In the order in which they were held, which may differ from the order of recording."""
    in_order = sorted(mediation.sessions.values(), key=lambda each: held_at[each.session_id])
    return [
        {
            "session_id": each.session_id,
            "mode": each.mode,
            "side": each.side,
            "held_at": held_at[each.session_id],
            "say": says.session_says(place, each, held_at[each.session_id]),
            "record": texts.text(each.record_digest),
        }
        for place, each in enumerate(in_order, start=1)
    ]


def _agreement(
    mediation: MediationFile, texts: VaultTexts, ask_a_court_by: date | None, today: date
) -> dict[str, object] | None:
    agreement = mediation.agreement
    succeeded = agreement.succeeded
    if succeeded is None:
        return None
    on_paper = succeeded.agreement_digest in mediation.papers
    text = None if on_paper else texts.text(succeeded.agreement_digest)
    return {
        "agreement_id": succeeded.agreement_id,
        "form": succeeded.form,
        "number": succeeded.number,
        "say": says.agreement_says(succeeded, on_paper=on_paper, has_text=text is not None),
        "text": text,
        "paper": succeeded.agreement_digest if on_paper else None,
        "performance": says.performance_says(agreement),
        "instalments": [
            {"instalment": number, "due_on": day, "done": agreement.performed(number)}
            for number, day in enumerate(succeeded.instalments, start=1)
        ],
        "court": says.court_says(agreement, last_day=ask_a_court_by, today=today),
        "ask_a_court_by": ask_a_court_by,
    }
