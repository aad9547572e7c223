"""Writes an export into a temporary folder, which is renamed once it is complete."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import orjson

from cli.exporting.causes import complete
from cli.exporting.figures import every_version, figures_of, questions
from cli.exporting.ledgers import Exported, ledgers_of, write_ledger
from cli.exporting.manifest import write_manifest
from cli.exporting.retry import get_json
from cli.figures_api import scope_of
from cli.progress import Tell
from cli.refusals import BadInput
from cli.system import System
from shared.identity import Role
from shared.services import LEDGER_KEEPERS, followers_of
from shared.times import china_day


def export_to(
    out: Path,
    system: System,
    division: str,
    tell: Tell,
    services: Sequence[str] = LEDGER_KEEPERS,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[Exported]:
    """Write the export; raises BadInput if the folder exists or there is nothing to export.

    `services` are those that keep ledgers. The export bears the moment at which it was begun, and that
    at which its figures were asked for: no term is judged by a later one.
    """
    made_at = now()
    with _growing(out) as folder:
        ledgers = _write_ledgers(folder, system, division, tell, services)
        if not ledgers:
            raise BadInput(f"No ledger of {division} has begun; there is nothing to export.")
        figures_at = now()
        _write_figures(folder, system, division, ledgers, tell, china_day(figures_at))
        write_manifest(
            folder,
            division=division,
            ledgers=ledgers,
            made_at=made_at,
            figures_at=figures_at,
        )
    return ledgers


def _write_ledgers(
    folder: Path, system: System, division: str, tell: Tell, services: Sequence[str]
) -> list[Exported]:
    found: list[Exported] = []
    keys: list[dict[str, str]] = []
    with (folder / "seals.ndjson").open("wb") as seals:
        for service in services:
            with system.client(service, Role.AUDITOR, scope_of(division)) as client:
                own = list(ledgers_of(client, service, division))
                for ledger in own:
                    tell(f"{ledger.name}: {ledger.events:,} events")
                    write_ledger(
                        client,
                        ledger,
                        folder,
                        seals=seals,
                        reached=lambda events: tell(f"… {events:,}"),
                    )
                found += own
                keys += get_json(client, "/seal-keys")["keys"]
        complete(folder, system, division, found, services=services, seals=seals)
    content = orjson.dumps({"keys": keys}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    (folder / "keys.json").write_bytes(content)
    return found


def _write_figures(  # noqa: PLR0917 - called once
    folder: Path,
    system: System,
    division: str,
    ledgers: list[Exported],
    tell: Tell,
    horizon: date,
) -> None:
    # figures rest on the ledgers that stats follows, and stats knows the positions of no others
    ledgers = [each for each in ledgers if "stats" in followers_of(each.service)]
    asked = list(questions(division, ledgers))
    tell(f"figures of {len(asked)} divisions and years")
    with (
        system.client("stats", Role.AUDITOR, scope_of(division)) as client,
        (folder / "figures.json").open("wb") as file,
    ):
        # one line each, with one in memory
        file.write(b"[")
        ids = every_version(client)
        for number, (each, year) in enumerate(asked):
            figures = figures_of(client, each, year, ledgers, ids=ids, horizon=horizon)
            file.write((b",\n" if number else b"\n") + orjson.dumps(figures))
        file.write(b"\n]\n")


@contextmanager
def _growing(out: Path) -> Iterator[Path]:
    """Yield the folder `<out>.part` and rename it to `out` at the end; replaces one left by a kill."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInput(f"--out: {out} is there already and not empty; name a new folder.")
    folder = out.with_name(f"{out.name}.part")
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        yield folder
        if out.exists():
            out.rmdir()
        folder.rename(out)
    except OSError as fault:
        raise BadInput(f"--out: {out} cannot be written: {fault.strerror}.") from fault
