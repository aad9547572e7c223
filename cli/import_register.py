"""`concord import`: brings a register in that an office already has."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.refusals import BadInput, CommandRefused
from cli.system import DataFolderIfNamed, System, find_system
from shared.divisions import TOWNSHIP, VILLAGE, check_division, county_of

if TYPE_CHECKING:
    from cli.importing.bring_in import Errand
    from cli.importing.tally import Tally
    from cli.register.mapping import Mapping

Register = Annotated[Path, typer.Argument(metavar="FILE", help="The register: xlsx, xls, csv.")]
MappingFile = Annotated[
    Path, typer.Option("--mapping", metavar="M.toml", help="What the register's columns mean.")
]
Division = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="The township of every row; stands before the mapping's."),
]
Rejects = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Where rejected rows are listed; never with their content."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Read every row, send nothing.")]
Wait = Annotated[
    bool, typer.Option("--wait/--no-wait", help="Return when the figures show every row.")
]


def import_register(
    register: Register,
    *,
    mapping: MappingFile,
    division: Division = None,
    rejects: Rejects = None,
    dry_run: DryRun = False,
    wait: Wait = True,
    data: DataFolderIfNamed = None,
) -> None:
    """Bring a register in; the same one again files nothing twice.

    Exit code 1 when rows were rejected, 2 when register or mapping cannot be read.
    """
    from cli.importing.bring_in import Errand, read_through
    from cli.importing.summary import summary
    from cli.register.mapping_file import read_mapping

    meaning = read_mapping(mapping)
    errand = Errand(register, meaning, _checked(division, meaning), rejects)
    tally = read_through(errand) if dry_run else _bring_in(errand, find_system(data), wait=wait)
    for line in summary(tally, dry_run=dry_run):
        print(line)
    if tally.rejected:
        raise typer.Exit(1)


def _bring_in(errand: "Errand", system: System, *, wait: bool) -> "Tally":
    from cli.importing.bring_in import bring_in
    from cli.importing.shown import wait_until_shown

    tally = bring_in(errand, system, county_for(errand, system))
    if wait and tally.positions:
        try:
            wait_until_shown(system, tally.positions)
        except CommandRefused as away:
            # the rows are in: that the figures come later does not undo it
            print(f"note: the figures do not show all of it yet. {away}")
    return tally


def county_for(errand: "Errand", system: System) -> str:
    """The county that the token has to reach."""
    stated = [errand.division, system.county, *errand.mapping.divisions()]
    return next((county_of(code) for code in stated if code), "")


def _checked(division: str | None, mapping: "Mapping") -> str | None:
    if division is None:
        if mapping.case.division is None:
            raise BadInput(
                "No division is given: add case.division to the mapping, or --division CODE."
            )
        return None
    try:
        return check_division(division, TOWNSHIP, VILLAGE)
    except ValueError as reason:
        raise BadInput(f"--division: {reason}; cases belong to a township.") from reason
