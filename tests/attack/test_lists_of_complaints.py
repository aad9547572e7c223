"""No list, search, page of a ledger, log or evidence names a complaint to the unit that it is about."""

import time
from typing import Any

import pytest

from shared.identity import Role
from tests.attack.forging import Forger
from tests.attack.operations import STREAMS, Operation, operations
from tests.attack.townships import UNIT, Townships, applied, complaint, registered
from tests.attack.wish import HERE
from tests.attack.wishes import WISHES
from tests.flow.mediating import Mediating

pytestmark = [pytest.mark.parts, pytest.mark.slow]
_OTHERS = {Role.BACKFILL, Role.RESIDENT, Role.SCRAPE, Role.HOTLINE}
_STATS_FOLLOWS_WITHIN = 60


def reading(townships: Townships) -> list[Operation]:
    """Whatever is read without naming a record, and the evidence of the figure that counts cases."""
    return [
        each
        for each in operations(townships.doors.run)
        if each.is_gated
        and each.method == "GET"
        and not any(
            f"{{{name}}}" in each.template for name in (*STREAMS, "digest", "event_id", "draft_id")
        )
        and not each.needs("of")
    ]


def ask(townships: Townships, operation: Operation, bearer: dict[str, str], after: int) -> str:
    params: dict[str, Any] = {}
    if operation.takes("limit"):
        params["limit"] = 500
    if operation.takes("period"):
        params |= {"period": "all", "division": HERE}
    if operation.needs("from"):
        params |= {"from": "2025-01-01", "to": "2025-12-31"}
    if "/ledgers/" in operation.template and operation.takes("after"):
        params |= {"after": after, "limit": 1000}
    return townships.request(operation, bearer, params=params).text


def head(townships: Townships, service: str) -> int:
    bearer = townships.bearer(Role.AUDITOR, HERE)
    address = townships.doors.run.url(service)
    answer = townships.doors.client.get(f"{address}/ledgers", headers=bearer)
    known = {each["division"]: each["sequence"] for each in answer.json()["items"]}
    return int(known.get(HERE, 0))


def prepared(townships: Townships) -> set[str]:
    """A case, a dispute and a signal that complain of one unit; gives their ids."""
    doors = townships.doors
    for more in ({"code": "u-listed"}, {"code": "u-listed-below", "parent": "u-listed"}):
        registered(doors, HERE, "units", UNIT | more)
    post = {"code": "p-listed", "unit": "u-listed-below", "valid_from": "2025-01-01"}
    registered(doors, HERE, "posts", post | {"portfolio_units": ["u-listed"]})
    committee = Mediating(doors, HERE).set_up()
    body = townships.wish(WISHES["/townships/{division}/signals"]).body
    signal = Mediating(doors, HERE).done(
        "grid", Role.CLERK, f"/townships/{HERE}/signals", body | {"complained_unit": "u-listed"}
    )
    return {
        complaint(doors, HERE, "u-listed"),
        applied(doors, HERE, committee, complained_unit="u-listed"),
        str(signal["signal_id"]),
    }


def until_counted(townships: Townships, known: list[Operation], about: set[str]) -> None:
    """Wait until stats has folded the case."""
    evidence = next(each for each in known if each.template.endswith("/evidence"))
    auditor = townships.bearer(Role.AUDITOR, HERE)
    deadline = time.monotonic() + _STATS_FOLLOWS_WITHIN
    while not names_any(ask(townships, evidence, auditor, 0), about):
        assert time.monotonic() < deadline, "stats has not folded the case"
        time.sleep(0.5)


def names_any(text: str, about: set[str]) -> bool:
    return any(each in text for each in about)


def test_the_unit_complained_of_reads_of_it_in_no_list(townships: Townships) -> None:
    heads = {each: head(townships, each) for each in ("intake", "grid", "mediation")}
    about, known = prepared(townships), reading(townships)
    until_counted(townships, known, about)
    wrong, shown_to_others = [], set()
    for operation in known:
        after = heads.get(operation.service, 0)
        members: list[dict[str, Any]] = [
            {"unit": "u-listed"},
            {"unit": "u-listed-below"},
            {"unit": "labour-office", "post": "p-listed"},
        ]
        for role in operation.roles - _OTHERS:
            forger = Forger(townships.doors.run, role, HERE)
            for claims in ({"unit": "petition-office"}, *members):
                bearer = {"Authorization": f"Bearer {forger.token(None, **claims)}"}
                if not names_any(ask(townships, operation, bearer, after), about):
                    continue
                if claims in members:
                    wrong.append((str(operation), role, claims))
                else:
                    shown_to_others.add(str(operation))
    assert wrong == []
    # it is in those that others read, or nothing was shown
    assert {
        "intake: GET /cases",
        "intake: GET /ledgers/{division}/events",
        "grid: GET /signals",
        "grid: GET /ledgers/{division}/events",
        "mediation: GET /mediations",
        "mediation: GET /ledgers/{division}/events",
        "stats: GET /figures/{measure_id}/evidence",
    } <= shown_to_others
