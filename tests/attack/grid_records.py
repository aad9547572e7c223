"""A township's village, grids, workers, patrols, reports, signals and warnings, and fresh ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

import orjson
import uuid_utils

from shared.identity import Role
from tests.flow.doors import Doors

SINCE = "2025-01-01"


@dataclass(frozen=True)
class GridRecords:
    """The records of one township, by what a path names them by."""

    doors: Doors
    division: str
    ids: dict[str, str] = field(default_factory=dict)
    workers: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    """What other $WORDS of a body stand for."""
    _serials: Iterator[int] = field(default_factory=lambda: count(1))

    @classmethod
    def made(cls, doors: Doors, division: str) -> "GridRecords":
        records = cls(doors, division)
        records.ids["village_id"] = records.fresh("village_id")
        records.ids["grid_id"] = records.fresh("grid_id")
        workers = (records.fresh("worker_id"), records.fresh("worker_id"))
        records.ids["worker_id"] = workers[0]
        records._post(f"/grids/{records.ids['grid_id']}/assign", _serves(workers[0]), 200)
        made = cls(doors, division, records.ids, workers, _serials=records._serials)
        made.ids["patrol_id"] = made.fresh("patrol_id")
        made.ids["report_id"] = made.fresh("report_id")
        made.ids["signal_id"] = made.fresh("signal_id")
        made.ids["named_id"] = made.fresh("named_id")
        made.words["$REPORT"] = made.fresh("report_id")
        made._post(f"/reports/{made.words['$REPORT']}/validate", {}, 200)
        made.words["$SIGNAL"] = made.fresh("signal_id")
        made.words["$MATTER"] = made.matter()
        for kind in ("warning_id", "watch_id"):
            made.ids[kind] = made.fresh(kind)
        return made

    @property
    def village(self) -> str:
        """The code of the first village, in which the grids lie."""
        return f"{self.division}001"

    @property
    def grid(self) -> str:
        """The code of the first grid, which the first worker serves."""
        return f"{self.village}002"

    def fresh(self, kind: str) -> str:
        """A new record of that kind; gives its id."""
        if kind == "patrol_id":
            body = {"patrols": [self.known(a_patrol(self.grid))]}
            told = self._post(f"/townships/{self.division}/patrols", body, 200)
            return str(told["results"][0]["patrol_id"])
        if kind == "report_id":
            told = self._post(f"/townships/{self.division}/reports", a_report(self.grid))
            return str(told[kind])
        if kind == "signal_id":
            path = f"/townships/{self.division}/hotline-orders"
            return str(self._post(path, an_order(f"12345-{next(self._serials):06}"))[kind])
        if kind in {"warning_id", "watch_id"}:
            made = self.warning_of if kind == "warning_id" else self.watch_of
            return made(self.matter())
        if kind == "named_id":
            return self._told_of(self.fresh("report_id"))
        serial = next(self._serials)
        path, body = {
            "village_id": ("villages", _village(f"{self.division}{serial:03}")),
            "grid_id": ("grids", _grid(f"{self.village}{serial:03}")),
            "worker_id": ("grid-workers", WORKER),
        }[kind]
        return str(self._post(f"/townships/{self.division}/{path}", body)[kind])

    def matter(self, **about: Any) -> str:
        """The matter of a new report."""
        path = f"/townships/{self.division}/reports"
        return str(self._post(path, a_report(self.grid) | about)["matter_id"])

    def warning_of(self, matter_id: str) -> str:
        """A warning about a matter."""
        path = f"/townships/{self.division}/warnings"
        return str(self._post(path, a_warning(matter_id))["warning_id"])

    def watch_of(self, matter_id: str) -> str:
        """A matter that is watched."""
        path = f"/townships/{self.division}/watches"
        return str(self._post(path, a_watch(matter_id))["watch_id"])

    def report_about(self, **about: Any) -> str:
        """A report about a unit, or about a worker."""
        path = f"/townships/{self.division}/reports"
        return str(self._post(path, a_report(self.grid) | about)["report_id"])

    def _told_of(self, report_id: str) -> str:
        """The reference of whom a report tells, once it is over."""
        self._post(f"/reports/{report_id}/reject", {"reason": "unclear"}, 200)
        answer = self.doors.get("grid", f"/reports/{report_id}", self.division)
        return str(answer.json()["history"][0]["data"]["persons"][0])

    def known(self, body: Any) -> Any:
        """The body with the ids of this township for its $WORDS."""
        text = orjson.dumps(body).decode()
        for word, named in zip(("$WORKER", "$NEXT_WORKER"), self.workers, strict=True):
            text = text.replace(word, named)
        for word, named in self.words.items():
            text = text.replace(word, named)
        return orjson.loads(text)

    def _post(self, path: str, body: Mapping[str, Any], status: int = 201) -> dict[str, Any]:
        answer = self.doors.client.post(
            f"{self.doors.run.url('grid')}{path}",
            json=body,
            headers=self.doors.bearer(Role.TOWNSHIP_LEADER, self.division),
        )
        assert answer.status_code == status, answer.text
        told: dict[str, Any] = answer.json()
        return told


def _village(code: str) -> dict[str, Any]:
    return {"village_code": code, "name": "青云村", "valid_from": SINCE}


def _grid(code: str) -> dict[str, Any]:
    return {"grid_code": code, "name": "一组", "kind": "basic", "valid_from": SINCE}


def a_report(grid: str) -> dict[str, Any]:
    """What somebody tells of the first grid."""
    return {
        "grid_code": grid,
        "topic": "water-supply",
        "words": "水压不够。",
        "persons": [{"name": "某庚", "phone": "000-5550199"}],
    }


def an_order(number: str) -> dict[str, Any]:
    """What 12345 passes on."""
    return {
        "number": number,
        "kind": "help",
        "topic": "water-supply",
        "words": "水压不够。",
        "caller": {"name": "某辛", "phone": "000-5550188"},
        "to_unit": "water-office",
    }


def a_warning(matter_id: str) -> dict[str, Any]:
    """What the desk warns of."""
    return {
        "subject_kind": "matter",
        "level": "orange",
        "matter_id": matter_id,
        "words": "明天可能堵路。",
    }


def a_watch(matter_id: str) -> dict[str, Any]:
    """A matter that a unit watches from now on."""
    return {
        "matter_id": matter_id,
        "owner_unit": "labour-office",
        "plan": "每周走访。",
        "review_by": "2199-01-01",
        "expires_on": "2199-06-30",
    }


def _serves(worker: str) -> dict[str, Any]:
    return {"worker_id": worker, "first_day": SINCE}


def a_patrol(grid: str) -> dict[str, Any]:
    """A line of a batch, which the first worker did just now."""
    return {
        "client_id": str(uuid_utils.uuid7()),
        "grid_code": grid,
        "done_at": datetime.now(UTC).isoformat(),
        "found": False,
        "worker_id": "$WORKER",
    }


WORKER = {"person": {"name": "某己"}, "employment": "full-time", "from_day": SINCE}
