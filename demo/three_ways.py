"""The same figures by three ways: the live fold, a rebuild from the log, and the verifier.

All as of the positions at which the ledgers were exported, so that they have to agree even while
somebody goes on working.
"""

import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.exporting.export_to import export_to
from cli.figures_api import Figures, ask_figures
from cli.positions import write_positions
from cli.progress import telling
from cli.rebuild import rebuild_views
from cli.refusals import CommandRefused
from cli.system import System
from cli.verify import (
    MEASURES,
    Report,
    Verification,
    counts_in,
    figure_of,
    known_keys,
    open_export,
)
from demo.scene import Scene
from demo.verdict import stated


class RebuildDidNotSwap(CommandRefused):
    """Its own words stand above."""


@dataclass(frozen=True)
class ThreeWays:
    """One figure as computed in each of the three ways."""

    figure: str
    live: str
    rebuilt: str
    verified: str

    @property
    def holds(self) -> bool:
        """Whether they are the same."""
        return self.live == self.rebuilt == self.verified


@dataclass(frozen=True)
class Compared:
    """All figures by three ways, and what else the verifier found."""

    figures: list[ThreeWays]
    findings: list[str]

    @property
    def holds(self) -> bool:
        """Whether every figure follows from the log, and the log from its hashes."""
        return not self.findings and all(each.holds for each in self.figures)


def compare(data: Path, system: System, scene: Scene) -> Compared:
    """Export, ask, rebuild and ask again; raises CommandRefused when one of them cannot be done."""
    with tempfile.TemporaryDirectory(prefix="concord-demo-") as folder:
        out = Path(folder) / "export"
        with telling("export") as tell:
            export_to(out, system, scene.division, tell)
        verification = _verify(out)
    vector = {ledger: events for ledger, (events, _) in verification.export.heads.items()}
    live = _asked(system, scene, vector)
    if rebuild_views(data):
        raise RebuildDidNotSwap("The rebuild ended without a swap; what it says stands above.")
    rebuilt, verified = _asked(system, scene, vector), _recomputed(verification, scene)
    figures = [ThreeWays(name, live[name], rebuilt[name], verified[name]) for name in scene.shown]
    return Compared(figures, verification.report.findings)


def _verify(out: Path) -> Verification:
    report = Report(lambda _said: None)
    export = open_export(out)
    verification = Verification(export, known_keys(export, None, report), report)
    verification.run()
    return verification


def _asked(system: System, scene: Scene, vector: Mapping[str, int]) -> dict[str, str]:
    as_of = write_positions(vector)
    wanted = {"division": scene.division, "period": scene.period, "as_of": as_of}
    found: Figures = ask_figures(system, wanted, scene.shown)
    return {figure["id"]: stated(figure) for figure in found["figures"]}


def _recomputed(verification: Verification, scene: Scene) -> dict[str, str]:
    counts = Counter[str]()
    for by_year in verification.counts.values():
        if scene.period != "all":
            counts.update(counts_in(by_year, int(scene.period)))
            continue
        for counted in by_year.values():
            counts.update(counted)
    return {name: stated(figure_of(MEASURES[name], counts)) for name in scene.shown}
