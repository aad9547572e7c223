"""Drafts: a post's own, sealed, gone with the command that they became or after fourteen days."""

from typing import Any

import httpx
import psycopg
import pytest

from shared.drafts.purging import delete_drafts
from shared.drafts.storing import MOST
from shared.identity import Role
from tests.intake.doors import COUNTY, FILE_HERE, TOWNSHIP, Doors, a_filing, problem
from tests.intake.sealing import as_superuser
from tests.legal_acts import DIVERTED

pytestmark = pytest.mark.parts

WORDS = {"narrative": "门前积水。", "person": {"name": "赵钱孙"}}


async def asked(
    doors: Doors,
    method: str,
    path: str,
    *,
    values: Any = None,
    ref: str = "post-1",
    division: str = TOWNSHIP,
    **claims: Any,
) -> httpx.Response:
    headers = doors.tokens.headers(Role.HANDLER, division, ref, **claims)
    json = None if values is None else {"values": values}
    return await doors.http.request(method, f"/drafts/{path}", json=json, headers=headers)


async def test_a_post_finds_what_it_saved_last(doors: Doors) -> None:
    assert (await asked(doors, "PUT", "accept/a-1", values={"a": 1})).status_code == 200
    saved = await asked(doors, "PUT", "accept/a-1", values=WORDS)
    assert saved.json()["kept_until"] > saved.json()["saved_at"]
    found = await asked(doors, "GET", "accept/a-1")
    assert found.json() == saved.json() | {"values": WORDS}
    assert (await asked(doors, "DELETE", "accept/a-1")).status_code == 204
    assert problem(await asked(doors, "GET", "accept/a-1")) == "draft-not-found"
    assert (await asked(doors, "DELETE", "accept/a-1")).status_code == 204


async def test_to_every_other_post_there_is_none(doors: Doors) -> None:
    await asked(doors, "PUT", "accept/a-2", values=WORDS)
    for other in (
        {"ref": "post-2"},
        {"division": COUNTY},
        {"division": "519900102"},
    ):
        assert problem(await asked(doors, "GET", "accept/a-2", **other)) == "draft-not-found"
        assert (await asked(doors, "DELETE", "accept/a-2", **other)).status_code == 204
    assert problem(await asked(doors, "GET", "link/a-2")) == "draft-not-found"
    nobody = await asked(doors, "GET", "accept/a-2", unit=None, post=None)
    assert (problem(nobody), nobody.status_code) == ("post-missing", 403)
    assert (await asked(doors, "GET", "accept/a-2")).status_code == 200


async def test_nothing_of_it_is_readable_in_the_table(doors: Doors) -> None:
    await asked(doors, "PUT", "accept/13912345678", values=WORDS)
    with psycopg.connect(doors.database.superuser_dsn) as connection:
        [(rows,)] = connection.execute("select string_agg(d::text, '') from vault_draft d")
    for word in ("赵钱孙", "13912345678", "narrative"):
        assert word not in rows
        assert word.encode().hex() not in rows


async def test_it_is_gone_with_the_accepted_command_and_stays_with_a_refused_one(
    doors: Doors,
) -> None:
    case_id = await doors.file()
    for form in ("divert", "close"):
        await asked(doors, "PUT", f"{form}/{case_id}", values=WORDS)
    refused = await doors.post(f"/cases/{case_id}/close", {"outcome": "supported"})
    assert problem(refused) == "case-still-open"
    await doors.tell(case_id, DIVERTED)
    assert problem(await asked(doors, "GET", f"divert/{case_id}")) == "draft-not-found"
    assert (await asked(doors, "GET", f"close/{case_id}")).status_code == 200


async def test_a_filing_takes_its_draft_along_by_the_key(doors: Doors) -> None:
    for ref in ("post-1", "post-2"):
        await asked(doors, "PUT", "cases/form-7", values=WORDS, ref=ref)
    filed = await doors.post(FILE_HERE, a_filing(), role=Role.CLERK, Idempotency_Key="form-7")
    assert filed.status_code == 201
    assert problem(await asked(doors, "GET", "cases/form-7")) == "draft-not-found"
    assert (await asked(doors, "GET", "cases/form-7", ref="post-2")).status_code == 200


async def test_it_is_bounded_in_size_and_number(doors: Doors) -> None:
    large = await asked(doors, "PUT", "accept/large", values={"a": "x" * 70_000})
    assert problem(large) == "body-too-large"
    for number in range(MOST):
        answer = await asked(doors, "PUT", f"accept/n-{number}", values={}, ref="post-many")
        assert answer.status_code == 200
    one_more = await asked(doors, "PUT", "accept/more", values={}, ref="post-many")
    assert (problem(one_more), one_more.status_code) == ("too-many-drafts", 409)
    again = await asked(doors, "PUT", "accept/n-1", values={"a": 2}, ref="post-many")
    assert again.status_code == 200
    await asked(doors, "DELETE", "accept/n-2", ref="post-many")
    one_more = await asked(doors, "PUT", "accept/more", values={}, ref="post-many")
    assert one_more.status_code == 200


async def test_after_fourteen_days_it_is_found_by_nobody_and_the_daily_job_deletes_it(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    for name in ("old", "new", "emptied"):
        await asked(doors, "PUT", f"accept/{name}", values=WORDS)
    await asked(doors, "DELETE", "accept/emptied")
    old = "update vault_draft set saved_at = saved_at - interval '14 days' where draft_key = %s"
    with psycopg.connect(doors.database.superuser_dsn) as connection:
        [(key,)] = connection.execute(
            "select draft_key from vault_draft where sealed is not null order by saved_at limit 1"
        )
    as_superuser(doors, old, (key,))
    assert problem(await asked(doors, "GET", "accept/old")) == "draft-not-found"
    assert delete_drafts(doors.database.owner_dsn, COUNTY) == 2
    assert (await asked(doors, "GET", "accept/new")).status_code == 200
    assert delete_drafts(doors.database.owner_dsn, COUNTY) == 0
