"""A small export to be tampered with, and what was found in it."""

from pathlib import Path
from typing import Any

import orjson
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, settings

from cli.verify import check_export
from shared.contracts.case_codes import Channel, FirstOrRepeat
from shared.contracts.grid_codes import Employment, GridKind
from shared.contracts.mediation_codes import MediatorKind, SessionMode
from shared.contracts.report_codes import ReportTopic
from shared.sealing import SealKeys
from tests.stats.grid_lives import Grids, a_village
from tests.stats.lives import NEIGHBOUR, TOWNSHIP, Ledger
from tests.stats.mediation_lives import Mediations
from tests.verify.exports import Chained

LEDGER = f"ledgers/intake/{TOWNSHIP}.ndjson"

tampered_with = settings(
    max_examples=150,
    deadline=None,
    # each example puts the export back as it was
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def a_township(division: str = TOWNSHIP) -> Ledger:
    """Two years of a few cases, with something of everything."""
    ledger = Ledger(division)
    first = ledger.file("2024-03-01", channel=Channel.VISIT, headcount=7)
    ledger.accept(first, "2024-03-05")
    ledger.serve(first, "2024-04-01")
    ledger.resolve(first, "2024-04-01")
    ledger.close(first, "2024-04-02")
    second = ledger.file("2025-01-10", history=FirstOrRepeat.REPEAT, repeat_of=first)
    ledger.accept(second, "2025-01-11")
    ledger.withdraw(second, "2025-02-01")
    third = ledger.file("2025-05-05")
    ledger.forward(third, "2025-05-06")
    ledger.accept(third, "2025-05-07")
    ledger.reply(third, "2025-05-20")
    ledger.divert(ledger.file("2025-06-01"), "2025-06-03")
    return ledger


def some_disputes() -> Mediations:
    """Two years of a few mediations and mediators, with something of everything."""
    ledger = Mediations()
    wu = ledger.enrol("2024-01-02", MediatorKind.CERTIFIED, MediatorKind.RETIRED_CADRE)
    ledger.enrol("2025-01-02", MediatorKind.RESPECTED_ELDER)
    first = ledger.apply("2024-03-01")
    ledger.meet(first, "2024-03-02", SessionMode.CAUCUS)
    ledger.void_session(first, ledger.meet(first, "2024-03-03"), "2024-03-03")
    ledger.succeed(first, "2024-03-04", perform_by="2025-03-31")
    ledger.fail(ledger.apply("2025-03-01"), "2025-03-09")
    ledger.refuse(ledger.apply("2025-04-01"), "2025-04-02")
    ledger.perform(first, "2025-04-01")
    ledger.leave(wu, "2025-06-30")
    return ledger


def some_grids() -> Grids:
    """A village, its grids and workers, and reports of two years, with something of everything."""
    ledger = Grids()
    village = ledger.register(a_village(), "2024-01-01")
    first = ledger.define(f"{village}001", "2024-01-01")
    ledger.end_grid(ledger.define(f"{village}002", "2024-01-01", GridKind.MICRO), "2024-12-31")
    worker = ledger.enrol("2024-01-01", Employment.PART_TIME)
    ledger.assign(worker, first, "2024-01-01")
    ledger.enrol("2025-01-01", Employment.FULL_TIME, again=worker)
    ledger.leave(ledger.enrol("2024-01-01"), "2025-06-30")
    ledger.validate(ledger.submit("2024-03-01", ReportTopic.UNPAID_WAGES), "2024-03-02")
    ledger.reject(ledger.submit("2025-03-01"), "2025-03-02")
    return ledger


def townships() -> list[Chained]:
    """One sealed twice with events after the seals, one sealed once and whole, mediations, grids."""
    return [
        Chained(a_township(), [5, 9]),
        Chained(a_township(NEIGHBOUR), [14]),
        Chained(some_disputes(), [6, 13]),
        Chained(some_grids(), [6, 13]),
    ]


def found_in(folder: Path, key: Path | None = None, seals: Path | None = None) -> list[str]:
    return check_export(folder, key, lambda _: None, seals)


def only(findings: list[str], *words: str) -> None:
    """Something was found, and one finding has all of these words."""
    assert findings
    assert any(all(word in finding for word in words) for finding in findings), findings


def lines_of(folder: Path, name: str = LEDGER) -> list[bytes]:
    return (folder / name).read_bytes().splitlines(keepends=True)


def write(folder: Path, lines: list[bytes], name: str = LEDGER) -> None:
    (folder / name).write_bytes(b"".join(lines))


def edited(line: bytes, **members: Any) -> bytes:
    return orjson.dumps(orjson.loads(line) | members, option=orjson.OPT_APPEND_NEWLINE)


def key_file(folder: Path, keys: SealKeys, form: str = "pem") -> Path:
    file = folder / f"key.{form}"
    if form == "json":
        file.write_bytes(orjson.dumps({"keys": keys.published()}))
    else:
        public = keys.signing.public_key()
        file.write_bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return file


def figures_in(folder: Path) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = orjson.loads((folder / "figures.json").read_bytes())
    return told
