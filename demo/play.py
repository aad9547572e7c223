"""Plays a scene on a running system: registers go in while their figures are watched."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from cli.figures_api import Figures, ask_by, ask_figures, auditor
from cli.importing.batches import MOST_ROWS
from cli.importing.bring_in import ImportRequest, bring_in
from cli.importing.progress import in_silence
from cli.importing.report import ImportReport
from cli.importing.wait_for_figures import wait_for_figures
from cli.register.mapping import Mapping
from cli.system import System
from demo.live_figures import Show
from demo.mediating.play_mediations import play_mediations
from demo.mediating.play_report import PlayReport
from demo.scene import Scene
from deploy.local.county import COUNTY

_T = TypeVar("_T")
_PAUSE = 0.1
_ROWS_AT_ONCE = 10  # so that a small register can be seen coming in


@dataclass(frozen=True)
class Played:
    """The reports of the import and of the mediations, if there are some."""

    report: ImportReport
    mediations: PlayReport | None


def figures_now(system: System, scene: Scene) -> Figures:
    """The scene's figures as the system has them."""
    return ask_figures(system, _wanted(scene), scene.shown)


def _wanted(scene: Scene) -> dict[str, str]:
    return {"division": scene.division, "period": scene.period}


def play(system: System, scene: Scene, mapping: Mapping, rejects: Path, show: Show) -> Played:
    """Import both registers concurrently, and wait until the figures include every row."""
    importing = _aside(lambda: _bring_in(system, scene, mapping, rejects))
    mediating = _aside(lambda: _mediate(system, scene))
    with auditor(system, scene.division) as client:
        while not (_is_done(importing) and _is_done(mediating)):
            show(ask_by(client, "/figures", _wanted(scene) | {"ids": ",".join(scene.shown)}))
            time.sleep(_PAUSE)
    return Played(importing.result(), mediating.result())


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


def _mediate(system: System, scene: Scene) -> PlayReport | None:
    if scene.mediations is None:
        return None
    report = play_mediations(scene.mediations, scene.mapping, system, scene.division)
    wait_for_figures(system, report.positions)
    return report
