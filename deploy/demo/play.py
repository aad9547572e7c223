"""Plays a scene on a running system: the register goes in while its figures are watched."""

import time
from concurrent.futures import Future
from pathlib import Path
from threading import Thread

from cli.figures_door import Figures, ask_figures
from cli.importing.batches import MOST_ROWS
from cli.importing.bring_in import Errand, bring_in
from cli.importing.progress import in_silence
from cli.importing.shown import wait_until_shown
from cli.importing.tally import Tally
from cli.register.mapping import Mapping
from cli.system import System
from deploy.demo.moving import Show
from deploy.demo.scene import SHOWN, Scene
from deploy.local.run_services import COUNTY

_PAUSE = 0.1
_ROWS_AT_ONCE = 10  # so that a small register can be seen coming in


def figures_now(system: System, scene: Scene) -> Figures:
    """The scene's figures as the system has them."""
    return ask_figures(system, {"division": scene.division, "period": scene.period}, SHOWN)


def play(system: System, scene: Scene, mapping: Mapping, rejects: Path, show: Show) -> Tally:
    """The register is in and its figures show every row of it."""
    going: Future[Tally] = Future()

    def settle() -> None:
        try:
            going.set_result(_bring_in(system, scene, mapping, rejects))
        except BaseException as failure:  # noqa: BLE001 - raised by whoever asks for the result
            going.set_exception(failure)

    # a daemon, so that Ctrl-C need not wait for the whole register
    Thread(target=settle, daemon=True).start()
    while not going.done():
        show(figures_now(system, scene))
        time.sleep(_PAUSE)
    return going.result()


def _bring_in(system: System, scene: Scene, mapping: Mapping, rejects: Path) -> Tally:
    # the mapping of another register may know no division: then it all goes to one township
    division = None if mapping.case.division else f"{COUNTY}199"
    rows_at_once = _ROWS_AT_ONCE if scene.is_bundled else MOST_ROWS
    errand = Errand(scene.register, mapping, division, rejects, rows_at_once)
    tally = bring_in(errand, system, COUNTY, in_silence)
    wait_until_shown(system, tally.positions)
    return tally
