"""The console script `concord`."""

import sys


def run() -> None:
    """Run the command; a health check without the libraries of the command line.

    Containers ask every few seconds, and those libraries take five times what the answer takes.
    """
    match sys.argv[1:]:
        case ["healthy", process] if _is_known(process):
            from deploy.health import report

            sys.exit(report(process))
        case _:
            from cli.main import run as run_any

            run_any()


def _is_known(process: str) -> bool:
    from deploy.health import ports

    return process.isdecimal() or process in ports()
