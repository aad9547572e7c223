"""Mediation's door over a real database, without a relay: what the tests of its API enter by."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx

from services.mediation.api.office import Office
from services.mediation.migrate import VERSIONS
from services.mediation.server import ROUTERS
from shared.identity import Role
from tests.migrated import migrated
from tests.office_doors import (
    COUNTY,
    KEYS,
    MARKS,
    NEIGHBOUR,
    TOWNSHIP,
    Body,
    OfficeDoors,
    Step,
    doors_of,
    problem,
)
from tests.parts import FreshDatabase, PostgresForTests

__all__ = ["COUNTY", "KEYS", "MARKS", "NEIGHBOUR", "TOWNSHIP", "Body", "Step", "problem"]
POST = "post-wu"
ROUTES = ["court", "arbitration"]
WU, LI = {"name": "吴桂兰", "phone": "13900000001", "address": "青云村三组"}, {"name": "李长根"}


def fresh_mediation(postgres: PostgresForTests) -> FreshDatabase:
    return migrated(postgres, "mediation", VERSIONS)


@dataclass(frozen=True)
class Committee:
    """A township's committee and its members."""

    committee_id: str
    mediators: tuple[str, ...]

    @property
    def mediator(self) -> str:
        return self.mediators[0]


class Doors(OfficeDoors[Office]):
    writing, reading, ref = Role.MEDIATOR, Role.MEDIATOR, POST

    async def begun(self, path: str, body: Body, role: Role = Role.BACKFILL) -> Body:
        """The answer to what begins a stream."""
        answer = await self.post(path, body, role=role, division=COUNTY)
        assert answer.status_code == 201, answer.text
        told: Body = answer.json()
        return told

    async def enrol(self, division: str = TOWNSHIP, **changes: Any) -> str:
        body = {"person": {"name": "何秀英"}, "kinds": ["certified"], "occurred_at": LONG_AGO}
        told = await self.begun(f"/townships/{division}/mediators", body | changes)
        return str(told["mediator_id"])

    async def set_up(
        self, division: str = TOWNSHIP, post: str = POST, **changes: Any
    ) -> Committee:
        """Three mediators, the first of whom is the post, and their committee."""
        first = await self.enrol(division, post=post)
        members = (first, await self.enrol(division), await self.enrol(division))
        told = await self.begun(
            f"/townships/{division}/committees", a_committee(members, **changes)
        )
        return Committee(str(told["committee_id"]), members)

    async def apply(self, committee: Committee, **changes: Any) -> str:
        """A dispute in the register; gives its id."""
        division = committee.committee_id.partition("-")[0]
        path = f"/townships/{division}/mediations"
        return str((await self.begun(path, an_application(committee, **changes)))["mediation_id"])

    async def tell(self, mediation_id: str, *steps: Step, **how: Any) -> httpx.Response:
        return await self.told(f"/mediations/{mediation_id}", *steps, **how)

    async def state(self, mediation_id: str) -> str:
        return str((await self.get(f"/mediations/{mediation_id}")).json()["state"])


@asynccontextmanager
async def open_doors(database: FreshDatabase) -> AsyncIterator[Doors]:
    office_over = partial(Office.over, marks=MARKS)
    opened = doors_of(
        Doors, database, service="mediation", routers=ROUTERS, office_over=office_over
    )
    async with opened as doors:
        yield doors


LONG_AGO = "2025-01-02T09:00:00+08:00"


def a_committee(mediators: tuple[str, ...], **changes: Any) -> Body:
    return {
        "kind": "township",
        "name": "青云镇",
        "members": list(mediators),
        "women": 1,
        "term_from": "2025-01-01",
        "occurred_at": LONG_AGO,
    } | changes


def an_application(committee: Committee, **changes: Any) -> Body:
    """What a clerk writes down about two neighbours and the line between their homesteads."""
    return {
        "origin": "applied",
        "category": "land",
        "dispute_kind": "house-and-homestead",
        "committee_id": committee.committee_id,
        "applicants": [{"person": WU}],
        "respondents": [{"person": LI}],
        "narrative": "滴水沟归谁，两家各说各的。",
        "occurred_at": LONG_AGO,
    } | changes


CONSENT: Step = ("consent", {"side": "respondent", "how": "orally"})
REFUSE: Step = ("refuse", {"side": "respondent", "routes_told": ROUTES})
LEGALITY = {
    "checked": [
        "free-will",
        "mandatory-law",
        "contracted-land",
        "public-interest",
        "rights-of-others",
        "good-morals",
        "clear-terms",
    ]
}
PARTS = [
    *("number", "parties", "facts", "issue", "liabilities", "terms", "performance-mode"),
    *("performance-date", "party-signatures", "mediator-signature", "committee-seal", "copies"),
]


def assign(committee: Committee) -> Step:
    return "assign", {"mediator_id": committee.mediator}


def hold(committee: Committee, **changes: Any) -> Step:
    body = {
        "mode": "joint",
        "place_kind": "village-office",
        "mediator_id": committee.mediator,
        "people": {"party": 2, "mediator": 1},
        "record": "双方都让了一步。",
    }
    return "hold-session", body | changes


def sign(committee: Committee, *days: str, **changes: Any) -> Step:
    body = {
        "form": "written",
        "mediator_id": committee.mediator,
        "legality": LEGALITY,
        "text": "沟归两家共用，分两次补偿。",
        "parts": PARTS,
    }
    due = {"instalments": list(days)} if days else {}
    return "sign", body | due | changes
