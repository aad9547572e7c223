"""The live fold, a rebuild from the topic, and the verifier that shares no code with either."""

import shutil
from pathlib import Path

from tests.chaos.ground import COUNTY, Ground
from tests.chaos.observed import Finding

_FIGURES = "figures.json"


def three_ways(ground: Ground) -> list[Finding]:
    """What verifier and rebuild have to say against the figures as they are told now."""
    live, rebuilt = (ground.run.path.parent / name for name in ("export-live", "export-rebuilt"))
    try:
        return _compared(ground, live, rebuilt)
    except AssertionError as refuted:
        return [Finding("three ways", COUNTY, str(refuted))]
    finally:
        for folder in (live, rebuilt):
            shutil.rmtree(folder, ignore_errors=True)


def _compared(ground: Ground, live: Path, rebuilt: Path) -> list[Finding]:
    ground.concord("export", "--division", COUNTY, "--out", str(live))
    said = ground.concord("verify", str(live))
    ground.concord("rebuild")
    ground.concord("export", "--division", COUNTY, "--out", str(rebuilt))
    found = []
    if "every figure follows" not in said:
        found.append(Finding("three ways", "verified", said))
    if (live / _FIGURES).read_bytes() != (rebuilt / _FIGURES).read_bytes():
        found.append(Finding("three ways", "rebuilt", "other figures than the live fold's"))
    return found
