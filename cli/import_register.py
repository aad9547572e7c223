"""`concord import`: brings a register in that an office already has."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.refusals import BadInput, CommandRefused
from cli.system import DataFolderIfNamed, System, find_system
from shared.divisions import COUNTY, TOWNSHIP, VILLAGE, check_division, county_of

if TYPE_CHECKING:
    from cli.importing.bring_in import ImportRequest
    from cli.importing.report import ImportReport
    from cli.register.mapping import Mapping

Register = Annotated[Path, typer.Argument(metavar="FILE", help="The register: xlsx, xls, csv.")]
MappingFile = Annotated[
    Path, typer.Option("--mapping", metavar="M.toml", help="What the register's columns mean.")
]
Division = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="The township of every row; overrides the mapping's."),
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
    from cli.importing.bring_in import ImportRequest, read_through
    from cli.importing.summary import summary
    from cli.register.mapping_file import read_mapping

    meaning = read_mapping(mapping)
    request = ImportRequest(register, meaning, _checked(division, meaning), rejects)
    report = read_through(request) if dry_run else _bring_in(request, find_system(data), wait=wait)
    for line in summary(report, dry_run=dry_run):
        print(line)
    if report.rejected:
        raise typer.Exit(1)


def _bring_in(request: "ImportRequest", system: System, *, wait: bool) -> "ImportReport":
    from cli.importing.bring_in import bring_in
    from cli.importing.wait_for_figures import wait_for_figures

    report = bring_in(request, system, county_for(request, system))
    if wait and report.positions and request.mapping.target.counted:
        try:
            wait_for_figures(system, report.positions)
        except CommandRefused as away:
            # the rows are in: that the figures come later does not undo it
            print(f"note: the figures do not show all of it yet. {away}")
    return report


def county_for(request: "ImportRequest", system: System) -> str:
    """The county that the token has to reach."""
    stated = [request.division, system.county, *request.mapping.divisions()]
    return next((county_of(code) for code in stated if code), "")


def _checked(division: str | None, mapping: "Mapping") -> str | None:
    target = mapping.target
    if division is None:
        if mapping.subject.division is None:
            raise BadInput(
                f"No division is given: add {target.subject}.division to the mapping, "
                "or --division CODE."
            )
        return None
    lengths = (COUNTY, TOWNSHIP) if target.of_divisions else (TOWNSHIP, VILLAGE)
    try:
        return check_division(division, *lengths)
    except ValueError as reason:
        where = "a township or county" if target.of_divisions else "a township"
        raise BadInput(f"--division: {reason}; {target.plural} belong to {where}.") from reason
