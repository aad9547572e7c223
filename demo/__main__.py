"""`python -m demo`: the whole system, a register going in, and its figures moving.

With CONCORD_ISSUER it plays on a system elsewhere (`demo.by_issuer`).

On a terminal it stays up until Ctrl-C. Without one, or with DEMO_EXIT=1, it stops what it started
and ends with 0 only if the figures are those that have to come out, and three ways give the same.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from rich.table import Table

from cli.data_folder import DEFAULT
from cli.figures_api import Figures
from cli.figures_table import as_of_line, print_figures
from cli.importing.summary import summary
from cli.progress import console, telling, wide_console
from cli.refusals import CommandRefused
from cli.register.mapping_file import read_mapping
from cli.system import System, embedded
from cli.two_columns import print_two_columns
from demo.by_issuer import is_elsewhere, system_elsewhere
from demo.live_figures import moving_figures
from demo.passed_on import FROM, pass_a_matter_on
from demo.play import Played, figures_now, play
from demo.reference_year.scoreboard import Judged, scoreboard
from demo.scene import REFERENCE_TOWNSHIP, REFERENCE_YEAR, Scene, chosen_scene
from demo.three_ways import Compared, compare
from demo.verdict import Verdict, registered_in_full, verdicts
from deploy.local.bring_up import bring_up, folder_to_start, is_up
from deploy.local.county import COUNTY
from deploy.local.refusals import CannotRun
from deploy.local.run_folder import RunFolder
from deploy.local.stop import stop
from deploy.local.supervision import Supervisor
from shared.services import SERVICES


def main() -> int:
    """The exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        scene = chosen_scene()
        return _demonstrate_elsewhere(scene) if is_elsewhere() else _demonstrate(scene)
    except (CommandRefused, CannotRun) as reason:
        print(reason, file=sys.stderr)
        return reason.exit_code
    except KeyboardInterrupt:
        return 130


def _demonstrate(scene: Scene) -> int:
    data = Path(os.environ.get("CONCORD_DATA") or DEFAULT)
    with _running_system(data) as run:
        code = _show(embedded(run.path), run.path, scene, rebuilt=run.path)
        say_where(run)
        if console.is_terminal and not os.environ.get("DEMO_EXIT"):
            _stay()
    return code


def _demonstrate_elsewhere(scene: Scene) -> int:
    """Without a rebuild, for which the views' owner is needed."""
    folder = Path(os.environ.get("CONCORD_DATA") or DEFAULT)
    folder.mkdir(parents=True, exist_ok=True)
    return _show(system_elsewhere(), folder, scene, rebuilt=None)


def _show(system: System, folder: Path, scene: Scene, *, rebuilt: Path | None) -> int:
    """Play, judge and compare; the exit code."""
    found = _play_and_print(system, folder, scene)
    if scene.is_bundled:
        _pass_on_and_print(system)
    board = _judge_and_print(system) if scene.is_bundled else []
    compared = _compare_and_print(system, rebuilt, scene)
    as_expected = all(row.says is row.expected for row in board)
    follows = all(verdict.holds for verdict in found)
    return 0 if compared.holds and follows and as_expected else 1


@contextmanager
def _running_system(data: Path) -> Iterator[RunFolder]:
    """The system of that folder; one that runs already is used, and left running."""
    with folder_to_start(data, {}) as run:
        ours = not Supervisor(run).is_running()
        try:
            if not is_up(run):
                with telling("demo") as tell:
                    bring_up(run, tell, with_us=ours)
        except BaseException:  # Ctrl-C too: what was started is stopped, then it goes on up
            if ours:
                stop(run)
            raise
    try:
        yield run
    finally:
        if ours:
            print("Stopping …", flush=True)
            stop(run)


def _play_and_print(system: System, folder: Path, scene: Scene) -> list[Verdict]:
    mapping = read_mapping(scene.mapping)
    rejects = folder / f"{scene.register.stem}.rejects.csv"
    before = figures_now(system, scene)
    _print_input(scene)
    with moving_figures(console) as show:
        played = play(system, scene, mapping, rejects, show)
    _print_played(played)
    after = figures_now(system, scene)
    _print_figures(after)
    found = verdicts(scene, before, after, played.report)
    found += [registered_in_full(table) for table in played.tables]
    _print_verdicts(found)
    return found


def _print_input(scene: Scene) -> None:
    print(f"\n{scene.register.name} is imported through the API of intake;")
    if scene.is_bundled:
        print(f"the petitions, mediations, patrols, reports and warnings of {REFERENCE_TOWNSHIP}")
        print("are played at the same time:")
    else:
        print("the reference year is not played: it belongs to the bundled register:")
    sys.stdout.flush()


def _print_played(played: Played) -> None:
    for table in played.tables:
        print(f"the {table.mapping.target.plural}:")
        for line in summary(table, dry_run=False):
            print(line)
    for line in summary(played.report, dry_run=False):
        print(line)
    for report in played.commanded:
        for line in report.summary():
            print(line)


def _print_figures(figures: list[Figures]) -> None:
    for found in figures:
        print(f"\n{found['division']}, {found['period']}")
        print_figures(wide_console(), found["figures"])
        print(f"as of {as_of_line(found['as_of'])}\n")


def _print_verdicts(found: list[Verdict]) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("figure")
    table.add_column("counted from the registers themselves", justify="right")
    table.add_column("computed by the system", justify="right")
    table.add_column("verdict")
    for verdict in found:
        said = "follows" if verdict.holds else "does not follow"
        table.add_row(verdict.figure, verdict.expected, verdict.computed, said)
    wide_console().print(table)


def _pass_on_and_print(system: System) -> None:
    print(f"\nA matter of {FROM} that goes to its neighbour, to the county and back:")
    for line in pass_a_matter_on(system):
        print(line)


def _judge_and_print(system: System) -> list[Judged]:
    board = scoreboard(system)
    print(f"\nThe summary of {REFERENCE_TOWNSHIP} for {REFERENCE_YEAR}, row by row:\n")
    table = Table(box=None, pad_edge=False)
    for column in ("stated", "computed", "verdict"):
        table.add_column(column)
    for row in board:
        remark = f": {row.remark}" if row.remark else ""
        table.add_row(row.stated, row.computed, f"{row.says}{remark}")
    wide_console().print(table)
    print("“not yet”: the facts of this row cannot be recorded yet.")
    for row in board:
        if row.says is not row.expected:
            print(f"“{row.stated}” had to be “{row.expected}” and is “{row.says}”.")
    return board


def _compare_and_print(system: System, data: Path | None, scene: Scene) -> Compared:
    ways = "three ways" if data else "two ways (a rebuild is made where the databases are)"
    print(f"\nThe same figures by {ways}, as of the same places in the ledgers:", flush=True)
    compared = compare(data, system, scene)
    table = Table(box=None, pad_edge=False)
    table.add_column("division")
    table.add_column("figure")
    for way in ("live fold", "rebuilt", "verified"):
        table.add_column(way, justify="right")
    table.add_column("verdict")
    for each in compared.figures:
        said = "agree" if each.holds else "differ"
        table.add_row(
            each.division, each.figure, each.live, each.rebuilt or "–", each.verified, said
        )
    print()
    wide_console().print(table)
    for finding in compared.findings:
        print(f"The verifier: {finding}")
    if compared.holds:
        rebuilt = ", rebuild" if data else ""
        print(f"No figure differs: live fold{rebuilt} and verifier agree.")
    return compared


def say_where(run: RunFolder) -> None:
    """Print the addresses of the APIs, and commands to try next."""
    about = f"--data {run.path} --division {COUNTY}"
    print("\nThe APIs:")
    print_two_columns(
        {
            service.name: f"{run.url(service.name)}/docs   metrics at /metrics"
            + ("" if service.keeps_ledgers else ", with a token figures at /metrics/figures")
            for service in SERVICES
        }
        | {
            "Kafka": run.kafka.bootstrap,
            "a token": f"concord token {about} --role auditor",
            "figures": f"concord figures {about} --period all",
        }
    )
    print()


def _stay() -> None:
    print("Ctrl-C stops it.", flush=True)
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        print()


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
