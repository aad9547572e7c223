"""Every route of every document: opened by nobody without a token that is good for it."""

import time
from collections.abc import Mapping
from itertools import product
from typing import Any

import httpx
import pytest

from deploy.local.tokens import issuer_client
from shared.identity import Role
from shared.services import LEDGER_KEEPERS, SERVICES
from tests.attack.forging import Forger
from tests.attack.holdings import held
from tests.attack.operations import DOCUMENTS, STREAMS, Operation, operations
from tests.attack.residents import RESIDENT_ROUTES
from tests.attack.townships import (
    COUNTY,
    OTHER_COUNTY,
    THERE,
    UNIT,
    Townships,
    applied,
    complaint,
    problem,
    registered,
)
from tests.attack.wish import HERE, NOWHERE
from tests.attack.wishes import WISHES
from tests.examples import THOROUGH
from tests.flow.mediating import Mediating

pytestmark = [pytest.mark.parts, pytest.mark.slow]

OPEN = {
    f"{service}: GET {path}"
    for service in DOCUMENTS
    for path in ("/healthz", "/readyz", "/metrics")
} | {
    "issuer: GET /.well-known/openid-configuration",
    "issuer: GET /jwks.json",
    # by number and query code: tests/attack/test_residents.py
    *(f"intake: POST {path}" for path in RESIDENT_ROUTES),
}
REFUSED = ("token-refused", 401)
SHARE = 1 if THOROUGH else 3
NOT_TOKENS: Mapping[str, Mapping[str, str]] = {
    "no header": {},
    "an empty one": {"Authorization": ""},
    "no scheme": {"Authorization": "x"},
    "a scheme alone": {"Authorization": "Bearer"},
    "another scheme": {"Authorization": "Basic YTpi"},
    "in a cookie": {"Cookie": "access_token=x"},
}


def gated(townships: Townships) -> list[Operation]:
    return [each for each in operations(townships.doors.run) if each.is_gated]


def all_held(townships: Townships) -> list[dict[str, object]]:
    return [held(townships.doors.run, service) for service in LEDGER_KEEPERS]


def when_quiet(townships: Townships) -> list[dict[str, object]]:
    """The same once nothing is written any more: what follows of itself has come."""
    before = all_held(townships)
    for _ in range(60):
        time.sleep(0.5)
        after = all_held(townships)
        if after == before:
            break
        before = after
    return before


def test_only_health_and_what_verifies_tokens_is_open(townships: Townships) -> None:
    known = operations(townships.doors.run, *DOCUMENTS)
    assert {str(each) for each in known if not each.is_gated} == OPEN


def test_without_a_token_nothing_opens(townships: Townships) -> None:
    tried = [
        (str(operation), name, problem(townships.request(operation, headers)))
        for operation, (name, headers) in product(gated(townships), NOT_TOKENS.items())
    ]
    assert [each for each in tried if each[2] != ("token-missing", 401)] == []
    assert len(tried) >= 6 * 20


def test_no_forged_token_opens_any_route(townships: Townships) -> None:
    """One post after another that a route takes, so that only the forgery can be what stands.

    `make test` tries a third of the tokens on each route, the next third on the next one;
    `make test-all` tries all of them on all.
    """
    before = when_quiet(townships)
    wrong = []
    forged: dict[Role, list[tuple[str, str]]] = {}
    for place, operation in enumerate(gated(townships)):
        role = min(operation.roles - {Role.RESIDENT})
        if role not in forged:
            forged[role] = list(Forger(townships.doors.run, role, HERE).forged())
        for name, token in forged[role][place % SHARE :: SHARE]:
            answer = townships.request(operation, {"Authorization": f"Bearer {token}"})
            # a head that long is not even read to its end
            if problem(answer) not in {REFUSED, ("head-too-large", 431)}:
                wrong.append((str(operation), name, problem(answer)))
    assert wrong == []
    assert all_held(townships) == before


def test_the_forgers_honest_tokens_open_every_route(townships: Townships) -> None:
    for operation in gated(townships):
        token = Forger(townships.doors.run, min(operation.roles), HERE).honest()
        answer = townships.request(operation, {"Authorization": f"Bearer {token}"})
        # another test may have recused the post from the case; the token was taken even so
        taken = answer.status_code not in {401, 403} or problem(answer)[0] == "recused-from-case"
        assert taken, (str(operation), answer.text)


def test_a_role_that_a_route_does_not_name_is_refused(townships: Townships) -> None:
    before = when_quiet(townships)
    wrong = []
    for operation in gated(townships):
        for role in set(Role) - operation.roles:
            answer = townships.request(operation, townships.bearer(role, HERE))
            if problem(answer) != ("role-not-allowed", 403):
                wrong.append((str(operation), role, problem(answer)))
    assert wrong == []
    assert all_held(townships) == before


def of_cases(townships: Townships) -> list[Operation]:
    """Every command on one case."""
    return [
        each
        for each in gated(townships)
        if each.is_command and each.service == "intake" and each.stream == "case_id"
    ]


def with_a_wish(known: list[Operation]) -> list[Operation]:
    """Those with a good request; that there is one for each is another test's."""
    return [each for each in known if each.template in WISHES]


def test_every_command_on_a_case_needs_a_post(townships: Townships) -> None:
    """A township's own case or another's, a good body or none: the token is looked at first."""
    known = of_cases(townships)
    assert len(known) >= 30
    assert all(each.needs_post for each in known)
    before, wrong = when_quiet(townships), []
    for operation in known:
        for role in operation.roles - {Role.BACKFILL}:
            for without in ({"unit": None}, {"post": None}, {"unit": None, "post": None}):
                token = Forger(townships.doors.run, role, HERE).token(**without)
                for record in (townships.of_here.ids["case_id"], NOWHERE):
                    bearer = {"Authorization": f"Bearer {token}"}
                    answer = townships.request(operation, bearer, record=record)
                    if problem(answer) != ("post-missing", 403):
                        wrong.append((str(operation), role, without, problem(answer)))
    assert wrong == []
    assert all_held(townships) == before


def test_of_another_unit_or_post_nobody_commands_or_sees_a_case(townships: Townships) -> None:
    """In every role that the route takes, but for the leaders of the township."""
    before, wrong = when_quiet(townships), []
    leading = {Role.BACKFILL, Role.TOWNSHIP_LEADER}
    for operation in with_a_wish(of_cases(townships)):
        wish = townships.wish(WISHES[operation.template])
        for role in operation.roles - leading:
            for unit, post in (("water-station", "post-x"), ("petition-office-2", "clerk")):
                token = Forger(townships.doors.run, role, HERE).token(
                    unit=unit, post=post, sub="post-y"
                )
                bearer = {"Authorization": f"Bearer {token}"}
                answer = townships.request(operation, bearer, json=wish.body)
                if problem(answer) != ("case-not-found", 404):
                    wrong.append((str(operation), role, unit, problem(answer)))
    assert wrong == []
    assert all_held(townships) == before


def test_the_unit_complained_of_finds_its_case_by_no_route(townships: Townships) -> None:
    """Nor does a unit below it in the registry."""
    for more in ({"code": "u-complained"}, {"code": "u-below", "parent": "u-complained"}):
        registered(townships.doors, HERE, "units", UNIT | more)
    case_id = complaint(townships.doors, HERE, "u-complained")
    before, wrong = when_quiet(townships), []
    reading = [
        each
        for each in gated(townships)
        if each.service == "intake" and each.stream == "case_id" and not each.is_command
    ]
    for operation in (*reading, *with_a_wish(of_cases(townships))):
        template = operation.template
        body: dict[str, Any] = (
            {"json": townships.wish(WISHES[template]).body} if operation.is_command else {}
        )
        for role, unit in product(operation.roles - {Role.BACKFILL}, ("u-complained", "u-below")):
            token = Forger(townships.doors.run, role, HERE).token(unit=unit)
            bearer = {"Authorization": f"Bearer {token}", "If-Match": '"1"'}
            answer = townships.request(operation, bearer, record=case_id, **body)
            if problem(answer) != ("case-not-found", 404) or case_id in answer.text:
                wrong.append((str(operation), role, unit, problem(answer)))
    assert wrong == []
    assert all_held(townships) == before


def test_the_unit_complained_of_finds_its_dispute_by_no_route(townships: Townships) -> None:
    # another test may have dissolved the township's first one
    committee = Mediating(townships.doors, HERE).set_up()
    about = applied(townships.doors, HERE, committee, complained_unit="water-station")
    before, wrong = when_quiet(townships), []
    known = [each for each in gated(townships) if each.stream == "mediation_id"]
    for operation in known:
        more: dict[str, Any] = (
            {"json": townships.wish(WISHES[operation.template]).body}
            if operation.is_command
            else {}
        )
        for role in operation.roles - {Role.BACKFILL}:
            for unit in ("water-station", None):
                token = Forger(townships.doors.run, role, HERE).token(unit=unit)
                bearer = {"Authorization": f"Bearer {token}", "If-Match": '"1"'}
                answer = townships.request(operation, bearer, record=about, **more)
                if problem(answer) != ("mediation-not-found", 404) or about in answer.text:
                    wrong.append((str(operation), role, unit, problem(answer)))
    assert len(known) >= 25
    assert wrong == []
    assert all_held(townships) == before


def test_whom_a_report_is_about_finds_it_by_no_route(townships: Townships) -> None:
    """Neither the unit, in any role, nor a grid worker where it is about one."""
    grids = townships.of_here.grids
    of_unit = grids.report_about(about_unit="water-station")
    of_worker = grids.report_about(about_a_worker=True)
    before, wrong = when_quiet(townships), []
    known = [each for each in gated(townships) if each.stream == "report_id"]
    for operation in known:
        if operation.is_command and operation.template not in WISHES:
            continue
        more: dict[str, Any] = (
            {"json": townships.wish(WISHES[operation.template]).body}
            if operation.is_command
            else {}
        )
        for role in operation.roles:
            tried = [(of_unit, "water-station")]
            if role is Role.GRID_WORKER:
                tried.append((of_worker, "village-committee"))
            for report_id, unit in tried:
                token = Forger(townships.doors.run, role, HERE).token(unit=unit)
                bearer = {"Authorization": f"Bearer {token}", "If-Match": '"1"'}
                answer = townships.request(operation, bearer, record=report_id, **more)
                if problem(answer) != ("report-not-found", 404) or report_id in answer.text:
                    wrong.append((str(operation), role, problem(answer)))
    assert len(known) >= 12
    assert wrong == []
    assert all_held(townships) == before


def test_whom_a_matter_complains_of_finds_its_warnings_by_no_route(townships: Townships) -> None:
    grids = townships.of_here.grids
    about = grids.matter(about_unit="water-station")
    found = {
        "warning_id": grids.warning_of(about),
        "watch_id": grids.watch_of(about),
    }
    before, wrong = when_quiet(townships), []
    known = [each for each in gated(townships) if each.stream in found]
    for operation in known:
        template = operation.template
        more: dict[str, Any] = (
            {"json": townships.wish(WISHES[template]).body} if operation.is_command else {}
        )
        stream = str(operation.stream)
        for role in operation.roles - {Role.BACKFILL}:
            token = Forger(townships.doors.run, role, HERE).token(unit="water-station")
            bearer = {"Authorization": f"Bearer {token}", "If-Match": '"1"'}
            answer = townships.request(operation, bearer, record=found[stream], **more)
            if problem(answer) != (STREAMS[stream], 404) or about in answer.text:
                wrong.append((str(operation), role, problem(answer)))
    assert len(known) >= 10
    assert wrong == []
    assert all_held(townships) == before


def test_who_only_looks_can_command_nothing(townships: Townships) -> None:
    lookers = {
        *(Role.RESIDENT, Role.AUDITOR, Role.AGENCY, Role.COUNTY_LEADER),
    }
    of_grids = {Role.GRID_WORKER, Role.GRID_LEAD}
    elsewhere = {
        "intake": {Role.MEDIATOR, Role.HOTLINE, *of_grids},
        "mediation": {Role.HANDLER, Role.HOTLINE, *of_grids},
        "grid": {Role.MEDIATOR},
    }
    for operation in gated(townships):
        if operation.is_command:
            assert not operation.roles & (lookers | elsewhere[operation.service]), operation


def test_the_hotline_sends_orders_and_does_nothing_else(townships: Townships) -> None:
    """But for what every token reads: the language."""
    opened = [each for each in gated(townships) if Role.HOTLINE in each.roles]
    of_its_own = [each for each in opened if Role.RESIDENT not in each.roles]
    assert [str(each) for each in of_its_own] == [
        "grid: POST /townships/{division}/hotline-orders"
    ]
    assert of_its_own[0].needs_post


def test_monitoring_reads_the_gauges_of_figures_and_does_nothing_else(
    townships: Townships,
) -> None:
    opened = {str(each) for each in gated(townships) if Role.SCRAPE in each.roles}
    assert opened == {"stats: GET /metrics/figures"}


def test_residents_read_nothing_but_the_language(townships: Townships) -> None:
    open_to_residents = {str(each) for each in gated(townships) if Role.RESIDENT in each.roles}
    assert open_to_residents == {
        *(
            f"{service}: GET {path}"
            for service in LEDGER_KEEPERS
            for path in ("/codes", "/contracts/{kind}/{version}", "/seal-keys")
        ),
        "stats: GET /measures",
    }


def test_another_countys_token_opens_nothing(townships: Townships) -> None:
    for operation in gated(townships):
        for division in (OTHER_COUNTY, f"{OTHER_COUNTY}171"):
            answer = townships.request(
                operation, townships.bearer(min(operation.roles), division), division=division
            )
            assert problem(answer) == ("county-not-served", 403), operation


def test_another_townships_token_shows_nothing_of_this_one(townships: Townships) -> None:
    """By division 403, by case 404; where neither is named, not a word of the other township."""
    wrong = []
    for operation in gated(townships):
        bearer = townships.bearer(min(operation.roles - {Role.RESIDENT}), HERE)
        there = townships.of_there.ids[operation.stream] if operation.stream else None
        answer = townships.request(operation, bearer, division=THERE, record=there)
        if THERE in answer.text or not _is_as_designed(operation, answer):
            wrong.append((str(operation), problem(answer), answer.text[:200]))
    assert wrong == []


def _is_as_designed(operation: Operation, answer: httpx.Response) -> bool:
    if operation.is_command and "{division}" not in operation.template:
        return answer.status_code in {404, 422}  # a body that is no good may be refused first
    if "{division}" in operation.template or operation.takes("period"):
        return problem(answer) == ("division-out-of-scope", 403)
    if "{draft_id}" in operation.template:  # the post's own: this one has saved none
        return answer.status_code == {"GET": 404, "PUT": 422, "DELETE": 204}[operation.method]
    if operation.stream is not None:
        return problem(answer) == (STREAMS[operation.stream], 404)
    return answer.status_code == 200


def test_filters_and_positions_lead_to_no_other_township(townships: Townships) -> None:
    mine, county = (townships.bearer(Role.AUDITOR, each) for each in (HERE, COUNTY))
    get = townships.doors.client.get
    intake, stats = townships.doors.run.url("intake"), townships.doors.run.url("stats")
    cursor = get(f"{intake}/cases", params={"limit": 1}, headers=county).json()["next"]
    for query in ({"division": THERE}, {"cursor": cursor}, {"limit": "500"}):
        answer = get(f"{intake}/cases", params=query, headers=mine)
        assert answer.status_code == 200
        assert {each["division"] for each in answer.json()["items"]} <= {HERE}
    for address, query in (
        (f"{intake}/cases", {}),
        (f"{intake}/ledgers", {}),
        (f"{stats}/figures", {"division": HERE, "period": "all"}),
    ):
        waiting = get(address, params={**query, "at_least": f"intake/{THERE}@1"}, headers=mine)
        assert problem(waiting) == ("ledger-not-followed", 422)
    for division in (THERE, COUNTY, f"{THERE}001"):
        asked = {"division": division, "period": "all"}
        assert problem(get(f"{stats}/figures", params=asked, headers=mine))[1] == 403
    village = {"division": HERE, "period": "all", "village": f"{THERE}001"}
    assert problem(get(f"{stats}/figures", params=village, headers=mine))[1] == 422


def test_the_issuer_gives_tokens_to_its_operator_alone(townships: Townships) -> None:
    run = townships.doors.run
    secret = run.secrets.issuer_operator
    wish = {"role": "clerk", "division": HERE}
    for shown in ("", "Bearer", "Basic x", secret, f"Bearer {secret[:-1]}", f"Bearer {secret}x"):
        for body in (wish, {"role": "\ud800"}, {}):
            answer = townships.doors.client.post(
                f"{run.url('issuer')}/token",
                content=str(body).replace("'", '"').encode(errors="replace"),
                headers={"Authorization": shown, "Content-Type": "application/json"},
            )
            assert problem(answer) == ("operator-secret-needed", 401)
            assert secret not in answer.text


def test_the_issuer_gives_no_token_by_its_port(townships: Townships) -> None:
    run = townships.doors.run
    wish = {"role": "clerk", "division": HERE}
    shown = {"Authorization": f"Bearer {run.secrets.issuer_operator}"}
    by_port = townships.doors.client.post(f"{run.url('issuer')}/token", json=wish, headers=shown)
    assert problem(by_port) == ("operator-secret-needed", 401)
    with issuer_client(run) as by_socket:
        assert by_socket.post("/token", json=wish).status_code == 401
        assert by_socket.post("/token", json=wish, headers=shown).status_code == 200


def test_the_workers_door_has_health_and_metrics_and_nothing_else(townships: Townships) -> None:
    for service in SERVICES:
        if service.has_worker:
            knock_at(townships, townships.doors.run.url(service.worker))


def knock_at(townships: Townships, worker: str) -> None:
    ask = townships.doors.client.request
    for path in ("/healthz", "/readyz", "/metrics"):
        assert ask("GET", f"{worker}{path}").status_code == 200
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
            assert ask(method, f"{worker}{path}").status_code == 405
    for path in ("/", "/docs", "/openapi.json", "/figures", "/..%2f..%2fetc/passwd", "/metrics/"):
        answer = ask("GET", f"{worker}{path}")
        assert answer.status_code == 404
        assert "passwd" not in answer.text
