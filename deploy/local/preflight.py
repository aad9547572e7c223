"""What is looked at before anything is started, so that the reason for a "no" is one sentence."""

import shutil

from deploy.local.ports import holder_of, is_free
from deploy.local.refusals import DiskTooFull, PortTaken
from deploy.local.run_folder import RunFolder

NEEDED_DISK = 1024**3


def check_disk(run: RunFolder, needed: int = NEEDED_DISK) -> None:
    """DiskTooFull when PostgreSQL and Kafka would soon stand still."""
    free = shutil.disk_usage(run.path).free
    if free < needed:
        raise DiskTooFull(run.path, free, needed)


def check_ports(run: RunFolder) -> None:
    """PortTaken for the first port that somebody else holds."""
    for name, port in run.ports.items():
        if not is_free(port):
            raise PortTaken(name, port, holder_of(port))
