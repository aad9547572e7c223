"""A petitioner's own case as it is shown to them: no name of anybody, in Chinese and English."""

from collections.abc import Sequence
from datetime import date

from services.intake.api.office import Office
from services.intake.api.questions import QuestionShown, questions_shown
from services.intake.api.resident_access import OwnAccusation, OwnCase, on
from services.intake.api.resident_places import Bilingual, PlaceShown, place_shown
from services.intake.domain.accusation import AccusationFile
from services.intake.domain.case import CaseFile
from services.intake.domain.case_rights import held_by
from services.intake.domain.registry import Registry
from services.intake.domain.resident.hops import Hop, HopStep, hops
from services.intake.domain.resident.next_step import next_step
from services.intake.domain.resident.results import Result, results
from services.intake.domain.resident.rights import Right, RightNow, rights
from services.intake.domain.resident.said import Said
from shared.contracts.case_question_codes import QuestionCode
from shared.divisions import county_of
from shared.http import Body
from shared.times import china_day


class StateShown(Bilingual):
    """The state of the case that holds the matter."""

    code: str


class HopShownToResident(Bilingual):
    """One step by which the case came to whoever has it."""

    on: date
    step: HopStep
    place: PlaceShown


class NextShown(Bilingual):
    """What comes next."""

    until: date | None
    """The petitioner's day: moved on from days of rest."""


class RightShown(Bilingual):
    """A right, whether it is open today, until when, and how it is used or why it is not open."""

    right: Right
    article: str | None
    """Of the Regulation on Petition Work (2022), `R35`; null where none speaks of it."""
    open: bool
    until: date | None


class ResultShown(Bilingual):
    """What the case came to; the reasons are in the paper that was served."""

    of: str
    """`opinion`, `review` or `re-review`."""
    result: str
    served_on: date


class QuestionForResident(Bilingual):
    """A question of the office that has the case; `zh` and `en` say what it is about."""

    question_id: str
    code: QuestionCode
    asked_on: date
    text: str | None
    """Null once the petitioner's file was erased."""
    answered_on: date | None


class ResidentCase(Body):
    """A petitioner's own case. Of an accusation only number, day and state are told."""

    number: str
    received_on: date
    state: StateShown
    sealed: bool
    """True for an accusation: everything that follows is then empty."""
    held_by: PlaceShown | None = None
    on_its_way: bool = False
    hops: tuple[HopShownToResident, ...] = ()
    results: tuple[ResultShown, ...] = ()
    next: NextShown | None = None
    rights: tuple[RightShown, ...] = ()
    questions: tuple[QuestionForResident, ...] = ()


async def resident_case(office: Office, own: OwnCase | OwnAccusation) -> ResidentCase:
    """What the petitioner is told today."""
    if isinstance(own, OwnAccusation):
        return _accusation(own.record.state)
    case, received_on = on(office, own.held), own.home.state.received_on
    if received_on is None:
        raise AssertionError("a case without a day of receipt was never filed")
    shown = ResidentCase(
        number=own.number, received_on=received_on, state=_state(case), sealed=own.is_sealed
    )
    if own.is_sealed:
        return shown
    registry = await office.registry(county_of(own.held_id))
    questions = [
        _question(each)
        for one in own.cases
        for each in await questions_shown(office, county_of(own.held_id), one.state)
        if each.answered_at or one is own.held
    ]
    return shown.model_copy(
        update=_in_full(office, own, case, registry) | {"questions": tuple(questions)}
    )


def _accusation(accusation: AccusationFile) -> ResidentCase:
    received_on, state = accusation.received_on, accusation.state
    if received_on is None:
        raise AssertionError("an accusation without a day of receipt was never registered")
    return ResidentCase(
        number=accusation.required.number,
        received_on=received_on,
        state=StateShown(code=state.value, zh=state.label, en=state.value),
        sealed=True,
    )


def _in_full(
    office: Office, own: OwnCase, case: CaseFile, registry: Registry
) -> dict[str, object]:
    today, holder = china_day(office.now()), own.home.state.holder
    step = next_step(case, today=today, policy=office.policy, calendar=office.calendar)
    held = held_by(case, registry, on=today)
    open_rights = rights(case, today=today, policy=office.policy, calendar=office.calendar)
    return {
        "held_by": place_shown(registry, held.division, held.unit, on=today) if holder else None,
        "on_its_way": bool(holder and holder.on_its_way),
        "hops": tuple(_hop(registry, each) for each in hops(own.events())),
        "results": tuple(map(_result, results(case))),
        "next": NextShown(zh=step.said.zh, en=step.said.en, until=step.until),
        "rights": _rights(open_rights),
    }


def _result(found: Result) -> ResultShown:
    return ResultShown(
        of=found.of,
        result=found.result.value,
        served_on=found.served_on,
        zh=found.said.zh,
        en=found.said.en,
    )


def _question(asked: QuestionShown) -> QuestionForResident:
    return QuestionForResident(
        question_id=asked.question_id,
        code=asked.code,
        zh=asked.code.label,
        en=asked.code.value.replace("-", " "),
        asked_on=china_day(asked.asked_at),
        text=asked.text,
        answered_on=china_day(asked.answered_at) if asked.answered_at else None,
    )


def _state(case: CaseFile) -> StateShown:
    state = case.state
    return StateShown(code=state.value, zh=state.label, en=state.value.replace("-", " "))


def _hop(registry: Registry, hop: Hop) -> HopShownToResident:
    place = place_shown(registry, hop.division, hop.unit, on=hop.on)
    zh, en = hop.said(Said(place.zh, place.en))
    return HopShownToResident(on=hop.on, step=hop.step, place=place, zh=zh, en=en)


def _rights(found: Sequence[RightNow]) -> tuple[RightShown, ...]:
    return tuple(
        RightShown(
            right=each.right,
            article=each.article,
            open=each.open,
            until=each.until,
            zh=each.said.zh,
            en=each.said.en,
        )
        for each in found
    )
