"""An export taken through doors that page, refuse, and learn of new ledgers meanwhile."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from cli.exporting import retry
from cli.exporting.export_to import export_to
from cli.problems import RequestRefused
from cli.refusals import BadInput
from cli.system import System
from cli.verify import check_export
from services.stats.domain.measures import every_version
from shared.cloudevents import to_structured
from shared.times import start_of
from tests.stats.lives import COUNTY, NEIGHBOUR, TOWNSHIP
from tests.verify.exports import KEYS, Chained, figures_object, made_at_end_of
from tests.verify.tampering import a_township, townships
from tests.verify.test_causes import Referred

END = made_at_end_of(townships())
Answer = Callable[[httpx.Request], httpx.Response]


@dataclass(frozen=True)
class FakeSystem(System):
    """The services' doors over ledgers that are in memory."""

    ledgers: list[Chained] = field(default_factory=townships)
    begun_since: str | None = None
    pages: list[int] = field(default_factory=list)

    def client(self, service: str, role: str, division: str) -> httpx.Client:
        answer = self._stats if service == "stats" else partial(self._keeper, service)
        transport = httpx.MockTransport(answer)
        return httpx.Client(base_url=f"http://{service}", transport=transport)

    def _keeper(self, service: str, request: httpx.Request) -> httpx.Response:
        own = [each for each in self.ledgers if each.service == service]
        asked = request.url.params
        match request.url.path.strip("/").split("/"):
            case ["seal-keys"]:
                return httpx.Response(200, json={"keys": KEYS.published()})
            case ["ledgers"]:
                return httpx.Response(200, json=self._list(own, asked.get("cursor")))
            case ["ledgers", division, "events"]:
                return httpx.Response(
                    200, json=self._events(own, division, int(asked["after"]), int(asked["limit"]))
                )
            case _:
                return httpx.Response(404)

    def _list(self, own: list[Chained], cursor: str | None) -> dict[str, Any]:
        """A page for each ledger."""
        place = int(cursor or 0)
        if not own:
            return {"items": [], "next": None}
        last = own[place].events[-1]
        line = {
            "division": own[place].division,
            "sequence": last.sequence,
            "hash": last.hash.hex(),
        }
        return {"items": [line], "next": str(place + 1) if place + 1 < len(own) else None}

    def _events(self, own: list[Chained], division: str, after: int, limit: int) -> dict[str, Any]:
        [chained] = [each for each in own if each.division == division]
        # fewer than asked for: how many come is the door's to say
        part = chained.events[after : after + min(limit, 7)]
        self.pages.append(len(part))
        return {"items": [to_structured(event) for event in part], "next": None}

    def _stats(self, request: httpx.Request) -> httpx.Response:
        asked = request.url.params
        if request.url.path == "/measures":
            versions = [{"id": each.id, "version": each.version} for each in every_version()]
            return httpx.Response(200, json={"measures": versions})
        assert asked["ids"].split(",") == [f"{e.id}@{e.version}" for e in every_version()]
        told = figures_object(
            asked["division"],
            int(asked["period"]),
            self.ledgers,
            start_of(date.fromisoformat(asked["horizon"])),
        )
        if self.begun_since and asked["division"] == COUNTY:
            if f"{self.begun_since}@0" in asked["as_of"]:
                told["as_of"][self.begun_since] = 0
            else:
                problem = {"type": "/problems/as-of-misses-ledger", "ledger": self.begun_since}
                return httpx.Response(422, json=problem)
        return httpx.Response(200, json=told)


def fake_system(**given: Any) -> FakeSystem:
    return FakeSystem(
        url_of=lambda _: "",
        token_for=lambda _role, _division: "",
        is_on_this_machine=True,
        **given,
    )


def exported(system: System, out: Path, division: str = COUNTY) -> list[str]:
    steps: list[str] = []
    services = ("intake", "mediation", "grid")
    export_to(out, system, division, steps.append, services, now=lambda: END)
    return steps


def test_what_comes_in_pages_is_exported_whole_and_holds(tmp_path: Path) -> None:
    system = fake_system()
    steps = exported(system, tmp_path / "out")
    assert steps == [
        f"intake/{TOWNSHIP}: 16 events",
        f"intake/{NEIGHBOUR}: 15 events",
        f"mediation/{TOWNSHIP}: 15 events",
        f"grid/{TOWNSHIP}: 15 events",
        "figures of 6 divisions and years",
    ]
    assert system.pages == [7, 7, 2, 7, 7, 1, 7, 7, 1, 7, 7, 1]
    assert check_export(tmp_path / "out", None, lambda _: None) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_a_ledger_that_began_meanwhile_is_named_as_empty(tmp_path: Path) -> None:
    exported(fake_system(begun_since="intake/519900155"), tmp_path / "out")
    told = json.loads((tmp_path / "out" / "figures.json").read_bytes())
    assert told[0]["as_of"]["intake/519900155"] == 0
    assert check_export(tmp_path / "out", None, lambda _: None) == []


def test_a_township_alone_has_only_its_own(tmp_path: Path) -> None:
    exported(fake_system(ledgers=[Chained(a_township(), [5, 9])]), tmp_path / "out", TOWNSHIP)
    assert not (tmp_path / "out" / "ledgers" / "intake" / f"{NEIGHBOUR}.ndjson").exists()
    assert check_export(tmp_path / "out", None, lambda _: None) == []


def test_a_folder_with_something_in_it_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("mine")
    with pytest.raises(BadInput, match="not empty"):
        exported(fake_system(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["note"]


def test_what_an_export_that_was_killed_left_behind_is_begun_anew(tmp_path: Path) -> None:
    left = tmp_path / "out.part" / "ledgers" / "intake"
    left.mkdir(parents=True)
    (left / "519900100.ndjson").write_text("half a li")
    (tmp_path / "out").mkdir()
    exported(fake_system(), tmp_path / "out")
    assert check_export(tmp_path / "out", None, lambda _: None) == []


def test_where_no_ledger_has_begun_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing to export"):
        exported(fake_system(), tmp_path / "out", "519901")
    assert not (tmp_path / "out").exists()


def client_of(answer: Answer) -> httpx.Client:
    return httpx.Client(base_url="http://intake", transport=httpx.MockTransport(answer))


def test_a_door_that_is_away_for_a_while_is_asked_again() -> None:
    answers = [httpx.Response(503), httpx.Response(200, json={"keys": []})]
    with client_of(lambda _: answers.pop(0)) as client:
        assert retry.get_json(client, "/seal-keys") == {"keys": []}


def test_a_door_that_stays_away_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    monkeypatch.setattr(retry, "PATIENCE", 0.1)
    with client_of(refuse) as client, pytest.raises(retry.ServiceAway, match="concord status"):
        retry.get_json(client, "/seal-keys")


def test_a_refusal_is_told_at_once() -> None:
    with (
        client_of(lambda _: httpx.Response(403, json={"title": "No"})) as client,
        pytest.raises(RequestRefused, match="does not allow that"),
    ):
        retry.get_json(client, "/ledgers")


@dataclass(frozen=True)
class FalseSystem(FakeSystem):
    """Names a ledger as if it were a way out of the folder."""

    def _list(self, own: list[Chained], cursor: str | None) -> dict[str, Any]:
        line = super()._list(own, cursor)["items"][0] | {"division": f"{COUNTY}/../../../escaped"}
        return {"items": [line], "next": None}


def test_a_ledger_whose_name_is_a_path_is_written_nowhere(tmp_path: Path) -> None:
    (inner := tmp_path / "a" / "b").mkdir(parents=True)
    lying = FalseSystem(url_of=str, token_for=lambda _role, _division: "", is_on_this_machine=True)
    with pytest.raises(BadInput, match="no division"):
        exported(lying, inner / "out")
    assert list(tmp_path.rglob("escaped*")) == []


@dataclass(frozen=True)
class Growing(FakeSystem):
    """Intake's ledger is read first; then mediation ends a dispute, and intake notes it."""

    heads: dict[str, int] = field(default_factory=dict)

    def _list(self, own: list[Chained], cursor: str | None) -> dict[str, Any]:
        told = super()._list(own, cursor)
        if not own or own[0].service not in self.heads:
            return told
        last = own[0].events[self.heads.pop(own[0].service) - 1]
        return told | {
            "items": [
                {"division": TOWNSHIP, "sequence": last.sequence, "hash": last.hash.hex()},
            ]
        }


def test_an_event_that_another_follows_from_is_read_though_it_came_meanwhile(
    tmp_path: Path,
) -> None:
    told = Referred()
    told.note(told.failed)
    applied = told.mediations.events[0]
    told.mediations.events[0] = replace(applied, causation_id=told.cases.events[-1].event_id)
    ledgers = [Chained(told.cases), Chained(told.mediations)]
    system = Growing(
        url_of=lambda _: "",
        token_for=lambda _role, _division: "",
        is_on_this_machine=True,
        ledgers=ledgers,
        heads={"intake": 1, "mediation": 1},
    )
    exported(system, tmp_path / "out", TOWNSHIP)
    written = tmp_path / "out" / "ledgers" / "mediation" / f"{TOWNSHIP}.ndjson"
    assert len(written.read_bytes().splitlines()) == 2
    found = check_export(tmp_path / "out", None, lambda _: None)
    assert [each for each in found if "under no seal" not in each] == []
