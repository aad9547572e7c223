"""`concord backup` and `concord restore`: databases and keys, which cannot be derived again."""

from pathlib import Path
from typing import Annotated

import typer

from cli.data_folder import DEFAULT, DataFolder
from cli.progress import telling
from deploy.local.run_folder import RunFolder

_MIB = 1 << 20

NewFolder = Annotated[Path, typer.Argument(metavar="DIR", help="A new folder for the copy.")]
Erased = Annotated[
    Path | None,
    typer.Option("--erased", metavar="DIR", help="Where the newest lists of erased files are."),
]
Backup = Annotated[Path, typer.Argument(metavar="DIR", help="What `concord backup` made.")]


def backup(out: NewFolder, data: DataFolder = DEFAULT) -> None:
    """Copy databases and keys of the running system into a new folder, as of one moment.

    Whoever has the copy can open the vault: keep it as you keep the system. Kafka is not in it;
    its topics are sent again from the ledgers.
    """
    from deploy.local.backup import back_up

    with telling("backup") as tell:
        size = back_up(RunFolder.open(data), out, tell)
    print(
        f"{size / _MIB:,.0f} MiB in {out}, checked. `concord restore {out} --data NEW` reads it."
    )


def restore(backup: Backup, data: DataFolder = DEFAULT, erased: Erased = None) -> None:
    """Make a data folder of a backup; exit code 1 when it is damaged.

    What was recorded after the backup is not in it: see docs/recovery.md. Who was erased since
    then is erased again before the system answers, where the newest lists are brought along.
    """
    from deploy.local.backup import restore as restore_to

    with telling("restore") as tell:
        restore_to(backup, data, tell, erased=erased)
    print(f"Restored. Start it with: concord up --data {data}")
    if erased is None:
        print(
            "Whoever was erased after the backup is back in it: restore with --erased OLD, the "
            "folder that was lost or a copy of its seal-keys."
        )
    print("Where it is older than seven days, look at a clock and add --clock-is-right.")
