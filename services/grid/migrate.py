"""Brings grid's database to this release: `python -m services.grid.migrate`."""

from pathlib import Path

from shared.migrating import migrate_by_environment

VERSIONS = Path(__file__).parent / "store" / "migrations" / "versions"


def main() -> None:
    """Run as the owner; the service's role is granted what it needs."""
    migrate_by_environment("grid", VERSIONS)


if __name__ == "__main__":
    main()
