"""The verifier has a table of what it reads, which has to equal the catalogue and the services."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cli import verify
from cli.verify import EVENTS
from shared.cloudevents import RecordedEvent
from shared.contracts.catalogue import EVERY_SERVICE, SERVICES
from shared.contracts.event import Event
from shared.contracts.grid import GridEvent, GridWorkerEvent, VillageEvent
from shared.contracts.grid_codes import Employment, GridKind
from shared.contracts.grid_reports import GridReportEvent
from shared.contracts.intake import CaseEvent
from shared.contracts.mediation import MediationEvent
from shared.contracts.mediation_codes import DisputeKind, MediatorKind
from shared.contracts.mediators import MediatorEvent
from shared.contracts.report_codes import ReportCategory
from shared.services import LEDGER_KEEPERS
from tests.stats.lives import TOWNSHIP, Ledger
from tests.verify.exports import Chained, forged, line_of, write_export
from tests.verify.tampering import found_in


def versions(service: str, about: type[Event] = Event) -> dict[str, int]:
    events = [event for event in SERVICES[service] if issubclass(event, about)]
    return {event.kind: event.schema_version for event in events}


def test_it_reads_the_ledgers_of_every_service_that_keeps_some() -> None:
    assert set(EVENTS) == set(LEDGER_KEEPERS)
    assert all(verify.counting(f"{service}/{TOWNSHIP}") for service in LEDGER_KEEPERS)


@pytest.mark.parametrize("service", EVENTS)
def test_it_knows_every_event_of_the_catalogue_in_its_version_and_no_other(service: str) -> None:
    known = {kind: latest for kinds in EVENTS[service].values() for kind, latest in kinds.items()}
    assert known == versions(service)
    assert {event.kind: event.schema_version for event in EVERY_SERVICE} == verify.OF_EVERY_LEDGER


def test_it_knows_what_every_event_is_about() -> None:
    assert EVENTS["intake"]["case_id"] == versions("intake", CaseEvent)
    assert EVENTS["mediation"]["mediation_id"] == versions("mediation", MediationEvent)
    assert EVENTS["mediation"]["mediator_id"] == versions("mediation", MediatorEvent)
    assert EVENTS["grid"]["report_id"] == versions("grid", GridReportEvent)
    assert EVENTS["grid"]["village_id"] == versions("grid", VillageEvent)
    assert EVENTS["grid"]["grid_id"] == versions("grid", GridEvent)
    assert EVENTS["grid"]["worker_id"] == versions("grid", GridWorkerEvent)


def test_no_kind_by_which_figures_are_given_is_unknown_to_it() -> None:
    assert verify.MEASURES["mediations_ended"].kinds == tuple(DisputeKind)
    assert verify.MEASURES["mediators"].kinds == tuple(MediatorKind)
    assert verify.MEASURES["valid_grid_reports"].kinds == tuple(ReportCategory)
    assert verify.MEASURES["grids"].kinds == tuple(GridKind)
    assert verify.MEASURES["grid_workers"].kinds == tuple(Employment)


class Imagined(Ledger):
    """A ledger of a service that nobody has."""

    source = "/imagined"


def forwarded(ledger: Ledger) -> Ledger:
    ledger.forward(ledger.file("2025-01-02"), "2025-01-03")
    return ledger


def write_of_another_release(
    folder: Path, change: Callable[[RecordedEvent], RecordedEvent]
) -> Path:
    """An export of one ledger of two events, the second one changed before it was recorded."""
    ledger = forwarded(Ledger())
    write_export(folder, [Chained(ledger)], division=TOWNSHIP)
    ledger.events[-1] = change(ledger.events[-1])
    with forged(folder):
        lines = b"".join(map(line_of, Chained(ledger).events))
        (folder / "ledgers" / "intake" / f"{TOWNSHIP}.ndjson").write_bytes(lines)
    return folder


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            lambda event: replace(event, kind="case-imagined"),
            "case-imagined is no event of intake that is known here",
        ),
        (
            lambda event: replace(event, kind="mediation-opened"),
            "mediation-opened is no event of intake that is known here",
        ),
        (
            lambda event: replace(event, schema_version=2),
            "version 2 of case-forwarded is not known here",
        ),
    ],
)
def test_an_event_of_another_release_is_refused_by_name(
    tmp_path: Path, change: Callable[[RecordedEvent], RecordedEvent], why: str
) -> None:
    (found,) = found_in(write_of_another_release(tmp_path, change))
    assert found.startswith(f"intake/{TOWNSHIP}: event 2 ")
    assert found.endswith(f"is not counted: {why}")


def test_an_erasure_is_counted_by_no_figure_and_only_in_the_version_that_is_known(
    tmp_path: Path,
) -> None:
    def erased(version: int) -> Path:
        return write_of_another_release(
            tmp_path / str(version),
            lambda event: replace(event, kind="person-erased", schema_version=version),
        )

    assert found_in(erased(1)) == []
    (found,) = found_in(erased(2))
    assert found.endswith("person-erased is no event of intake that is known here")


def test_a_ledger_of_an_unknown_service_is_refused_and_its_chain_is_checked(
    tmp_path: Path,
) -> None:
    whole = Chained(forwarded(Imagined()), [2])
    folder = write_export(tmp_path, [whole], division=TOWNSHIP)
    found = found_in(folder)
    assert (
        f"imagined/{TOWNSHIP}: its events are not counted: imagined is no service that is known"
        " here" in found
    )
    assert not any("chain" in each or "seal" in each for each in found)
    file = folder / "ledgers" / "imagined" / f"{TOWNSHIP}.ndjson"
    file.write_bytes(file.read_bytes().replace(b"2025-01-03", b"2025-01-04"))
    assert any("event 2" in each and "was changed" in each for each in found_in(folder))
