"""A rebuild in a process of its own, killed where a test wants it: point, topic, owner, role, bootstrap."""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from typing import Any

from services.stats.migrate import VERSIONS
from services.stats.rebuilding import rebuild as rebuilding
from services.stats.rebuilding import swap
from services.stats.rebuilding.building import Building
from services.stats.rebuilding.progress import InSilence
from services.stats.rebuilding.rebuild_target import RebuildTarget
from services.stats.stream.views import VIEWS
from tests.stats.lives import COUNTY


def die_after(owner: object, step: str) -> None:
    """Let the step be the last thing that the process does."""
    whole = getattr(owner, step)

    async def last(*given: Any, **named: Any) -> None:
        await whole(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, step, last)


def arm(point: str) -> None:
    """Have the process die right after that step."""
    match point:
        case "while building":
            die_after(Building, "_fold")
        case "before the commit":
            die_after(swap, "_exchange")
        case "after the commit":
            die_after(rebuilding, "swap")
        case _:
            assert point == "never"


async def main(topic: str, owner_url: str, role: str, bootstrap: str) -> None:
    view = replace(next(view for view in VIEWS if view.name == "cases"), topic=topic)
    target = RebuildTarget(
        owner_url=owner_url, role=role, bootstrap=bootstrap, county=COUNTY, versions=VERSIONS
    )
    await rebuilding.rebuild(view, target, InSilence())


if __name__ == "__main__":
    arm(sys.argv[1])
    asyncio.run(main(*sys.argv[2:]))
