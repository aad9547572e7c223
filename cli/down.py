"""`concord down`: stops the one-machine run."""

from cli.data_folder import DEFAULT, DataFolder
from deploy.local.refusals import NotSetUp
from deploy.local.run_folder import RunFolder
from deploy.local.stop import stop


def down(data: DataFolder = DEFAULT) -> None:
    """Stop the system; its data stays. No process is left, not even of a killed run."""
    try:
        run = RunFolder.open(data)
    except NotSetUp:
        print(f"Nothing runs in {data}: no system was ever started there.")
        return
    print("Stopped." if stop(run) else f"Nothing was running in {run.path}.")
