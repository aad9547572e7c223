"""What the demonstration plays and prints on any system."""

import sys
from pathlib import Path

from rich.table import Table

from cli.figures_api import Figures
from cli.figures_table import as_of_line, print_figures
from cli.importing.summary import summary
from cli.progress import console, wide_console
from cli.register.mapping_file import read_mapping
from cli.system import System
from demo.live_figures import moving_figures
from demo.passed_on import FROM, pass_a_matter_on
from demo.play import Played, figures_now, play
from demo.reference_year.scoreboard import Judged, scoreboard
from demo.scene import REFERENCE_TOWNSHIP, REFERENCE_YEAR, Scene
from demo.three_ways import Compared, compare
from demo.verdict import Verdict, registered_in_full, verdicts


def show(system: System, folder: Path, scene: Scene, *, rebuilt: Path | None) -> int:
    """Play, judge and compare; the exit code."""
    found = _play_and_print(system, folder, scene)
    if scene.is_bundled:
        _pass_on_and_print(system)
    board = _judge_and_print(system) if scene.is_bundled else []
    compared = _compare_and_print(system, rebuilt, scene)
    as_expected = all(row.says is row.expected for row in board)
    follows = all(verdict.holds for verdict in found)
    return 0 if compared.holds and follows and as_expected else 1


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
