"""A command is decided on the record as it is when it is appended, whatever it was read as."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from services.mediation.stream.policies import follow_intake
from shared.contracts.case_codes import Category
from shared.contracts.intake import CaseReferredToMediation
from shared.divisions import new_id
from shared.identity import Role
from tests.mediation.doors import (
    CONSENT,
    COUNTY,
    KEYS,
    LI,
    REFUSE,
    ROUTES,
    TOWNSHIP,
    WU,
    Body,
    Committee,
    Doors,
    Step,
    a_committee,
    an_application,
    assign,
    hold,
    sign,
)
from tests.mediation.filling import done_at_once, history, written
from tests.overtaking import World, Writer, in_turn, overtaken
from tests.shared.recorded import recorded

pytestmark = pytest.mark.parts

Prepared = Callable[[Doors, Committee], Awaitable[World]]
DRAFT: Step = ("draft", {"dictation": "沟归两家共用，李长根补偿五百元，一个月内付清。"})
NAME: Step = ("name-parties", {"side": "respondent", "parties": [{"person": WU}]})
CONSENT_BY_NAME: Step = ("consent", CONSENT[1] | {"parties": [{"person": LI}], "text": "愿意"})
WITHDRAW: Step = ("withdraw-consent", {"side": "applicant", "routes_told": ROUTES})
ASK_A_COURT: Step = (
    "request-confirmation",
    {"court": "court-1", "jointly_by": ["applicant", "respondent"]},
)


def a_step(doors: Doors, mediation_id: str, step: Step) -> Writer:
    return lambda: doors.post(f"/mediations/{mediation_id}/{step[0]}", step[1])


def at_the_desk(doors: Doors, path: str, body: dict[str, Any] | None = None) -> Writer:
    return lambda: doors.post(path, body, role=Role.CLERK)


def of_a_dispute(first: Step, second: Step, *before: str) -> Prepared:
    """Two commands to one dispute, after those that are named."""

    async def prepare(doors: Doors, committee: Committee) -> World:
        steps = {
            "consent": CONSENT,
            "assign": assign(committee),
            "hold": hold(committee),
            "draft": DRAFT,
            "sign": sign(committee),
        }
        mediation_id = await doors.apply(committee)
        for name in before:
            await doors.tell(mediation_id, steps[name])
        writers = [a_step(doors, mediation_id, _of(step, committee)) for step in (first, second)]
        return World(doors.office.ledger, TOWNSHIP, *writers)

    return prepare


SIGN: Step = ("sign", {})
PAPER: Step = ("fill-in-paper", done_at_once())
ANOTHER_PAPER: Step = ("fill-in-paper", done_at_once(copies=9))
NOTICE: Step = ("fill-in-paper", written("mediation-termination", "number"))


def _of(step: Step, committee: Committee) -> Step:
    return sign(committee) if step == SIGN else step


OF_RESPONDENTS: Body = {"side": "respondent"}
VOID_END: Body = {"reason": "by-mistake"}
IN_SESSION = ("consent", "assign", "hold")


def of_a_committee(verb: str, rival: str, **changes: Any) -> Prepared:
    async def prepare(doors: Doors, _: Committee) -> World:
        committee = await doors.set_up()
        base = f"/committees/{committee.committee_id}"
        members = [*committee.mediators, await doors.enrol()]
        body = {"members": members, "women": 2} | changes
        rivals = {
            "strike": f"/mediators/{committee.mediator}/strike",
            "dissolve": f"{base}/dissolve",
        }
        return World(
            doors.office.ledger,
            TOWNSHIP,
            at_the_desk(doors, f"{base}/{verb}", body),
            at_the_desk(doors, rivals[rival]),
        )

    return prepare


async def founding_with_a_member_who_leaves(doors: Doors, _: Committee) -> World:
    committee = await doors.set_up()
    path, body = f"/townships/{TOWNSHIP}/committees", a_committee(committee.mediators)
    return World(
        doors.office.ledger,
        TOWNSHIP,
        lambda: doors.post(path, body, role=Role.BACKFILL),
        at_the_desk(doors, f"/mediators/{committee.mediator}/strike"),
    )


def of_a_mediator(rival: str, body: dict[str, Any] | None) -> Prepared:
    async def prepare(doors: Doors, _: Committee) -> World:
        base = f"/mediators/{await doors.enrol()}"
        again = {"kinds": ["retired-cadre"], "post": "post-he"}
        return World(
            doors.office.ledger,
            TOWNSHIP,
            at_the_desk(doors, f"{base}/enrol", again),
            at_the_desk(doors, f"{base}/{rival}", body),
        )

    return prepare


async def assigning_who_leaves(doors: Doors, _: Committee) -> World:
    committee = await doors.set_up()
    mediation_id = await doors.apply(committee)
    return World(
        doors.office.ledger,
        TOWNSHIP,
        a_step(doors, mediation_id, assign(committee)),
        at_the_desk(doors, f"/mediators/{committee.mediator}/strike"),
    )


async def applying_to_a_committee_that_is_dissolved(doors: Doors, _: Committee) -> World:
    committee = await doors.set_up()
    path, body = f"/townships/{TOWNSHIP}/mediations", an_application(committee)
    return World(
        doors.office.ledger,
        TOWNSHIP,
        lambda: doors.post(path, body, role=Role.BACKFILL),
        at_the_desk(doors, f"/committees/{committee.committee_id}/dissolve"),
    )


async def a_referral_to_a_committee_that_is_dissolved(doors: Doors, _: Committee) -> World:
    committee = await doors.set_up()
    case_id = new_id(TOWNSHIP)
    fact = CaseReferredToMediation(
        case_id=case_id,
        matter_id=new_id(TOWNSHIP),
        committee_id=committee.committee_id,
        category=Category.LAND,
    )
    event = recorded("/intake", case_id, fact)
    following = follow_intake(doors.office.ledger, KEYS, county=COUNTY)

    async def follow() -> None:
        async with doors.pool.connection() as connection:
            await following.apply(connection, [event])

    dissolve = at_the_desk(doors, f"/committees/{committee.committee_id}/dissolve")
    return World(doors.office.ledger, TOWNSHIP, follow, dissolve)


async def an_ended_dispute(doors: Doors, committee: Committee) -> tuple[str, str]:
    """A dispute that came to nothing, and the party who applied."""
    mediation_id = await doors.apply(committee)
    await doors.tell(mediation_id, REFUSE)
    applied = (await history(doors, mediation_id))[0]["data"]
    return mediation_id, str(applied["applicants"][0])


def erasing(doors: Doors, party_id: str) -> Writer:
    path, body = f"/parties/{party_id}/erase", {"reason_code": "at-request"}
    return lambda: doors.post(path, body, role=Role.TOWNSHIP_LEADER)


def applying_again(doors: Doors, committee: Committee, party_id: str) -> Writer:
    body = an_application(committee, applicants=[{"party_id": party_id}])
    path = f"/townships/{TOWNSHIP}/mediations"
    return lambda: doors.post(path, body, role=Role.BACKFILL)


async def applying_with_a_party_who_is_erased(doors: Doors, committee: Committee) -> World:
    _, party_id = await an_ended_dispute(doors, committee)
    apply, erase = applying_again(doors, committee, party_id), erasing(doors, party_id)
    return World(doors.office.ledger, TOWNSHIP, apply, erase)


async def erasing_a_party_who_applies(doors: Doors, committee: Committee) -> World:
    _, party_id = await an_ended_dispute(doors, committee)
    apply, erase = applying_again(doors, committee, party_id), erasing(doors, party_id)
    return World(doors.office.ledger, TOWNSHIP, erase, apply)


def of_a_party(verb: str, body: dict[str, Any], *, erased_first: bool) -> Prepared:
    """A party of an ended dispute is named in another one and erased."""

    async def prepare(doors: Doors, committee: Committee) -> World:
        _, party_id = await an_ended_dispute(doors, committee)
        other = await doors.apply(committee, respondents=[])
        step = (verb, body | {"parties": [{"party_id": party_id}]})
        writers = [a_step(doors, other, step), erasing(doors, party_id)]
        return World(doors.office.ledger, TOWNSHIP, *writers[:: -1 if erased_first else 1])

    return prepare


async def erasing_while_the_dispute_goes_on_again(doors: Doors, committee: Committee) -> World:
    mediation_id, party_id = await an_ended_dispute(doors, committee)

    async def go_on() -> Any:
        await doors.post(f"/mediations/{mediation_id}/void-end", VOID_END)
        consent = CONSENT[1] | {"text": "愿意"}
        return await doors.post(f"/mediations/{mediation_id}/consent", consent)

    return World(doors.office.ledger, TOWNSHIP, erasing(doors, party_id), go_on)


SITES: dict[str, Prepared] = {
    "sign and withdraw": of_a_dispute(SIGN, WITHDRAW, *IN_SESSION),
    "sign and draft": of_a_dispute(SIGN, DRAFT, *IN_SESSION),
    "draft and draft": of_a_dispute(DRAFT, DRAFT, *IN_SESSION),
    "draft and sign": of_a_dispute(DRAFT, SIGN, *IN_SESSION, "draft"),
    "ask a court and sign": of_a_dispute(ASK_A_COURT, SIGN, *IN_SESSION),
    "ask a court and ask it": of_a_dispute(ASK_A_COURT, ASK_A_COURT, *IN_SESSION, "sign"),
    "name and consent": of_a_dispute(NAME, CONSENT_BY_NAME),
    "consent and name": of_a_dispute(CONSENT, NAME),
    "consent and refuse": of_a_dispute(CONSENT, REFUSE),
    "consent and withdraw": of_a_dispute(CONSENT_BY_NAME, WITHDRAW),
    "paper and sign": of_a_dispute(PAPER, SIGN, *IN_SESSION),
    "paper and paper": of_a_dispute(PAPER, ANOTHER_PAPER, *IN_SESSION),
    "notice and sign": of_a_dispute(NOTICE, SIGN, *IN_SESSION),
    "fill seats and strike": of_a_committee("fill-seats", "strike"),
    "fill seats and dissolve": of_a_committee("fill-seats", "dissolve"),
    "renew and strike": of_a_committee("renew-term", "strike", term_from="2028-01-01"),
    "renew and dissolve": of_a_committee("renew-term", "dissolve", term_from="2028-01-01"),
    "found and strike": founding_with_a_member_who_leaves,
    "enrol and strike": of_a_mediator("strike", None),
    "enrol and enrol": of_a_mediator("enrol", {"kinds": ["certified", "respected-elder"]}),
    "assign and strike": assigning_who_leaves,
    "apply and dissolve": applying_to_a_committee_that_is_dissolved,
    "referral and dissolve": a_referral_to_a_committee_that_is_dissolved,
    "apply and erase": applying_with_a_party_who_is_erased,
    "erase and apply": erasing_a_party_who_applies,
    "name and erase": of_a_party("name-parties", OF_RESPONDENTS, erased_first=False),
    "erase and name": of_a_party("name-parties", OF_RESPONDENTS, erased_first=True),
    "consent and erase": of_a_party("consent", CONSENT[1], erased_first=False),
    "erase and consent": of_a_party("consent", CONSENT[1], erased_first=True),
    "erase and go on": erasing_while_the_dispute_goes_on_again,
}


@pytest.mark.parametrize("site", SITES)
async def test_an_overtaken_command_comes_to_what_one_of_the_orders_gives(
    doors: Doors, committee: Committee, site: str
) -> None:
    prepare = SITES[site]
    either = [
        await in_turn(await prepare(doors, committee), *order)
        for order in (("second", "first"), ("first", "second"))
    ]
    came = []
    for between in ("stream", "append"):
        outcome, happened = await overtaken(await prepare(doors, committee), between)
        assert outcome in either, between
        came.append(happened)
    assert any(came), "nobody was overtaken"
