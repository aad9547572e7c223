"""One matter that goes from a township to its neighbour, to the county and back to a served opinion.

It is of other townships than those whose figures are compared with their registers. A second time
every command is answered from its receipt.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cli.problems import raise_for_problem
from cli.refusals import NotReachable
from cli.system import System
from deploy.local.county import COUNTY
from shared.divisions import division_of
from shared.identity import Role

FROM, TO = f"{COUNTY}103", f"{COUNTY}104"
_DESK = "petition-office"
_PATIENCE, _PAUSE = 30.0, 0.1
_ON_ITS_WAY = {None, "passed-on"}
_FILING = {
    "channel": "letter",
    "purpose": "request",
    "category": "agriculture",
    "headcount": 3,
    "person": {"name": "某甲", "phone": "000-5550103"},
    "narrative": "两镇交界处的水渠断流，两边都说不归自己管。",
}
_OPINION = {
    "result": "supported",
    "method": "in-person",
    "opinion": {
        "claims": [{"claim": "请求修复水渠", "opinion": "予以支持"}],
        "facts": "水渠位于两镇交界处，确已断流。",
        "reasons": "由承办单位负责维护。",
        "legal_basis": "《信访工作条例》第三十二条",
    },
}


class MatterIsStuck(NotReachable):
    """What follows in another ledger has not come in time."""

    def __init__(self) -> None:
        super().__init__(
            "A matter that was passed on has not reached the next ledger; `concord status` says "
            "what runs."
        )


def pass_a_matter_on(system: System) -> Iterator[str]:
    """The lines that tell where it went; raises a CommandRefused."""
    way = _Way(system)
    home = way.filed()
    way.act(home, "forward", _to(TO), "forward")
    first = way.receiver(home, 0)
    way.act(first, "object", {"reason_code": "not-competent"}, "object")
    way.until(home, lambda hops: hops[0]["step"] in {"objected", "returned"})
    way.act(home, "decide-objection", {"upheld": True}, "uphold")
    way.until(home, lambda hops: hops[0]["step"] == "returned")
    way.act(home, "forward", _to(TO), "forward-again")
    second = way.receiver(home, 1)
    way.act(second, "object", {"reason_code": "another-area"}, "object-again")
    above = way.receiver(home, 2)
    way.act(above, "assign", _to(TO, "water-station"), "assign")
    last = way.receiver(home, 3)
    way.act(last, "accept", {"responsible_unit": "water-station"}, "accept")
    way.act(last, "answer", _OPINION, "answer")
    way.until(above, lambda hops: hops[0]["step"] == "answered")
    yield from _lines(way.shown(home))


def _to(division: str, unit: str = _DESK) -> dict[str, Any]:
    return {"to_unit": unit, "to_division": division}


def _lines(shown: dict[str, Any]) -> Iterator[str]:
    yield f"  {division_of(shown['case_id'])} files it: {shown['number']}"
    for hop in shown["hops"]:
        yield f"  to {hop['division']} {hop['unit']}: {hop['step']}"
    holder = shown["holder"]
    yield f"  held by {holder['division']} {holder['unit']}"


@dataclass(frozen=True)
class _Way:
    """The commands along it, by the petition office of the ledger in which each case is."""

    system: System

    def filed(self) -> str:
        path = f"/townships/{FROM}/cases"
        return str(self._post(FROM, path, _FILING, "file", Role.CLERK)["case_id"])

    def act(self, case_id: str, verb: str, body: dict[str, Any], key: str) -> None:
        division = division_of(case_id)
        self._post(division, f"/cases/{case_id}/{verb}", body, key, Role.HANDLER)

    def shown(self, case_id: str) -> dict[str, Any]:
        with self.system.client("intake", Role.AUDITOR, COUNTY) as client:
            answer = client.get(f"/cases/{case_id}")
        raise_for_problem(answer)
        shown: dict[str, Any] = answer.json()
        return shown

    def receiver(self, home: str, place: int) -> str:
        """The case of the hop at that place, once it is there."""
        hops = self.until(
            home, lambda hops: len(hops) > place and hops[place]["step"] not in _ON_ITS_WAY
        )
        return str(hops[place]["case_id"])

    def until(
        self, case_id: str, reached: Callable[[list[dict[str, Any]]], bool]
    ) -> list[dict[str, Any]]:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            hops: list[dict[str, Any]] = self.shown(case_id)["hops"]
            if reached(hops):
                return hops
            time.sleep(_PAUSE)
        raise MatterIsStuck

    def _post(
        self, division: str, path: str, body: dict[str, Any], key: str, role: Role
    ) -> dict[str, Any]:
        headers = {"Idempotency-Key": f"demo/passed-on/{key}"}
        with self.system.client("intake", role, division) as client:
            answer = client.post(path, json=body, headers=headers)
        raise_for_problem(answer)
        content: dict[str, Any] = answer.json()
        return content
