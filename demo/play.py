"""Plays a scene on a running system: registers go in while their figures are watched."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

import httpx

from cli.figures_api import Figures, ask_by, ask_figures, auditor
from cli.importing.batches import MOST_ROWS
from cli.importing.bring_in import ImportRequest, bring_in
from cli.importing.progress import in_silence
from cli.importing.report import ImportReport
from cli.importing.wait_for_figures import wait_for_figures
from cli.register.mapping import Mapping
from cli.register.mapping_file import read_mapping
from cli.system import System
from demo.commanding.play_report import PlayReport
from demo.grid_year.play_patrols import play_patrols
from demo.grid_year.play_reports import play_reports
from demo.grid_year.play_warnings import play_warnings
from demo.live_figures import Show
from demo.mediating.play_mediations import play_mediations
from demo.reference_year.play_cases import play_cases
from demo.scene import REFERENCE_TOWNSHIP, TABLES, Scene, Watched
from deploy.local.county import COUNTY

_PLAYS = (play_cases, play_mediations, play_patrols, play_reports, play_warnings)
_T = TypeVar("_T")
_PAUSE = 0.1
_ROWS_AT_ONCE = 10  # so that a small register can be seen coming in


@dataclass(frozen=True)
class Played:
    """The reports of the imports, and of what was played through commands."""

    tables: list[ImportReport]
    """Of units, posts, villages, grids and grid workers, which come in first."""
    report: ImportReport
    commanded: list[PlayReport]


def figures_now(system: System, scene: Scene) -> list[Figures]:
    """The scene's figures as the system has them."""
    return [ask_figures(system, _wanted(each), each.figures) for each in scene.watched]


def _wanted(watched: Watched) -> dict[str, str]:
    return {"division": watched.division, "period": watched.period}


def play(system: System, scene: Scene, mapping: Mapping, rejects: Path, show: Show) -> Played:
    """Register units, posts and grids; then import the register while the year is played.

    Returns when the figures show all.
    """
    tables = [
        register_table(system, table, rejects.parent) for table in TABLES if scene.is_bundled
    ]
    importing = _aside(lambda: _bring_in(system, scene, mapping, rejects))
    plays = _PLAYS if scene.is_bundled else ()
    commanding = [_aside(partial(_command, each, system)) for each in plays]
    with auditor(system, COUNTY) as client:
        while not all([_is_done(importing), *map(_is_done, commanding)]):
            show(_shown_by(client, scene))
            time.sleep(_PAUSE)
    return Played(tables, importing.result(), [each.result() for each in commanding])


def register_table(system: System, table: Path, folder: Path) -> ImportReport:
    """Bring in the rows of a table of the registry."""
    rejects = folder / f"{table.stem}.rejects.csv"
    request = ImportRequest(table, read_mapping(table.with_suffix(".toml")), rejects=rejects)
    return bring_in(request, system, COUNTY, in_silence)


def _shown_by(client: httpx.Client, scene: Scene) -> list[Figures]:
    return [
        ask_by(client, "/figures", _wanted(each) | {"ids": ",".join(each.figures)})
        for each in scene.watched
    ]


def _aside(work: Callable[[], _T]) -> "Future[_T]":
    going: Future[_T] = Future()

    def settle() -> None:
        try:
            going.set_result(work())
        except BaseException as failure:  # noqa: BLE001 - raised by whoever asks for the result
            going.set_exception(failure)

    # a daemon, so that Ctrl-C need not wait for the whole register
    Thread(target=settle, daemon=True).start()
    return going


def _is_done(going: "Future[Any]") -> bool:
    """Whether the work is done; raises its exception at once."""
    if going.done():
        going.result()
    return going.done()


def _bring_in(system: System, scene: Scene, mapping: Mapping, rejects: Path) -> ImportReport:
    # the mapping of another register may know no division: then it all goes to one township
    division = None if mapping.subject.division else f"{COUNTY}199"
    rows_at_once = _ROWS_AT_ONCE if scene.is_bundled else MOST_ROWS
    request = ImportRequest(scene.register, mapping, division, rejects, rows_at_once)
    report = bring_in(request, system, COUNTY, in_silence)
    wait_for_figures(system, report.positions)
    return report


def _command(play: Callable[[System, str], PlayReport], system: System) -> PlayReport:
    report = play(system, REFERENCE_TOWNSHIP)
    wait_for_figures(system, report.positions)
    return report
