"""The cases, mediations, reports … behind a figure, page by page."""

from collections.abc import Iterator
from typing import Any

from cli.figures_api import ask
from cli.refusals import BadInput
from cli.system import System, Wanted

_PAGE = "200"


def evidence_of(system: System, measure: str, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """Every counted matter with the events that it is counted by, last how many are withheld."""
    name, _, version = measure.partition("@")
    wanted = {**wanted, "version": _version(version) if "@" in measure else None}
    cursor: str | None = None
    withheld = 0
    while True:
        asked = {**wanted, "limit": _PAGE, "cursor": cursor}
        page = ask(system, f"/figures/{_checked(name)}/evidence", asked)
        yield from page["items"]
        withheld += page.get("withheld", 0)
        cursor = page["next"]
        if cursor is None:
            break
    if withheld:
        yield {"withheld": withheld}


def evidence_line(matter: dict[str, Any]) -> str:
    """The matter's ids and the ledger positions of its events."""
    if withheld := matter.get("withheld"):
        return f"{withheld} withheld: they are about your own unit"
    ids = (value for name, value in matter.items() if name.endswith("_id"))
    return "  ".join([*ids, *(event["position"] for event in matter["events"])])


def _checked(measure: str) -> str:
    if not measure.replace("_", "").isalnum() or not measure.isascii():
        raise BadInput("--evidence takes the id of a figure, such as resolution_rate.")
    return measure


def _version(text: str) -> str:
    if not text.isdigit() or not text.isascii():
        raise BadInput("--evidence takes a version as a number, such as resolution_rate@1.")
    return text
