"""更正 and 作废: a registration is corrected, or voided where it was made by mistake.

The old values stay in the ledger; figures follow the new ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.intake.domain.case.case_file import CaseFile, CaseNotFound
from services.intake.domain.case.ended import CaseWasVoided
from services.intake.domain.case.forwarding import CaseAlreadyAccepted
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.registration import (
    ReceivedAfterFiling,
    check_group,
    check_registration,
)
from services.intake.domain.case.repeating import refuse_unless_earlier
from shared.contracts.case_codes import Purpose
from shared.contracts.case_handling_codes import CorrectionReason, FilingFact, FilingVoidReason
from shared.contracts.event import Event
from shared.contracts.intake import CaseFiled, FilingCorrected, FilingVoided
from shared.refusals import Refusal, invalid

NEVER_EMPTY = frozenset(
    {FilingFact.CHANNEL, FilingFact.PURPOSE, FilingFact.CATEGORY, FilingFact.FIRST_OR_REPEAT}
)
"""What every registration states; the other facts may be emptied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectFiling:
    """更正: the facts that change, each with its new value; None empties a fact."""

    why: CorrectionReason
    facts: Mapping[FilingFact, Any]
    repeated: CaseFile | None = None
    """The case that this one is said to repeat, as it was looked up."""
    complained_mark: str | None = None
    """The unit complained of from now on, where `facts` name it."""
    own_matter_id: str | None = None
    """The matter of the case from now on, where it turns out to repeat no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidFiling:
    """作废: registered by mistake."""

    why: FilingVoidReason
    resting: str | None = None
    """Another case that is linked to this one or repeats it, as a reader is told of it."""


class OthersRestOnIt(Refusal):
    """Other cases are linked to this one, or repeat it: reopen or correct them first."""

    title = "Other cases rest on this one"


class ReceivedAfterAnAct(Refusal):
    """Something was done about the case before the day on which it is said to be received."""

    status = 422
    title = "The day of receipt lies after an act"


class TransferredIsNotVoided(Refusal):
    """The matter came from another ledger, which has passed it on: object to it instead."""

    title = "The registration came from another office"


def correct(command: CorrectFiling, case: CaseFile) -> list[Event]:
    """What differs from the registration is corrected; the number stays.

    A case that turns out to repeat another is of that one's matter from now on.
    """
    registration = case.registration
    if registration is None:
        raise CaseNotFound
    if case.voided:
        raise CaseWasVoided
    facts = {
        fact: value
        for fact, value in command.facts.items()
        if getattr(registration, fact.field) != value
        or (fact is FilingFact.COMPLAINED_UNIT and _mark_differs(command, registration))
    }
    if not facts:
        return []
    fields = {fact.field: value for fact, value in facts.items()}
    if FilingFact.COMPLAINED_UNIT in facts:
        fields["complained_mark"] = command.complained_mark
    _check(facts, registration.model_copy(update=fields), case)
    about: dict[str, Any] = {**case.about(Origin.OFFICE)}
    if FilingFact.REPEAT_OF in facts:
        about |= _of_repeat(command, case, registration)
    if FilingFact.CAUSE_REF in facts:
        about |= _of_cause(facts, case, registration)
    return [
        FilingCorrected(why=command.why, changed=FilingFact.in_order(facts), **fields, **about)
    ]


def _mark_differs(command: CorrectFiling, registration: CaseFiled) -> bool:
    return command.complained_mark != registration.complained_mark


def _of_repeat(command: CorrectFiling, case: CaseFile, registration: CaseFiled) -> dict[str, Any]:
    """The matter from now on, and what the first case's figures need to follow the correction."""
    repeated, received_on = command.repeated, case.first_received_on
    if received_on is not None:
        refuse_unless_earlier(repeated, case_id=registration.case_id, received_on=received_on)
    matter_id = repeated.matter_id if repeated else command.own_matter_id
    return {
        "matter_id": matter_id or registration.matter_id,
        "no_longer_repeats": registration.repeat_of,
        "registered_at": case.marks[CaseFiled.kind].occurred_at,
    }


def _of_cause(
    facts: Mapping[FilingFact, Any], case: CaseFile, registration: CaseFiled
) -> dict[str, Any]:
    """What rules of early warnings need to count the case with another cause."""
    if registration.from_case_id is not None or registration.purpose is Purpose.ACCUSATION:
        return {}
    is_accusation = facts.get(FilingFact.PURPOSE) is Purpose.ACCUSATION
    return {
        "was_category": registration.category,
        "was_cause_ref": None if is_accusation else registration.cause_ref,
        "registered_at": case.marks[CaseFiled.kind].occurred_at,
    }


def _check(facts: Mapping[FilingFact, Any], corrected: CaseFiled, case: CaseFile) -> None:
    """Refuse what no registration says, and a receipt after the filing or after an act."""
    for fact in NEVER_EMPTY & facts.keys():
        if facts[fact] is None:
            raise invalid(fact.field, "This fact can be corrected, not emptied")
    check_registration(corrected)
    if facts.keys() & {FilingFact.HEADCOUNT, FilingFact.JOINT}:
        check_group(corrected)
    filed_on = case.day_of(CaseFiled)
    if FilingFact.RECEIVED_ON not in facts or filed_on is None:
        return
    received_on = corrected.received_on or filed_on
    if received_on > filed_on:
        raise ReceivedAfterFiling(field="received_on", filed_on=filed_on.isoformat())
    if case.first_act and received_on > case.first_act.on:
        act, on = case.first_act.kind, case.first_act.on
        raise ReceivedAfterAnAct(
            f"The record has {act} on {on}; the case was received on that day or earlier.",
            field="received_on",
            act=act,
            act_on=on.isoformat(),
        )


def void(command: VoidFiling, case: CaseFile) -> list[Event]:
    """Never of a case that was accepted."""
    repeated = case.registration.repeat_of if case.registration else None
    about = case.about(Origin.OFFICE)
    voided = FilingVoided(why=command.why, no_longer_repeats=repeated, **about)
    if case.voided == voided:
        return []
    if case.voided:
        raise CaseWasVoided
    if case.accepted:
        raise CaseAlreadyAccepted
    if case.remit:
        raise TransferredIsNotVoided
    if command.resting:
        raise OthersRestOnIt(
            f"{command.resting} is linked to this case or repeats it. Reopen it as linked in "
            "error, or correct what it repeats, and void this registration then."
        )
    return [voided]
