"""The cases, mediations or mediators behind a figure, page by page."""

from collections.abc import Iterator
from typing import Any

from cli.figures_api import ask
from cli.refusals import BadInput
from cli.system import System, Wanted

_PAGE = "200"


def evidence_of(system: System, measure: str, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """Every counted matter with the events that it is counted by."""
    cursor: str | None = None
    while True:
        asked = {**wanted, "limit": _PAGE, "cursor": cursor}
        page = ask(system, f"/figures/{_checked(measure)}/evidence", asked)
        yield from page["items"]
        cursor = page["next"]
        if cursor is None:
            return


def evidence_line(matter: dict[str, Any]) -> str:
    """The matter's ids and the ledger positions of its events."""
    ids = (value for name, value in matter.items() if name.endswith("_id"))
    return "  ".join([*ids, *(event["position"] for event in matter["events"])])


def _checked(measure: str) -> str:
    if not measure.replace("_", "").isalnum() or not measure.isascii():
        raise BadInput("--evidence takes the id of a figure, such as resolution_rate.")
    return measure
