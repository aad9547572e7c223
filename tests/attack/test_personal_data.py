"""A petitioner's words go in by every door, through refusals and faults: they come out nowhere."""

import base64
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import orjson
import pytest

from deploy.local.programs import programs
from deploy.local.run_folder import RunFolder
from shared.identity import Role
from shared.keys import Keys
from shared.postgres import new_pool
from shared.services import LEDGER_KEEPERS
from shared.vault import Vault
from tests.attack.holdings import superuser
from tests.attack.planting import (
    FILING,
    PLANTED,
    TOWNSHIP,
    Planting,
    filed_position,
    plant_by_commands,
    plant_by_faults,
    plant_by_import,
    plant_by_refusals,
)
from tests.attack.planting_grid import plant_by_grid
from tests.attack.planting_mediation import plant_by_mediation
from tests.attack.planting_residents import plant_by_residents
from tests.attack.townships import ended, petitioner_of
from tests.attack.traces import Traces, in_files, in_kafka, in_tables
from tests.deploy.commands import System
from tests.erased_texts import readable
from tests.flow.doors import Doors
from tests.receipts import opened_receipts

pytestmark = [pytest.mark.parts, pytest.mark.slow]


def looked_at(planting: Planting, whole: System, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every place where something that was planted could have come out."""
    yield from planting.said
    yield from in_kafka(planting.run)
    yield from in_tables(planting.run)
    yield from in_receipts(planting.run)
    yield from in_files(planting.run.path)
    for name in (each.name for each in programs(planting.run) if each.speaks_http):
        metrics = planting.doors.client.get(f"{planting.run.url(name)}/metrics")
        assert metrics.status_code == 200
        yield f"metrics of {name}", metrics.content
    figures = planting.ask("stats", "GET", "/metrics/figures", role=Role.AUDITOR)
    assert figures.status_code == 200
    yield "gauges of figures", figures.content
    out = folder / "export"
    yield (
        "concord export",
        whole.concord("export", "--division", TOWNSHIP, "--out", str(out)).encode(),
    )
    yield from in_files(out)
    yield "concord status", whole.concord("status").encode()
    for process in whole.processes():
        yield f"process {process.name()}", "\n".join(process.cmdline()).encode()


def in_receipts(run: RunFolder) -> Iterator[tuple[str, bytes]]:
    """The content of receipts, as whoever has the service's key but no person's reads it."""
    for service in LEDGER_KEEPERS:
        keys = Keys.from_base64(run.secrets.key_of(service))
        with superuser(run, service) as connection:
            opened = list(opened_receipts(connection, keys))
        assert opened
        yield f"receipts of {service}", b"\n".join(opened)


def test_what_a_petitioner_says_is_found_in_no_other_place_than_the_vaults_ciphers(
    whole: System, tmp_path: Path
) -> None:
    with Doors.of(whole.run_folder) as doors:
        planting = Planting(doors)
        plant_by_commands(planting)
        plant_by_refusals(planting)
        plant_by_faults(planting)
        plant_by_import(planting, whole, tmp_path)
        plant_by_mediation(planting)
        plant_by_grid(planting)
        plant_by_residents(planting)
        position = filed_position(planting)
        doors.figures(TOWNSHIP, "all", at_least=position)
        traces = Traces(PLANTED)
        places: dict[str, list[str]] = {}
        looked = 0
        for place, raw in looked_at(planting, whole, tmp_path):
            looked += 1
            if found := traces.in_(raw):
                places.setdefault(place, []).extend(found)
    assert places == {}
    assert looked > 500


def test_who_was_erased_is_read_by_nobody_who_has_the_services_key_and_every_row(
    whole: System,
) -> None:
    """The erasure by the leader, then the operator's daily job."""
    word = "蔺柒拾叁娘"
    with Doors.of(whole.run_folder) as doors:
        planting = Planting(doors)
        filing = FILING | {"person": {"name": word}, "narrative": word}
        begun = planting.post(f"/townships/{TOWNSHIP}/cases", filing)
        case = ended(doors, begun.json()["case_id"])
        assert word in in_the_clear(planting.run)
        path = f"/persons/{petitioner_of(doors, case)}/erase"
        assert planting.post(path, {"reason_code": "at-request"}).status_code == 200
        assert "intake: files of erased persons deleted: " in whole.concord("purge")
        assert word not in in_the_clear(planting.run)


def in_the_clear(run: RunFolder) -> str:
    """All of intake's database that its key opens."""
    keys = Keys.from_base64(run.secrets.key_of("intake"))
    vault = Vault(new_pool("", name="never opened", size=1), keys)
    with superuser(run, "intake") as connection:
        return "\n".join(readable(connection, vault, keys))


@pytest.mark.parametrize("word", PLANTED)
def test_the_search_finds_a_word_however_it_is_written(word: str) -> None:
    traces = Traces([word])
    for before in ("", "a", "ab", "abc"):
        text = f'{before}{word}"}}'
        for raw in (
            text.encode(),
            text.encode("utf-16-be"),
            text.encode("gb18030"),
            orjson.dumps({"x": text}),
            base64.b64encode(text.encode()),
            base64.urlsafe_b64encode(text.encode("utf-16-le")),
            text.encode().hex().encode(),
            quote(text).encode(),
            ascii(text).encode(),
        ):
            assert traces.in_(raw) == [word], raw
    assert traces.in_(b"nothing of it") == []
