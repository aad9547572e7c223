"""A matter bounces through two townships to the county and back to a served opinion."""

import pytest

from shared.identity import Role
from tests.flow.doors import Doors
from tests.flow.passing import COUNTY, Matter, to
from tests.opinions import an_opinion

pytestmark = [pytest.mark.parts, pytest.mark.slow]

A, B = "519900164", "519900165"
NOT_OURS = {"reason_code": "not-competent"}


async def test_it_bounces_and_comes_to_a_served_opinion(doors: Doors) -> None:
    matter = Matter.filed(doors, A)
    home = matter.home
    matter.done(home, "forward", to(B))
    assert matter.shown()["holder"]["division"] == B
    first = await matter.arrived(B)
    matter.done(first, "object", NOT_OURS)
    await matter.step(home, first, "objected")
    matter.done(home, "decide-objection", {"upheld": True})
    assert await matter.arrived(A) == home
    matter.done(home, "forward", to(B))
    second = await matter.arrived(B)
    assert second != first
    matter.done(second, "object", NOT_OURS)
    above = await matter.arrived(COUNTY)
    assert matter.shown(second)["state"] == "returned"
    matter.done(above, "assign", to(A, "water-bureau") | {"report_due": "2035-01-01T00:00:00Z"})
    assert await matter.arrived(A) == home
    assert matter.shown()["holder"]["unit"] == "water-bureau"
    matter.done(home, "accept", {"responsible_unit": "water-bureau"})
    opinion = {"result": "supported", "opinion": an_opinion("渠道已修好。")}
    matter.done(home, "answer", opinion | {"method": "in-person"})
    await matter.step(above, home, "answered")
    assert matter.kinds(home) == [
        "case-filed",
        *("case-forwarded", "transfer-noted", "transfer-noted", "remit-objection-decided"),
        *("transfer-noted", "case-forwarded", "transfer-noted", "transfer-noted"),
        *("transfer-noted", "case-forwarded", "transfer-noted"),
        *("transfer-noted", "case-forwarded"),
        *("case-routed", "case-accepted", "opinion-issued", "opinion-served"),
    ]
    shown = matter.shown()
    assert shown["state"] == "answered"
    assert [each["division"] for each in shown["hops"]] == [B, B, COUNTY]
    assert matter.shown(above)["report_due"] == "2035-01-01T00:00:00Z"


async def test_the_petitioner_s_words_are_read_by_the_holder_and_its_sender_reads_nothing(
    doors: Doors,
) -> None:
    matter = Matter.filed(doors, A)
    matter.done(matter.home, "forward", to(B))
    theirs = await matter.arrived(B)
    own = matter.shown(theirs)["history"][0]["data"]
    before = matter.shown()["history"][0]["data"]
    assert own["content_digest"] != before["content_digest"]
    assert own["person_ref"].startswith(B)
    assert own["matter_id"] == before["matter_id"]
    bearer = doors.bearer(Role.CLERK, A)
    address = f"{doors.run.url('intake')}/cases/{theirs}"
    assert doors.client.get(address, headers=bearer).status_code == 404
