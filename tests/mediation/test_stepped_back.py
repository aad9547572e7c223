"""Who has stepped back from a dispute is shown no name and no text of it, and no other is kept out."""

from typing import Any

import pytest

from shared.identity import Role
from tests.attack.mediation_wishes import OF_A_DISPUTE, with_ids_of
from tests.attack.wish import HERE
from tests.mediation.doors import POST, TOWNSHIP, Committee, Doors, problem, sign
from tests.mediation.filling import fill_in, history, in_session, written

pytestmark = pytest.mark.parts
PAPER = written("mediation-session-record")
RECUSED = "stepped-back"


@pytest.fixture
async def paper(doors: Doors, committee: Committee) -> tuple[str, str]:
    """A dispute of which a mediator has stepped back, and a paper of it."""
    mediation_id = await in_session(doors, committee)
    await doors.tell(mediation_id, ("draft", {"dictation": "沟归两家共用。"}))
    digest = (await fill_in(doors, mediation_id, PAPER))["digest"]
    body = {"mediator_id": committee.mediator, "ground": "relative"}
    await doors.tell(mediation_id, ("recuse", body))
    return mediation_id, digest


def pages(mediation_id: str, digest: str) -> list[str]:
    pages = ("sheet", "draft", "papers", f"papers/{digest}", "file")
    return [f"/mediations/{mediation_id}/{page}" for page in pages]


async def test_the_one_who_stepped_back_reads_no_name_and_no_text_of_it(
    doors: Doors, paper: tuple[str, str]
) -> None:
    for page in pages(*paper):
        assert problem(await doors.get(page, ref=POST)) == RECUSED, page
    told = await doors.post(f"/mediations/{paper[0]}/fill-in-paper", PAPER, ref=POST)
    assert (told.status_code, problem(told)) == (403, RECUSED)
    before = await history(doors, paper[0])
    # the sentences of a dictation are cut by the names on record, and take the place of the draft
    dictated = await doors.post(
        f"/mediations/{paper[0]}/draft", {"dictation": "吴桂兰同意。"}, ref=POST
    )
    assert (dictated.status_code, problem(dictated)) == (403, RECUSED)
    assert await history(doors, paper[0]) == before


async def test_the_course_without_names_and_texts_is_shown_as_to_every_mediator(
    doors: Doors, paper: tuple[str, str]
) -> None:
    path = f"/mediations/{paper[0]}"
    own, anothers = [await doors.get(path, ref=ref) for ref in (POST, "post-of-another")]
    assert own.json() | {"actions": []} == anothers.json() | {"actions": []}
    assert own.json()["history"][-1]["event"] == "mediator-recused"


@pytest.mark.parametrize(
    "who",
    [
        {"ref": "post-of-another-mediator"},
        {"ref": POST, "role": Role.CLERK},
        {"ref": "post-leader", "role": Role.TOWNSHIP_LEADER},
    ],
)
async def test_everybody_else_who_speaks_with_the_people_goes_on(
    doors: Doors, paper: tuple[str, str], who: dict[str, Any]
) -> None:
    for page in pages(*paper):
        answer = await doors.get(page, **who)
        assert answer.status_code == 200 or problem(answer) == "file-lacks", page


async def test_who_left_the_roster_after_stepping_back_stays_out(doors: Doors) -> None:
    committee = await doors.set_up(post="post-he")
    mediation_id = await in_session(doors, committee)
    body = {"mediator_id": committee.mediator, "ground": "relative"}
    await doors.tell(mediation_id, ("recuse", body))
    sheet = f"/mediations/{mediation_id}/sheet"
    struck = await doors.post(f"/mediators/{committee.mediator}/strike", role=Role.CLERK)
    assert struck.status_code == 200, struck.text
    assert problem(await doors.get(sheet, ref="post-he")) == RECUSED


async def comes_as(doors: Doors, mediator_id: str, post: str) -> None:
    body = {"kinds": ["certified"], "post": post}
    answer = await doors.post(f"/mediators/{mediator_id}/enrol", body, role=Role.CLERK)
    assert answer.status_code == 200, answer.text


async def test_who_comes_as_another_post_stays_out_as_each_of_them(doors: Doors) -> None:
    committee = await doors.set_up(post="post-first")
    await comes_as(doors, committee.mediator, "post-second")
    mediation_id = await in_session(doors, committee)
    await doors.tell(
        mediation_id, ("recuse", {"mediator_id": committee.mediator, "ground": "relative"})
    )
    for post in ("post-third", "post-second", "post-third", "post-fourth"):
        await comes_as(doors, committee.mediator, post)
    for post in ("post-first", "post-second", "post-third", "post-fourth"):
        for page in pages(mediation_id, "00" * 32):
            assert problem(await doors.get(page, ref=post)) == RECUSED, (post, page)


async def test_a_post_of_before_that_is_anothers_now_is_not_kept_out(doors: Doors) -> None:
    committee = await doors.set_up(post="post-mistyped")
    mediation_id = await in_session(doors, committee)
    await doors.tell(
        mediation_id, ("recuse", {"mediator_id": committee.mediator, "ground": "relative"})
    )
    await comes_as(doors, committee.mediator, "post-right")
    sheet = f"/mediations/{mediation_id}/sheet"
    assert problem(await doors.get(sheet, ref="post-mistyped")) == RECUSED
    await comes_as(doors, committee.mediators[1], "post-mistyped")
    assert (await doors.get(sheet, ref="post-mistyped")).status_code == 200
    assert problem(await doors.get(sheet, ref="post-right")) == RECUSED
    # who has stepped back as well is kept out whosever the post was
    both = {"mediator_id": committee.mediators[1], "ground": "relative"}
    await doors.tell(mediation_id, ("assign", {"mediator_id": committee.mediators[1]}))
    await doors.tell(mediation_id, ("recuse", both))
    assert problem(await doors.get(sheet, ref="post-mistyped")) == RECUSED


async def test_nobody_takes_back_their_own_recusal(
    doors: Doors, committee: Committee, paper: tuple[str, str]
) -> None:
    before = await history(doors, paper[0])
    taken = {"mediator_id": committee.mediator, "reason": "by-mistake"}
    told = await doors.post(f"/mediations/{paper[0]}/void-recusal", taken, ref=POST)
    assert (told.status_code, problem(told)) == (403, RECUSED)
    assert await history(doors, paper[0]) == before
    anothers = await doors.post(f"/mediations/{paper[0]}/void-recusal", taken, ref="post-another")
    assert anothers.status_code == 200


async def test_a_recusal_that_was_taken_back_lets_in_again(
    doors: Doors, committee: Committee, paper: tuple[str, str]
) -> None:
    mediation_id, _ = paper
    taken = {"mediator_id": committee.mediator, "reason": "by-mistake"}
    by_the_leader = {"ref": "post-leader", "role": Role.TOWNSHIP_LEADER}
    await doors.tell(mediation_id, ("void-recusal", taken), **by_the_leader)
    assert (await doors.get(f"/mediations/{mediation_id}/sheet")).status_code == 200
    await doors.tell(mediation_id, sign(committee))
    assert (await history(doors, mediation_id))[-1]["event"] == "mediation-succeeded"


@pytest.mark.parametrize("command", sorted(OF_A_DISPUTE))
async def test_who_stepped_back_records_nothing_of_it_any_more(
    doors: Doors, committee: Committee, paper: tuple[str, str], command: str
) -> None:
    before = await history(doors, paper[0])
    body = {
        name: value.replace(HERE, TOWNSHIP) if isinstance(value, str) else value
        for name, value in with_ids_of(committee, OF_A_DISPUTE[command].body).items()
    }
    told = await doors.post(f"/mediations/{paper[0]}/{command}", body, ref=POST)
    assert (told.status_code, problem(told)) == (403, RECUSED)
    assert await history(doors, paper[0]) == before


async def test_nor_are_they_told_by_a_refusal_what_stands_on_the_paper(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    digest = (await fill_in(doors, mediation_id, written("mediation-agreement", "number")))[
        "digest"
    ]
    body = {"mediator_id": committee.mediator, "ground": "relative"}
    await doors.tell(mediation_id, ("recuse", body))
    _, guessed = sign(committee, "2030-01-01", paper=digest, text=None, parts=None)
    told = await doors.post(f"/mediations/{mediation_id}/sign", guessed, ref=POST)
    assert (told.status_code, problem(told)) == (403, RECUSED)


async def test_the_request_by_which_somebody_stepped_back_may_be_repeated(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    body = {"mediator_id": committee.mediator, "ground": "relative"}
    path = f"/mediations/{mediation_id}/recuse"
    first, again = [
        await doors.post(path, body, ref=POST, idempotency_key="stepping-back-1") for _ in range(2)
    ]
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content
