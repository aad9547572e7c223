"""Where a rebuild takes place: what its door was told."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Stats' database as its owner, who alone may make and move tables, and the broker."""

    owner_url: str = field(repr=False)
    role: str
    """What the service runs as: it is granted what the live tables grant it."""
    bootstrap: str
    county: str
    versions: Path
    """The folder of the service's migrations."""
