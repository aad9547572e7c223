"""The discipline lane in an export: what an accusation says, and in which order it is handled."""

from pathlib import Path
from typing import Any

import pytest

from cli.verify import check_export
from shared.contracts.accusation_codes import AccusationOutcome, CompetentBody
from shared.contracts.accusations import (
    AccusationAcknowledged,
    AccusationClosed,
    AccusationEvent,
    AccusationOutcomeNoted,
    AccusationRegistered,
    AccusationTransferred,
)
from shared.contracts.case_codes import Category, Channel, ServiceMethod
from tests.stats.lives import COUNTY, TOWNSHIP, Ledger
from tests.verify.exports import Chained, write_export
from tests.verify.tampering import found_in, only

OF: dict[str, Any] = {
    "accusation_id": "519900-0198a5c0-0000-7000-8000-000000000001",
    "matter_id": "519900-0198a5c0-0000-7000-8000-00000000000a",
}
REGISTERED = AccusationRegistered(
    number="519900-2025-LX-000001-7",
    channel=Channel.LETTER,
    category=Category.UNCLASSIFIED,
    **OF,
)
ACKNOWLEDGED = AccusationAcknowledged(method=ServiceMethod.POST, **OF)
TRANSFERRED = AccusationTransferred(to=CompetentBody.DISCIPLINE, **OF)
NOTED = AccusationOutcomeNoted(outcome=AccusationOutcome.HANDLED, **OF)
CLOSED = AccusationClosed(**OF)


def findings(folder: Path, *events: AccusationEvent) -> list[str]:
    ledger = Ledger(COUNTY)
    for event in events:
        ledger.record(event, OF["accusation_id"], "2025-03-04")
    return found_in(write_export(folder, [Chained(ledger)], division=COUNTY))


def test_an_accusation_is_handled_in_its_order(tmp_path: Path) -> None:
    handled = (REGISTERED, ACKNOWLEDGED, TRANSFERRED, NOTED, TRANSFERRED, CLOSED)
    assert findings(tmp_path, *handled) == []


@pytest.mark.parametrize(
    ("events", "what"),
    [
        ((REGISTERED, REGISTERED), "registers an accusation a second time"),
        ((REGISTERED, NOTED), "comes before the accusation was transferred"),
        ((REGISTERED, CLOSED), "comes before the accusation was transferred"),
        ((TRANSFERRED,), "is an act on an accusation that is not open"),
        ((REGISTERED, TRANSFERRED, CLOSED, NOTED), "is an act on an accusation that is not open"),
        (
            (REGISTERED.model_copy(update={"category": Category.LAND}),),
            "says what an accusation is about",
        ),
    ],
)
def test_what_comes_otherwise_is_named(
    events: tuple[AccusationEvent, ...], what: str, tmp_path: Path
) -> None:
    (found,) = findings(tmp_path, *events)
    assert what in found


def test_an_act_on_what_was_recognised_as_an_accusation_is_named(tmp_path: Path) -> None:
    ledger = Ledger()
    case = ledger.file("2025-03-04")
    ledger.recognise(case, "2025-03-05")
    assert found_in(write_export(tmp_path / "one", [Chained(ledger)], division=TOWNSHIP)) == []
    ledger.accept(case, "2025-03-06")
    found = found_in(write_export(tmp_path / "two", [Chained(ledger)], division=TOWNSHIP))
    only(found, "is an act on what the discipline lane has")


def test_each_accusation_is_counted_once(tmp_path: Path) -> None:
    ledger, told = Ledger(COUNTY), list[str]()
    other = {name: value.replace("-8000-0", "-8001-0") for name, value in OF.items()}
    for event in (REGISTERED, TRANSFERRED, TRANSFERRED, CLOSED):
        ledger.record(event, OF["accusation_id"], "2025-03-04")
    ledger.record(REGISTERED.model_copy(update=other), other["accusation_id"], "2025-03-05")
    folder = write_export(tmp_path, [Chained(ledger)], division=COUNTY)
    assert check_export(folder, None, told.append, None) == []
    assert any(
        "accusations of 2025: 2 registered, 1 transferred, 1 closed" in each for each in told
    )
