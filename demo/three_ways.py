"""The same figures by three ways: the live fold, a rebuild from the log, and the verifier.

All as of the positions at which the ledgers were exported, so that they have to agree even while
somebody goes on working.
"""

import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cli.exporting.export_to import export_to
from cli.figures_api import Figures, ask_figures
from cli.positions import write_positions
from cli.progress import telling
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
from demo.scene import Scene, Watched
from demo.verdict import stated
from deploy.local.county import COUNTY


class RebuildDidNotSwap(CommandRefused):
    """Its own words stand above."""


@dataclass(frozen=True)
class ThreeWays:
    """One figure as computed in each of the three ways."""

    division: str
    figure: str
    live: str
    rebuilt: str | None
    """None where nothing was rebuilt."""
    verified: str

    @property
    def holds(self) -> bool:
        """Whether they are the same."""
        return self.live == self.verified and self.rebuilt in {None, self.live}


@dataclass(frozen=True)
class Compared:
    """All figures by three ways, and what else the verifier found."""

    figures: list[ThreeWays]
    findings: list[str]

    @property
    def holds(self) -> bool:
        """Whether every figure follows from the log, and the log from its hashes."""
        return not self.findings and all(each.holds for each in self.figures)


def compare(data: Path | None, system: System, scene: Scene) -> Compared:
    """Export, ask, rebuild and ask again; raises CommandRefused when one of them cannot be done.

    Without the folder of the system's data nothing is rebuilt.
    """
    with tempfile.TemporaryDirectory(prefix="concord-demo-") as folder:
        out = Path(folder) / "export"
        with telling("export") as tell:
            export_to(out, system, COUNTY, tell)
        verification = _verify(out)
    vector = {ledger: events for ledger, (events, _) in verification.export.heads.items()}
    horizon = verification.export.horizon
    live = _asked(system, scene, vector, horizon)
    rebuilt = _rebuilt(data, system, scene, vector, horizon) if data is not None else {}
    verified = _recomputed(verification, scene)
    figures = [
        ThreeWays(
            each.division,
            name,
            live=live[each.division, name],
            rebuilt=rebuilt.get((each.division, name)),
            verified=verified[each.division, name],
        )
        for each in scene.watched
        for name in each.figures
    ]
    return Compared(figures, verification.report.findings)


def _verify(out: Path) -> Verification:
    report = Report(lambda _said: None)
    export = open_export(out)
    verification = Verification(export, known_keys(export, None, report), report)
    verification.run()
    return verification


def _rebuilt(
    data: Path, system: System, scene: Scene, vector: Mapping[str, int], horizon: date
) -> "Found":
    # it knows the one-machine run, of whose packages a container has none
    from cli.rebuild import rebuild_views

    if rebuild_views(data):
        raise RebuildDidNotSwap("The rebuild ended without a swap; its own words are above.")
    return _asked(system, scene, vector, horizon)


Found = dict[tuple[str, str], str]
"""By division and figure, what it comes to."""


def _asked(system: System, scene: Scene, vector: Mapping[str, int], horizon: date) -> Found:
    return {
        (each.division, figure["id"]): stated(figure)
        for each in scene.watched
        for figure in _figures(system, each, vector, horizon)["figures"]
    }


def _figures(
    system: System, watched: Watched, vector: Mapping[str, int], horizon: date
) -> Figures:
    own = {name: at for name, at in vector.items() if _is_of(name, watched)}
    wanted = {
        "division": watched.division,
        "period": watched.period,
        "as_of": write_positions(own),
        "horizon": horizon.isoformat(),
    }
    return ask_figures(system, wanted, watched.figures)


def _recomputed(verification: Verification, scene: Scene) -> Found:
    found: Found = {}
    for watched in scene.watched:
        counts = _counts(verification, watched)
        for name in watched.figures:
            found[watched.division, name] = stated(figure_of(MEASURES[name], counts))
    return found


def _counts(verification: Verification, watched: Watched) -> Counter[str]:
    counts = Counter[str]()
    for name, by_year in verification.counts.items():
        if not _is_of(name, watched):
            continue
        if watched.period != "all":
            counts.update(counts_in(by_year, int(watched.period)))
            continue
        for counted in by_year.values():
            counts.update(counted)
    return counts


def _is_of(ledger: str, watched: Watched) -> bool:
    return ledger.partition("/")[2].startswith(watched.division)
