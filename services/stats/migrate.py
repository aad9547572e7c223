"""Brings stats's database to this release: `python -m services.stats.migrate`."""

from pathlib import Path

from services.stats.settings import OwnerSettings
from shared.http import set_up_logs
from shared.migrating import migrate

VERSIONS = Path(__file__).parent / "store" / "migrations" / "versions"


def main() -> None:
    """Run as the owner; the service's role is granted what it needs."""
    settings = OwnerSettings()
    set_up_logs(settings.log_format)
    migrate(
        settings.owner_database_url.get_secret_value(),
        service="stats",
        role=settings.role,
        versions=VERSIONS,
    )


if __name__ == "__main__":
    main()
