"""Compares what a record shows of its commands with what they answer, for tests of any service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import pytest

from shared.office.actions import Asking, CommandRoute, Probes
from tests.office_doors import OfficeDoors, problem


@dataclass(frozen=True)
class Acting:
    """One record, what is tried of its commands, and how its state is read."""

    doors: OfficeDoors[Any]
    path: str
    probes: Probes[Any]
    asking: Asking[Any]

    async def is_as_shown(self, command: str, how: Mapping[str, Any]) -> bool:
        """Send what is tried of a command and compare; gives whether it was open."""
        shown = await self.doors.get(self.path, **how)
        assert shown.status_code == 200, shown.text
        actions = {each["command"]: each for each in shown.json()["actions"]}
        assert set(actions) == set(self.probes.tried)
        action = actions[command]
        assert action["href"] == f"{self.path}/{command}"
        accepted, slugs = await self._answers(command, shown.json()["version"], how)
        looked_up = {each.slug for each in self.probes.of_the_body}
        is_open = bool(action["open"])
        if is_open and slugs & looked_up:
            return True
        assert is_open is accepted, (command, action, slugs)
        if not accepted and not slugs <= looked_up:
            assert action["why_not"]["slug"] in slugs, (command, action, slugs)
        return accepted

    async def _answers(
        self, command: str, version: int, how: Mapping[str, Any]
    ) -> tuple[bool, set[str]]:
        slugs: set[str] = set()
        for body in self._bodies(command):
            answer = await self.doors.post(f"{self.path}/{command}", body, **how)
            if answer.status_code != 200:
                slugs.add(problem(answer))
            elif answer.json()["version"] > version:
                return True, slugs
            else:
                slugs.add("recorded-already")
        return False, slugs

    def _bodies(self, command: str) -> Sequence[Any]:
        tried = self.probes.tried[command](self.asking)
        return [each for each in tried if isinstance(each, Mapping)]


def _is_body(tried: object) -> bool:
    return isinstance(tried, Mapping)


def require_well_formed(route: CommandRoute, probes: Probes[Any], asking: Asking[Any]) -> None:
    """Every body that is tried of a command is one that its route takes."""
    bodies = [each for each in probes.tried[route.name](asking) if _is_body(each)]
    if not bodies:
        pytest.fail(f"nothing is tried of {route.name}")
    for body in bodies:
        route.body.model_validate_json(orjson.dumps(body))
