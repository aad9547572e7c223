"""`python -m demo.elsewhere`: the demonstration on a system that runs elsewhere.

`python -m demo.elsewhere figures DIVISION PERIOD` prints its figures as JSON and plays nothing. What has
to be set is in `demo.by_issuer`. The figures come by two ways: a rebuild is made where the
databases are. Exit code 0 only if they are those that have to come out.
"""

import json
import os
import sys
from pathlib import Path

from cli.data_folder import DEFAULT
from cli.figures_api import ask_figures
from cli.refusals import CommandRefused
from demo.by_issuer import system_elsewhere
from demo.scene import chosen_scene
from demo.show import show
from demo.verdict import stated


def main(words: list[str]) -> int:
    """The exit code."""
    try:
        match words:
            case []:
                return _demonstrate()
            case ["figures", division, period]:
                return _print_figures(division, period)
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except CommandRefused as reason:
        print(reason, file=sys.stderr)
        return reason.exit_code
    except KeyboardInterrupt:
        return 130


def _demonstrate() -> int:
    folder = Path(os.environ.get("CONCORD_DATA") or DEFAULT)
    folder.mkdir(parents=True, exist_ok=True)
    return show(system_elsewhere(), folder, chosen_scene(), rebuilt=None)


def _print_figures(division: str, period: str) -> int:
    found = ask_figures(system_elsewhere(), {"division": division, "period": period})
    print(json.dumps({each["id"]: stated(each) for each in found["figures"]}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
