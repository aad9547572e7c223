"""What a petitioner may do in their own case by number and query code, without a token."""

from functools import partial
from typing import Annotated, Any, Self

from fastapi import Request, Response
from pydantic import model_validator

from services.intake.api.case_bodies import Person
from services.intake.api.correcting import CorrectBody, prepare_correction
from services.intake.api.office import TheOffice
from services.intake.api.rating import Grades
from services.intake.api.resident_access import NumberAndCode, NumberOrCodeWrong, own_case
from services.intake.api.resident_context import (
    ResidentAnswer,
    ResidentContext,
    resident_context,
)
from services.intake.api.resident_limits import TooManyAttempts
from services.intake.api.resident_refusals import ENDED_FOR_RESIDENTS
from services.intake.api.vault_texts import entry_of, kept
from services.intake.domain.case import CaseCommand, CaseFile, ended, questions, rating, reviews
from services.intake.domain.case.served_opinion import CaseNotAnswered
from services.intake.store.person_files import EntryKind
from shared.contracts.case_handling_codes import CorrectionReason, ReviewLevel, StatementWay
from shared.divisions import Identifier
from shared.handling import IdempotencyKeyReused, Prepared, Record, ready
from shared.http import Idempotency, Router, refused_with
from shared.refusals import Refusal
from shared.vault import PersonErased
from shared.vault.bodies import Narrative, text

router = Router(prefix="/resident/case", tags=["residents"], open_to_all=True)


def _documents(*refused: type[Refusal]) -> dict[str, Any]:
    usual = (NumberOrCodeWrong, TooManyAttempts, IdempotencyKeyReused, *ENDED_FOR_RESIDENTS)
    return {"response_model": ResidentAnswer, "responses": refused_with(*usual, *refused)}


class ContactBody(NumberAndCode):
    """How the petitioner can be reached; what is left out stays as it was."""

    phone: Annotated[str, text(100)] | None = None
    address: Annotated[str, text(500)] | None = None

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if self.phone is None and self.address is None:
            raise ValueError("Give the telephone number or the address")
        return self

    def as_correction(self) -> CorrectBody:
        """The correction of the registration that it comes to."""
        given = {"phone": self.phone, "address": self.address}
        person = Person(**{name: value for name, value in given.items() if value is not None})
        return CorrectBody(why=CorrectionReason.STATED_BY_PETITIONER, person=person)


class AnswerBody(NumberAndCode):
    """The answer to a question of the office."""

    question_id: Identifier
    text: Narrative


class RateBody(Grades, NumberAndCode):
    """How content the petitioner is with each; of a subject that is left out nothing is said."""


class ReviewBody(NumberAndCode):
    """Which review is requested."""

    level: ReviewLevel


@router.post("/contact", **_documents(PersonErased))
async def correct_contact(
    body: ContactBody, request: Request, key: Idempotency, office: TheOffice
) -> Response:
    """更正联系方式: in the place of the earlier one, in the file of the office that has the case."""
    own = await own_case(office, request, body)
    context = resident_context(office, own, key)
    prepare = partial(prepare_correction, context, body.as_correction())
    return await context.carry_out(prepare, own.number)


@router.post(
    "/answer",
    **_documents(
        questions.QuestionNotAsked,
        questions.QuestionAnsweredAlready,
        ended.CaseWasResolved,
        ended.CaseWasClosed,
        PersonErased,
    ),
)
async def answer_question(
    body: AnswerBody, request: Request, key: Idempotency, office: TheOffice
) -> Response:
    """答复询问: once for each question; the words go to the vault."""
    own = await own_case(office, request, body)
    context = resident_context(office, own, key)
    return await context.carry_out(partial(_prepare_answer, context, body), own.number)


@router.post("/rate", **_documents(rating.CaseRatedAlready, CaseNotAnswered))
async def rate(body: RateBody, request: Request, key: Idempotency, office: TheOffice) -> Response:
    """评价: of the petition office and of the responsible unit, each once after an answer."""
    own = await own_case(office, request, body)
    context = resident_context(office, own, key)
    command = rating.RateCase(grades=body.grades())
    return await context.carry_out(ready(command, at=context.now), own.number)


@router.post(
    "/request-review",
    **_documents(
        CaseNotAnswered,
        reviews.ReviewRequestedAlready,
        reviews.ReviewTimeIsOver,
        reviews.ReviewNotDecided,
    ),
)
async def request_review(
    body: ReviewBody, request: Request, key: Idempotency, office: TheOffice
) -> Response:
    """申请复查, 申请复核: within the petitioner's thirty days, once for each level [R35, R36]."""
    own = await own_case(office, request, body)
    context = resident_context(office, own, key)
    return await context.carry_out(partial(_prepare_review, context, body), own.number)


async def _prepare_answer(
    context: ResidentContext, body: AnswerBody, _: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    entry = await entry_of(context, EntryKind.ANSWER, {"text": body.text})
    command = questions.AnswerQuestion(question_id=body.question_id, digest=entry.digest)
    return Prepared(command=command, at=context.now, side_writes=kept(context, [entry]))


async def _prepare_review(
    context: ResidentContext, body: ReviewBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    command = reviews.RequestReview(
        level=body.level, way=StatementWay.ONLINE, until=context.office.review_until(record.state)
    )
    return Prepared(command=command, at=context.now)
