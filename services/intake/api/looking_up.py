"""The route by which a petitioner is looked up, by a number, before a case is registered."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Self

from fastapi import Response
from pydantic import model_validator

from services.intake.api.case_bodies import AlikeCase
from services.intake.api.office import Office, TheOffice
from services.intake.api.reading import hidden_complaints
from services.intake.store import person_marks
from services.intake.store.attempt_counts import seconds_to_wait
from services.intake.store.person_marks import MOST_SHOWN, FoundCase, Marks
from shared.contracts.case_codes import Category
from shared.contracts.look_up_codes import AlikeBy
from shared.contracts.vault_codes import OpeningPurpose
from shared.divisions import COUNTY, VillageCode, new_id
from shared.http import Body, Router, answered, refused_with
from shared.identity import Actor, Role, requires
from shared.identity.refusals import PostMissing
from shared.office.openings import note_shown
from shared.refusals import Refusal
from shared.times import china_day
from shared.vault.bodies import text

router = Router(prefix="/persons", tags=["cases"])
_SHOWN_BY = "POST /persons/look-up"


class LookUpNotSetUp(Refusal):
    """The county has no mark key, so no number can be looked up."""

    title = "Nobody can be looked up here"


class TooManyLookUps(Refusal):
    """This post has looked up so many numbers; ask again later."""

    status = 429
    title = "Too many look-ups"

    def __init__(self, seconds: int) -> None:
        """`seconds` are what is left of the window."""
        super().__init__(retry_after=seconds)
        self.headers = {"Retry-After": str(seconds)}


class LookUpBody(Body):
    """The exact number of a document or of a telephone; what the new case is about, if known."""

    id_number: Annotated[str, text(100)] | None = None
    phone: Annotated[str, text(100)] | None = None
    category: Category | None = None
    village_code: VillageCode | None = None

    @model_validator(mode="after")
    def _names_a_number(self) -> Self:
        if self.id_number is None and self.phone is None:
            raise ValueError("Give an identity number or a telephone number")
        return self


class LookedUp(Body):
    """Cases of the own township, or for the county's petition office of all, the latest first.

    Of others only how many there are.
    """

    items: list[AlikeCase]
    elsewhere: int
    """Matters in other townships: the county's petition office sees them."""


@router.post(
    "/look-up",
    response_model=LookedUp,
    responses=refused_with(PostMissing, LookUpNotSetUp, TooManyLookUps),
)
async def look_up(
    body: LookUpBody,
    actor: Annotated[Actor, requires(Role.CLERK, Role.TOWNSHIP_LEADER, needs_post=True)],
    office: TheOffice,
) -> Response:
    """查重: cases of whoever has exactly this number; nothing of the number is kept or logged.

    Each look-up is a line of the caller's log of openings, also one that finds nothing, and a post
    makes so many in an hour.

    Accusations are never found, nor what complains of the caller's own unit. Whether a case is the
    same matter a person decides: `repeat_of` of the filing says so.
    """
    if not office.marks.has_key:
        raise LookUpNotSetUp
    await _count(office, actor)
    marks = person_marks.marks_of(office.marks, body.model_dump(include={"id_number", "phone"}))
    found = await alike(office, actor, marks)
    every_township = await _is_county_office(office, actor)
    shown = [each for each in found if every_township or each.division == actor.scope]
    own = shown[:MOST_SHOWN]
    await note_shown(
        office,
        actor,
        [new_id(actor.scope), *(each.case_id for each in own)],
        route=_SHOWN_BY,
        purpose=OpeningPurpose.BEFORE_REGISTERING,
    )
    items = [case_alike(each, body.category, body.village_code) for each in own]
    return answered({"items": items, "elsewhere": _elsewhere(found, shown)})


async def _count(office: Office, actor: Actor) -> None:
    seconds = await seconds_to_wait(
        office.resident_limits.counts, office.look_ups_per_post, "look-up", actor.place
    )
    if seconds is not None:
        raise TooManyLookUps(seconds)


async def alike(office: Office, actor: Actor, marks: Marks) -> list[FoundCase]:
    """The cases of the county with one of the marks, but those that the caller does not see."""
    every = [mark for found in marks.values() for mark in found]
    if not every:
        return []
    hidden = await hidden_complaints(office, actor)
    return await person_marks.find(office.pool, actor.scope, every, hidden=hidden)


def case_alike(
    case: FoundCase, category: Category | None, village_code: str | None
) -> dict[str, object]:
    """A found case as it is shown, with what it has in common with the new one."""
    return {
        "case_id": case.case_id,
        "number": case.number,
        "received_on": case.received_on.isoformat(),
        "category": case.category,
        "state": case.state,
        "reasons": list(_reasons(case, category, village_code)),
    }


def _reasons(
    case: FoundCase, category: Category | None, village_code: str | None
) -> Iterator[AlikeBy]:
    yield from (each for each in AlikeBy if each.value in case.kinds)
    if category is not None and case.category == category:
        yield AlikeBy.CATEGORY
    if village_code is not None and case.village_code == village_code:
        yield AlikeBy.VILLAGE


async def _is_county_office(office: Office, actor: Actor) -> bool:
    """Whether it is of the county's petition office, which sees the cases of all townships."""
    if len(actor.scope) != COUNTY:
        return False
    registry = await office.registry(actor.scope)
    return actor.unit == registry.petition_office(actor.scope, china_day(office.now()))


def _elsewhere(found: Sequence[FoundCase], shown: Sequence[FoundCase]) -> int:
    """A matter that went through several ledgers counts once, and not where one case is shown."""
    return len({_home(each) for each in found} - {_home(each) for each in shown})


def _home(case: FoundCase) -> str:
    return case.home_case_id or case.case_id
