"""Makes views of stats anew beside the live ones: `python -m services.stats.rebuild [VIEW] [--replace]`.

Runs as the owner of the database, in the environment of the service and of its migrations.
Exit code 1: a view was not swapped, and is as it was; 2: no such view; 3: a part is away.
"""

import argparse
import asyncio
import sys

from services.stats.migrate import VERSIONS
from services.stats.rebuilding.progress import telling
from services.stats.rebuilding.rebuild import Rebuilt, rebuild
from services.stats.rebuilding.rebuild_target import RebuildTarget
from services.stats.rebuilding.refusals import RebuildRefused
from services.stats.settings import RebuildSettings
from services.stats.stream.views import VIEWS, View
from shared.garbage_collection import tune_collector
from shared.http import set_up_logs
from shared.settings import read_settings

BAD_INPUT, INTERRUPTED = 2, 130


def main() -> int:
    """The exit code."""
    asked = _asked()
    name: str | None = asked.view
    views = [view for view in VIEWS if name in {None, view.name}]
    if not views:
        names = ", ".join(view.name for view in VIEWS)
        sys.stderr.write(f"There is no view called {name}; there are: {names}.\n")
        return BAD_INPUT
    settings = read_settings(RebuildSettings)
    set_up_logs(settings.log_format, service="stats", stream=sys.stderr)
    tune_collector()
    try:
        for view in views:
            _rebuild(view, _where(settings), replace=asked.replace)
    except RebuildRefused as reason:
        sys.stderr.write(f"{reason}\n")
        return reason.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted; whatever was not swapped is as it was.\n")
        return INTERRUPTED
    return 0


def _asked() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(prog="concord rebuild", description=__doc__)
    arguments.add_argument("view", nargs="?", metavar="VIEW", help="all of them unless named")
    arguments.add_argument(
        "--replace",
        action="store_true",
        help="swap even where the live view holds events that the topic does not tell of",
    )
    return arguments.parse_args()


def _where(settings: RebuildSettings) -> RebuildTarget:
    return RebuildTarget(
        owner_url=settings.owner_database_url.get_secret_value(),
        role=settings.role,
        bootstrap=settings.kafka_bootstrap,
        county=settings.county,
        versions=VERSIONS,
    )


def _rebuild(view: View, target: RebuildTarget, *, replace: bool) -> None:
    with telling(view.name) as tell:
        done = asyncio.run(rebuild(view, target, tell, replace=replace))
    sys.stdout.write(f"{view.name}: {_said(done)}\n")


def _said(done: Rebuilt) -> str:
    swapped = done.swapped
    parked = f", {swapped.newly_parked} newly parked" if swapped.newly_parked else ""
    return (
        f"swapped: {swapped.ledgers} ledgers, {swapped.events:,} events{parked}, "
        f"in {done.seconds:.1f} s; figures waited {swapped.seconds_closed * 1000:.0f} ms at most"
    )


if __name__ == "__main__":
    sys.exit(main())
