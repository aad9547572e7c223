"""Every route that shows one record says what may be done with it, in every service."""

from collections.abc import Iterator
from typing import Any

import pytest

from services.grid.server import ROUTERS as GRID
from services.intake.server import ROUTERS as INTAKE
from services.mediation.server import ROUTERS as MEDIATION
from shared.http import build_app
from shared.testing.tokens import TokenMaker
from tests.office_doors import KEYS

SERVICES = {"intake": INTAKE, "grid": GRID, "mediation": MEDIATION}
WITHOUT = {
    "/townships/{division}/weekly-reports/{week}": "its one command files it, and begins it",
}
"""Records whose commands are listed by nobody, and why."""


def shown_records() -> Iterator[tuple[str, str, frozenset[str]]]:
    """The service and path of each record that is shown and has commands, and what it shows."""
    for service, routers in SERVICES.items():
        app = build_app(
            service=service, routers=routers, verifier=TokenMaker().verifier(), keys=KEYS
        )
        spec = app.openapi()
        for path, operations in spec["paths"].items():
            if "get" in operations and path.endswith("}") and _has_commands(spec, path):
                yield service, path, _members(spec, operations["get"])


def _has_commands(spec: Any, path: str) -> bool:
    below = (each for each in spec["paths"] if each.startswith(f"{path}/"))
    return any("post" in spec["paths"][each] and "{" not in each[len(path) :] for each in below)


def _members(spec: Any, operation: Any) -> frozenset[str]:
    shown = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    return frozenset(spec["components"]["schemas"][shown.rpartition("/")[2]]["properties"])


RECORDS = list(shown_records())


def test_records_of_every_service_are_found() -> None:
    assert {service for service, _, _ in RECORDS} == set(SERVICES)
    assert len(RECORDS) > 12
    assert set(WITHOUT) <= {path for _, path, _ in RECORDS}


@pytest.mark.parametrize(
    ("path", "members"), [pytest.param(path, shown, id=path) for _, path, shown in RECORDS]
)
def test_a_record_says_what_may_be_done_with_it(path: str, members: frozenset[str]) -> None:
    assert ("actions" in members) is (path not in WITHOUT)
