"""The routes by which a registration is corrected, or voided where it was made by mistake."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Self

from fastapi import Response
from pydantic import model_validator

from services.intake.api.case_bodies import Act, Person
from services.intake.api.case_context import (
    AtTheDesk,
    ByTheHandler,
    CaseContext,
    documented,
)
from services.intake.api.complaints import Complaint, complaint_about, complaint_of
from services.intake.api.office import Office
from services.intake.api.other_case import CaseNotOnRecord, looked_up_at, other_case
from services.intake.api.reading import hidden_complaints
from services.intake.domain.case import CaseCommand, CaseFile, correction
from services.intake.domain.case.ended import CaseWasVoided
from services.intake.domain.case.forwarding import CaseAlreadyAccepted
from services.intake.domain.case.registration import (
    AccusedUnitIsSealed,
    AnonymousHasNoName,
    FirstCaseRepeatsNothing,
    GroupIsJoint,
    OneIsNotJoint,
    ReceivedAfterFiling,
    refuse_named_anonymous,
)
from services.intake.domain.case.repeating import CaseRepeatsItself, RepeatedCaseIsLater
from services.intake.store import complained_units, person_marks
from services.intake.store.case_number import CaseReference
from services.intake.store.person_files import EntryKind, file_of_case
from services.intake.store.resting_cases import require_none_resting, resting_on
from shared import vault
from shared.contracts.case_codes import Category, Channel, FirstOrRepeat, Purpose, ReceivedFrom
from shared.contracts.case_handling_codes import CorrectionReason, FilingFact, FilingVoidReason
from shared.contracts.intake import CaseFiled
from shared.contracts.words import Headcount, UnitRef
from shared.divisions import ScopeCode, VillageCode, VillageElsewhere, division_of, new_id
from shared.handling import Prepared, Record
from shared.http import Router, YesOrNo
from shared.ledger import Statement
from shared.office import CommandContext
from shared.office.occurrence_time import Day
from shared.refusals import Refusal
from shared.vault import Content, Entry, PersonErased, PersonFile
from shared.vault.bodies import Narrative, Organisation
from shared.vault.replacing import replace_entry

router = Router(prefix="/cases/{case_id}", tags=["cases"])
Context = CommandContext[Office, CaseCommand, CaseFile]


class AccusationIsRouted(Refusal):
    """A case that turns out to be an accusation is no correction: route it to the lane `discipline`."""

    title = "An accusation goes to the discipline lane"


class CorrectBody(Act):
    """The facts that are corrected, each with its new value; null empties a fact.

    Members of `person` that are left out stay as they were. Corrected words take the place of the
    earlier ones, which are kept nowhere.
    """

    why: CorrectionReason
    channel: Channel | None = None
    purpose: Purpose | None = None
    category: Category | None = None
    headcount: Headcount | None = None
    joint: YesOrNo | None = None
    anonymous: YesOrNo | None = None
    first_or_repeat: FirstOrRepeat | None = None
    urgent: YesOrNo | None = None
    village_code: VillageCode | None = None
    repeat_of: CaseReference | None = None
    received_from: ReceivedFrom | None = None
    received_on: Day | None = None
    contact_unclear: YesOrNo | None = None
    transferred_from: UnitRef | None = None
    complained_unit: UnitRef | None = None
    complained_division: ScopeCode | None = None
    person: Person | None = None
    narrative: Narrative | None = None
    cause: Organisation | None = None

    @model_validator(mode="after")
    def _corrects_something(self) -> Self:
        if not (self.codes() or self.corrects_words):
            raise ValueError("Name at least one fact with its new value")
        return self

    @property
    def corrects_words(self) -> bool:
        """Whether person, narrative or cause are named."""
        return bool(self.model_fields_set & {"person", "narrative", "cause"})

    def codes(self) -> dict[FilingFact, Any]:
        """The facts that are named, but for the words."""
        named = self.model_fields_set
        return {fact: getattr(self, fact.field) for fact in FilingFact if fact.field in named}

    def words(self, before: Content) -> Content:
        """The words after the correction."""
        person, narrative = before.get("person"), before.get("narrative")
        if "person" in self.model_fields_set:
            person = _merged(person or {}, self.person)
        if "narrative" in self.model_fields_set:
            narrative = self.narrative
        words: dict[str, Any] = {"person": person, "narrative": narrative}
        if "cause" in self.model_fields_set:
            words["cause"] = self.cause and self.cause.model_dump(exclude_none=True)
        elif "cause" in before:
            words["cause"] = before["cause"]
        if "answers" in before:
            words["answers"] = before["answers"]
        return words


def _merged(before: Mapping[str, Any], person: Person | None) -> dict[str, Any] | None:
    if person is None:
        return None
    merged = {**before, **person.model_dump(exclude_unset=True)}
    return {name: value for name, value in merged.items() if value is not None}


class VoidBody(Act):
    """Why the registration is void."""

    why: FilingVoidReason


@router.post(
    "/correct",
    **documented(
        CaseWasVoided,
        VillageElsewhere,
        FirstCaseRepeatsNothing,
        AccusedUnitIsSealed,
        AccusationIsRouted,
        CaseNotOnRecord,
        CaseRepeatsItself,
        RepeatedCaseIsLater,
        OneIsNotJoint,
        GroupIsJoint,
        AnonymousHasNoName,
        ReceivedAfterFiling,
        correction.ReceivedAfterAnAct,
        PersonErased,
    ),
)
async def correct(body: CorrectBody, context: AtTheDesk) -> Response:
    """更正登记: facts of the registration are corrected; the number stays, figures follow."""
    return await context.handle(partial(prepare_correction, context, body))


async def prepare_correction(
    context: Context, body: CorrectBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    """The correction of facts and words, by an official or by the petitioner."""
    _refuse_accusation(body, record.state)
    repeated = await _repeated(context, body)
    facts = _codes(context, body, repeated)
    side_writes: list[Statement] = []
    registration = record.state.registration
    complained = _complained(context, body)
    if FilingFact.COMPLAINED_UNIT in facts:
        facts[FilingFact.COMPLAINED_UNIT] = complained["complained_unit"]
    if registration and (body.corrects_words or body.anonymous):
        corrected = await _corrected_words(context, body, registration, version=record.version)
        if corrected is not None:
            words, person = corrected
            facts[FilingFact.CONTENT] = words.digest
            marks = person_marks.marks_of(context.office.marks, person)
            side_writes = [
                *_in_place_of(registration, words),
                *person_marks.keep(context.division, [(context.stream_id, words, marks)]),
            ]
    if registration and body.model_fields_set & _COMPLAINT:
        side_writes = [*side_writes, await _kept_complaint(context, body, record.state)]
    return Prepared(
        command=correction.CorrectFiling(
            why=body.why,
            facts=facts,
            repeated=repeated.state if repeated else None,
            complained_mark=complained["complained_mark"],
            own_matter_id=new_id(context.division),
        ),
        at=context.moment(body),
        side_writes=side_writes,
        looked_up=_looked_up(context, repeated),
    )


_COMPLAINT = {FilingFact.COMPLAINED_UNIT.field, FilingFact.COMPLAINED_DIVISION.field}


def _complained(context: Context, body: CorrectBody) -> Complaint:
    return complaint_of(context.office.marks, body.complained_unit)


async def _kept_complaint(context: Context, body: CorrectBody, case: CaseFile) -> Statement:
    """Whom the case complains of from now on; what is not named stays as it was."""
    known = await complaint_about(context.office, context.actor.scope, case)
    code, division = known.code if known else None, case.required.complained_division
    if FilingFact.COMPLAINED_UNIT.field in body.model_fields_set:
        code = body.complained_unit
    if FilingFact.COMPLAINED_DIVISION.field in body.model_fields_set:
        division = body.complained_division
    return complained_units.keep(case.required.case_id, code, division)


def _refuse_accusation(body: CorrectBody, case: CaseFile) -> None:
    """Raise AccusationIsRouted, unless it is registered as one since before there was the lane."""
    registered = case.registration
    if body.purpose is not Purpose.ACCUSATION or registered is None:
        return
    if body.complained_unit or body.cause:
        raise AccusedUnitIsSealed
    if registered.purpose is not Purpose.ACCUSATION:
        raise AccusationIsRouted(field="purpose")


async def _repeated(context: Context, body: CorrectBody) -> Record[CaseFile] | None:
    """The case that this one is said to repeat, which has to be on record."""
    if body.repeat_of is None:
        return None
    return await other_case(context.office, context.actor, body.repeat_of, field="repeat_of")


def _codes(
    context: Context, body: CorrectBody, repeated: Record[CaseFile] | None
) -> dict[FilingFact, Any]:
    """The facts that are named; another case by its id, an organisation by its mark."""
    facts = body.codes()
    if "cause" in body.model_fields_set:
        facts[FilingFact.CAUSE_REF] = context.office.marks.of_organisation(body.cause)
    if repeated:
        facts[FilingFact.REPEAT_OF] = repeated.state.case_id
    return facts


def _looked_up(context: Context, repeated: Record[CaseFile] | None) -> dict[str, int]:
    if repeated is None or repeated.state.case_id == context.stream_id:
        return {}
    return looked_up_at(repeated, context.division)


async def _corrected_words(
    context: Context, body: CorrectBody, registration: CaseFiled, *, version: int
) -> tuple[Entry, Mapping[str, Any] | None] | None:
    """The entry with the corrected words, and the person in it; None where they are as before.

    It names the version of the record that it corrects: an entry that was replaced never comes
    back under its own digest.
    """
    office, scope, division = context.office, context.actor.scope, context.division
    file = await file_of_case(office.vault, scope, division=division, case_id=registration.case_id)
    before = await _words(context, file, registration.content_digest)
    after = body.words(before or {})
    if body.model_fields_set & {"person", "anonymous"}:
        _refuse_named_anonymous(body, registration, after)
    if before is not None and after == {name: before.get(name) for name in after}:
        return None
    if (
        before is None
        and (await context.handling.read(scope, context.stream_id)).version == version
    ):
        raise PersonErased
    # overtaken by another correction: the append is a conflict, and this is prepared once more
    return file.entry(EntryKind.FILING, {**after, "corrects_version": version}), after["person"]


def _refuse_named_anonymous(body: CorrectBody, registration: CaseFiled, words: Content) -> None:
    stated = "anonymous" in body.model_fields_set
    refuse_named_anonymous(
        anonymous=body.anonymous if stated else registration.anonymous,
        name=(words["person"] or {}).get("name"),
    )


async def _words(context: Context, file: PersonFile, digest: str | None) -> Content | None:
    """The registered words; None where they were replaced or are gone."""
    if digest is None:
        return {}
    found = await context.office.vault.contents(
        context.actor.scope,
        division=context.division,
        refs=[file.person_ref],
        kinds=[EntryKind.FILING],
        digest=digest,
    )
    return found[0].content if found else None


def _in_place_of(registration: CaseFiled, words: Entry) -> list[Statement]:
    division = division_of(registration.case_id)
    kept = [
        *vault.require_open(division, [words.person_ref]),
        *vault.keep(division, [], [words]),
    ]
    if registration.content_digest is None:
        return kept
    return [*kept, replace_entry(registration.case_id, registration.content_digest, words)]


@router.post(
    "/void",
    **documented(
        CaseAlreadyAccepted,
        CaseWasVoided,
        correction.OthersRestOnIt,
        correction.TransferredIsNotVoided,
    ),
)
async def void(body: VoidBody, context: ByTheHandler) -> Response:
    """登记作废: registered by mistake; the case takes nothing more, and no figure counts it.

    Not while other cases are linked to it or repeat it.
    """
    return await context.handle(partial(_prepare_void, context, body))


async def _prepare_void(
    context: CaseContext, body: VoidBody, _: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    hidden = await hidden_complaints(context.office, context.actor)
    resting = await resting_on(context.office.pool, context.stream_id, hidden)
    return Prepared(
        command=correction.VoidFiling(why=body.why, resting=resting),
        at=context.moment(body),
        side_writes=[require_none_resting(context.stream_id)],
    )
