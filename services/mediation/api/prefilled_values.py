"""Prefills a paper with what the office has on record.

Only facts that are certain: who was in a session, what was said and what was agreed has to be
written by those who were there. Given values override prefilled ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.mediation.domain.mediation_file import MediationFile
from shared.contracts.mediation import MediationApplied
from shared.contracts.mediation_codes import DisputeKind, PaperForm, PartySide
from shared.papers import Form, Signer, Value, Values

_ROLES = {PartySide.APPLICANT: "申请人", PartySide.RESPONDENT: "被申请人"}
_SIGNED_BY_ALL = frozenset(
    {PaperForm.AGREEMENT, PaperForm.CONSENT, PaperForm.CONFIRMATION_REQUEST}
)
"""Forms that all parties sign; a session's record is signed by those who came."""
_OF_THE_MEDIATORS = frozenset({
    PaperForm.CONSENT, PaperForm.AGREEMENT, PaperForm.ORAL_AGREEMENT, PaperForm.TERMINATION_NOTICE,
})  # fmt: skip

People = Mapping[PartySide, Sequence[Mapping[str, str]]]


@dataclass(frozen=True, kw_only=True)
class DisputeData:
    """The data of a dispute on record; each of `people` has a name."""

    applied: MediationApplied
    mediation: MediationFile
    committee: str
    people: People
    mediators: Sequence[str]
    accepted: date
    ended: date | None
    ask_a_court_by: date | None
    today: date


def prefilled_values(form: Form, known: DisputeData) -> dict[str, Value]:
    """The values on record for the elements of this form."""
    of = PaperForm.of(form.id)
    found = _of_the_dispute(known) | {"mediators": "、".join(known.mediators)}
    if of is PaperForm.COVER:
        found |= _of_the_cover(known)
    if of in _OF_THE_MEDIATORS:
        found["mediator"] = [Signer("人民调解员", name) for name in known.mediators]
    if of is PaperForm.CONSENT:
        # the paper of a consent states the day on which it is given
        del found["accepted"]
    has = {element.id: element for element in form.elements}
    parties = has.get("parties")
    both = all(known.people[side] for side in PartySide)
    if parties and parties.columns and (both or of is PaperForm.APPLICATION):
        found["parties"] = _rows(known, {column.id for column in parties.columns})
    return {name: value for name, value in found.items() if name in has and value}


def signers(form: Form, values: Values) -> dict[str, Value]:
    """The signers of a paper: all parties, or all applicants, that the paper names."""
    rows = values.get("parties")
    if not isinstance(rows, list):
        return {}
    named = [Signer(row.get("side", ""), row.get("name", "")) for row in rows]
    applicants = [each for each in named if each.role == _ROLES[PartySide.APPLICANT]]
    found: dict[str, Value] = {"applicants": applicants}
    if form.id in _SIGNED_BY_ALL:
        found |= {"parties_sign": named, "consenting": named}
    has = {element.id for element in form.elements}
    return {name: value for name, value in found.items() if name in has and value}


def _rows(known: DisputeData, columns: set[str]) -> list[dict[str, str]]:
    return [
        {
            name: value
            for name, value in (
                ("side", _ROLES[side]),
                ("name", person["name"]),
                ("address", person.get("address", "")),
                ("contact", person.get("phone", "")),
            )
            if name in columns and value
        }
        for side in PartySide
        for person in known.people[side]
    ]


def _of_the_dispute(known: DisputeData) -> dict[str, Value]:
    applied, succeeded = known.applied, known.mediation.agreement.succeeded
    referred = f"（{applied.referred_by.label}）" if applied.referred_by else ""
    found: dict[str, Value | None] = {
        "origin": f"{applied.origin.label}{referred}",
        "category": _kind(applied),
        "accepted": known.accepted,
        "ended": known.ended,
        "agreement": succeeded.number if succeeded else None,
        "effective": succeeded.effective_on if succeeded else None,
        "request_by": known.ask_a_court_by,
    }
    return {name: value for name, value in found.items() if value}


def _kind(applied: MediationApplied) -> str:
    return "" if applied.dispute_kind is DisputeKind.NOT_STATED else applied.dispute_kind.label


def _of_the_cover(known: DisputeData) -> dict[str, Value]:
    sides = ["、".join(person["name"] for person in known.people[side]) for side in PartySide]
    succeeded = known.mediation.agreement.succeeded
    outcome = f"达成{succeeded.form.label}协议" if succeeded else known.mediation.state.label
    return {
        "committee": known.committee,
        "title": f"{'与'.join(sides)}{_kind(known.applied)}纠纷" if all(sides) else "",
        "parties": "；".join(filter(None, sides)),
        "outcome": outcome if known.ended else "",
        "filed": known.today,
    }
