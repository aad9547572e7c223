"""The worker of mediation: follows the other services (`python -m services.mediation.worker`)."""

from services.mediation.settings import Settings
from services.mediation.stream.policies import followed_by
from shared.office.following_doors import work_until_told


def main() -> None:
    """Work until a signal."""
    settings = Settings()
    work_until_told("mediation", settings, followed_by(settings.county))


if __name__ == "__main__":
    main()
