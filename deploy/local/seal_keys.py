"""The keys by which the services of a run seal their ledgers: made once, readable by us alone."""

from pathlib import Path

from deploy.local.private_files import write_private
from shared.services import SERVICES


def seal_key_file(folder: Path, service: str) -> Path:
    """Where the seal key of a service is in a data folder."""
    return folder / "seal-keys" / f"{service}.pem"


def ensure_seal_keys(folder: Path) -> None:
    """A key for every service that keeps ledgers and has none: a lost one would leave its seals unproved."""
    for service in SERVICES:
        file = seal_key_file(folder, service.name)
        if service.keeps_ledgers and not file.exists():
            # only where one is made: the library takes longer to load than most commands to run
            from shared.sealing.seal_key import fresh_key_pem

            file.parent.mkdir(mode=0o700, exist_ok=True)
            write_private(file, fresh_key_pem())
