"""`python -m tests.bench [NAME ...] [--quick] [--full]`: measure, tell, keep."""

import argparse
import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Sequence

import uvloop

from shared.http import set_up_logs
from tests.bench import (
    append,
    back_test,
    board,
    bulk_door,
    clock,
    command_http,
    due,
    fold,
    idle,
    lifecycle,
    live,
    mediation_http,
    patrol_batch,
    relay,
    rules,
    scale,
    warning_live,
)
from tests.bench.figures import Result
from tests.bench.report import FILE, HEAD, keep, line
from tests.bench.stage import Stage, opened

Bench = Callable[[Stage], Awaitable[Sequence[Result]]]

BENCHES: dict[str, Bench] = {
    "append": append.bench,
    "command_http": command_http.bench,
    "mediation_http": mediation_http.bench,
    "patrol_batch": patrol_batch.bench,
    "relay": relay.bench,
    "fold": fold.bench,
    "rules": rules.bench,
    "back_test": back_test.bench,
    "live": live.bench,
    "warning_live": warning_live.bench,
    "lifecycle": lifecycle.bench,
    "import": bulk_door.bench,
    "scale": scale.bench,
    "due": due.bench,
    "clock": clock.bench,
    "idle": idle.bench,
    "board": board.bench,
}


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--quick", action="store_true", help="smaller and shorter")
    parser.add_argument(
        "--full", action="store_true", help="import 100,000 rows, and live with a million cases"
    )
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(BENCHES):
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    return asked


def main() -> None:
    asked = _asked()
    set_up_logs("text", service="bench", level=logging.WARNING, stream=sys.stderr)
    # the doors' own loop, for what of ours runs in this process and for its floors
    with (
        opened(quick=asked.quick, full=asked.full) as stage,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        print(HEAD, flush=True)  # noqa: T201
        for name in asked.names or BENCHES:
            for result in runner.run(_sequence(BENCHES[name], stage)):
                keep(result, quick=asked.quick)
                print(line(result), flush=True)  # noqa: T201
    print(f"All of it is in {FILE}")  # noqa: T201


async def _sequence(bench: Bench, stage: Stage) -> Sequence[Result]:
    return await bench(stage)


if __name__ == "__main__":
    main()
