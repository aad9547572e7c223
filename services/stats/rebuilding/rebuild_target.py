"""The database and broker of a rebuild."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildTarget:
    """Stats' database as its owner, who alone may make and move tables, and the broker."""

    owner_url: str = field(repr=False)
    role: str
    """The service's role; it gets the same grants as on the live tables."""
    bootstrap: str
    county: str
    versions: Path
    """The folder of the service's migrations."""
