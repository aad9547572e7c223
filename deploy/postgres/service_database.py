"""The database of a service and its two roles, by name and password."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ServiceDatabase:
    """The database of a service; the service's role has the service's own name."""

    name: str
    owner_password: str = field(repr=False)
    role_password: str = field(repr=False)

    @property
    def owner(self) -> str:
        """Owns the database and all in it; used by migrations alone."""
        return f"{self.name}_owner"

    @property
    def role(self) -> str:
        """What the service runs as: may connect to this database and no other."""
        return self.name
