"""Papers filled in through the door, as several tests need them."""

from typing import Any

import psycopg

from shared.office.paper_values import written_of
from tests.mediation.doors import CONSENT, Committee, Doors, assign, hold
from tests.mediation.papers.samples import BY_FORM


def written(form: str, *left_out: str, **changes: Any) -> dict[str, Any]:
    values = {key: value for key, value in BY_FORM[form].items() if key not in left_out}
    return {"form": form, "values": written_of(values) | changes}


def done_at_once(*left_out: str, **changes: Any) -> dict[str, Any]:
    """An agreement that may be signed on any day, since it has none by which something is due."""
    at_once = {"performance_by": "签字时当场付清。"}
    return written("mediation-agreement", "number", "instalments", *left_out, **at_once, **changes)


async def fill_in(doors: Doors, mediation_id: str, paper: dict[str, Any]) -> dict[str, Any]:
    answer = await doors.post(f"/mediations/{mediation_id}/fill-in-paper", paper)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def history(doors: Doors, mediation_id: str) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = (await doors.get(f"/mediations/{mediation_id}")).json()[
        "history"
    ]
    return events


async def listed(doors: Doors, mediation_id: str) -> list[str]:
    """The digests of the papers that stand."""
    found = (await doors.get(f"/mediations/{mediation_id}/papers")).json()["items"]
    return [paper["digest"] for paper in found]


def erase(doors: Doors, ref: str) -> None:
    """As the law asks: the key goes, and with it all that it had sealed."""
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        gone = superuser.execute("delete from vault_person where person_ref = %s", (ref,))
        assert gone.rowcount == 1


async def in_session(doors: Doors, committee: Committee) -> str:
    mediation_id = await doors.apply(committee)
    await doors.tell(mediation_id, CONSENT, assign(committee), hold(committee))
    return mediation_id
