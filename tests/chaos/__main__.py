"""`python -m tests.chaos`: hurt a whole system on purpose, seed by seed, and say what came of it.

make chaos                          20 seeds and the killed import
make chaos CHAOS="--seed 7"         one seed again
make chaos CHAOS="--seed 7 --faults 'delete kafka,kill postgres'"
"""

import argparse
import asyncio
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.chaos import killed_import, page
from tests.chaos.faults import FAULTS
from tests.chaos.ground import Ground, ground, new_folder
from tests.chaos.journal import Journal
from tests.chaos.one_seed import Verdict, play
from tests.chaos.plan import Plan, draw
from tests.chaos.small_disk import may_mount, small_disk


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make chaos",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"faults: {', '.join(FAULTS)}",
    )
    parser.add_argument("--seeds", type=int, default=20, help="seeds 1 to so many")
    parser.add_argument(
        "--seed", type=int, nargs="+", help="this one alone, or these, without the killed import"
    )
    parser.add_argument("--faults", help="these, separated by commas, instead of the seed's own")
    parser.add_argument("--each", action="store_true", help="every fault once, by itself")
    parser.add_argument("--only-import", action="store_true", help="the killed import alone")
    parser.add_argument("--no-import", action="store_true", help="without the killed import")
    parser.add_argument("--minutes", type=float, default=40, help="begin no seed after that time")
    parser.add_argument("--keep", action="store_true", help="keep the data, whatever the verdict")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="write the tables to that page")
    asked = parser.parse_args()
    asked.faults = asked.faults and [name.strip() for name in asked.faults.split(",")]
    if unknown := set(asked.faults or ()) - set(FAULTS):
        parser.error(f"no such fault: {', '.join(sorted(unknown))}")
    return asked


def main() -> None:
    """Exit code 0 when every verdict holds."""
    asked = _asked()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is stopped
    began = time.monotonic()
    plans = _plans(asked)
    verdicts, imported = [], None
    for small in (False, True):
        group = [plan for plan in plans if plan.small_disk is small]
        for told in _play_all(group, asked, began, small=small):
            verdicts.append(told)
            page.keep(verdicts)
    if asked.only_import or not (asked.no_import or asked.seed):
        imported = _import(asked)
    if asked.write:
        page.write(asked.write, sorted(verdicts, key=lambda told: told.seed), imported)
    holds = all(told.holds for told in verdicts) and not (imported and imported.findings)
    sys.exit(0 if holds else 1)


def _plans(asked: argparse.Namespace) -> list[Plan]:
    if asked.only_import:
        return []
    if asked.each:
        return [draw(number, [name]) for number, name in enumerate(asked.faults or FAULTS, 1)]
    seeds = asked.seed or range(1, asked.seeds + 1)
    return [draw(seed, asked.faults) for seed in seeds]


def _play_all(
    plans: Sequence[Plan], asked: argparse.Namespace, began: float, *, small: bool
) -> Iterator[Verdict]:
    """One system for all of them: its ledgers grow from seed to seed."""
    if not plans:
        return
    with _folder(asked, small=small) as folder:
        if folder is None:
            _tell("no disk can be mounted here: the seeds with a full disk are left out")
            return
        with ground(folder / "data", small_disk=small) as hurt:
            journal = Journal(page.new_journal())
            for plan in plans:
                if time.monotonic() - began > asked.minutes * 60:
                    _tell(f"seed {plan.seed} is left out: the time is over")
                    continue
                yield _judge(hurt, plan, journal)


def _judge(hurt: Ground, plan: Plan, journal: Journal) -> Verdict:
    _tell(f"seed {plan.seed}: {', '.join(plan.names)}")
    verdict = asyncio.run(play(hurt, plan, journal))
    _tell(page.line(verdict))
    for finding in verdict.findings[:20]:
        _tell(f"  {finding}")
    if not verdict.holds:
        kept = page.keep_logs(hurt.run.path, plan.seed)
        _tell(f'again: make chaos CHAOS="--seed {plan.seed}"; the logs are in {kept}')
    return verdict


@contextmanager
def _folder(asked: argparse.Namespace, *, small: bool) -> Iterator[Path | None]:
    """Where the data is; kept when it is asked for or when something was found."""
    folder = new_folder()
    with ExitStack() as stack:
        if small and not may_mount(folder):
            folder.rmdir()
            yield None
            return
        if small:
            stack.enter_context(small_disk(folder))
        yield folder
        if not asked.keep:
            stack.callback(shutil.rmtree, folder, ignore_errors=True)


def _import(asked: argparse.Namespace) -> killed_import.Imported:
    with _folder(asked, small=False) as folder:
        assert folder is not None
        with ground(folder / "data") as hurt:
            imported = killed_import.play(hurt, asked.seed[0] if asked.seed else 1)
    _tell(str(imported))
    for finding in imported.findings[:20]:
        _tell(f"  {finding}")
    return imported


def _tell(words: str) -> None:
    print(words, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
