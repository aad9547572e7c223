"""The option `--data`: the folder of the embedded system."""

from pathlib import Path
from typing import Annotated

import typer

DataFolder = Annotated[
    Path,
    typer.Option(
        "--data",
        envvar="CONCORD_DATA",
        help="The folder of the system's data.",
        show_default=".concord",
    ),
]

DEFAULT = Path(".concord")
