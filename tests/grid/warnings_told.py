"""Warnings and watched matters by their API: what their tests send."""

from typing import Any

from services.grid.domain.early_warning import WarningCommand
from services.grid.domain.early_warning.raising import RaiseWarning
from services.grid.domain.named_ids import warning_id
from shared.contracts.early_warning_codes import (
    WarningLevel,
    WarningRule,
    WarningSource,
    WarningSubject,
)
from shared.divisions import new_id
from shared.handling import CommandRequest, ready
from shared.identity import Role
from shared.ledger import Author
from tests.grid.doors import COUNTY, TOWNSHIP, Body, Doors
from tests.grid.test_reports import submit

RAISE = f"/townships/{TOWNSHIP}/warnings"
WATCH = f"/townships/{TOWNSHIP}/watches"
WORDS = "他说今晚要去工地拼命。"
PLAN = "每周走访一次,联系工地。"
LATE = "labour-office"
ENTRY = {
    "owner_unit": "mediation-centre",
    "plan": PLAN,
    "review_by": "2199-01-01",
    "expires_on": "2199-06-30",
}

CLERK: Body = {"role": Role.CLERK}
OTHER_CLERK: Body = {"role": Role.CLERK, "ref": "post-2", "claims": {"unit": "women-office"}}
LEADER: Body = {"role": Role.TOWNSHIP_LEADER, "claims": {"unit": "township-office"}}
COUNTY_LEADER: Body = {"role": Role.COUNTY_LEADER, "division": COUNTY, "ref": "post-county"}
AUDITOR: Body = {"role": Role.AUDITOR, "division": COUNTY, "ref": "post-audit"}
BACKFILL: Body = {"role": Role.BACKFILL, "ref": "backfill", "claims": {"unit": None, "post": None}}


def handler(unit: str) -> Body:
    return {"role": Role.HANDLER, "ref": f"post-{unit}", "claims": {"unit": unit}}


def worker(post: str) -> Body:
    return {"role": Role.GRID_WORKER, "ref": post, "claims": {"unit": "grid-centre"}}


async def a_matter(doors: Doors, post: str | None = None, **changes: Any) -> str:
    """The matter of a report in a village of its own, in which that post serves a grid."""
    grid = await doors.grid(await doors.village())
    if post is not None:
        await doors.assign(grid, await doors.worker(post=post))
    return str((await submit(doors, grid, **changes))["matter_id"])


async def told(doors: Doors, matter_id: str, kind: str = "matter", **how: Any) -> Body:
    body = {"subject_kind": kind, "level": "red", "matter_id": matter_id, "words": WORDS}
    return await doors.done(RAISE, body | how.pop("body", {}), 201, **({**CLERK, **how}))


async def an_event_of(doors: Doors, matter_id: str) -> str:
    """The event by which the matter's report was submitted."""
    (report,) = (await doors.get("/reports", matter_id=matter_id)).json()["items"]
    shown = (await doors.get(f"/reports/{report['report_id']}")).json()
    return str(shown["history"][0]["event_id"])


async def by_a_rule(doors: Doors, **changes: Any) -> str:
    """A warning that a rule raises, of a term of the labour office; gives its id."""
    subject = str(changes.pop("subject", new_id(TOWNSHIP)))
    now = changes.pop("now", None) or doors.office.now()
    stated: dict[str, Any] = {
        "warning_id": warning_id(TOWNSHIP, WarningRule.TERM, subject, 1),
        "level": WarningLevel.RED,
        "subject_kind": WarningSubject.AGENCY_CLOCK,
        "subject": subject,
        "rule": WarningRule.TERM,
        "rule_version": 1,
        "reason": "办理时限已过。",
        "reason_en": "The term is over.",
        "source": WarningSource.MONITORING,
        "dispose_by": doors.office.warning_life.dispose_by(WarningLevel.RED, now),
        "episode": 1,
        "because": (new_id(TOWNSHIP),),
        "unit": LATE,
    } | changes
    command: WarningCommand = RaiseWarning(**stated)
    warned = str(stated["warning_id"])
    await doors.office.warnings.handle(
        CommandRequest(
            stream_id=warned,
            author=Author(scope=COUNTY, actor_ref="policy:grid"),
            prepare=ready(command, at=now),
        )
    )
    return warned


async def listed(doors: Doors, of: str = "/warnings", **how: Any) -> list[str]:
    answer = await doors.get(of, limit=200, **how)
    assert answer.status_code == 200, answer.text
    key = "warning_id" if of == "/warnings" else "watch_id"
    return [each[key] for each in answer.json()["items"]]


async def head_of(doors: Doors) -> int:
    """The position after which a page of the township's ledger has what comes next."""
    return (await doors.office.ledger.heads(COUNTY, [TOWNSHIP]))[TOWNSHIP]
