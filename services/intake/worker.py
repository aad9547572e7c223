"""The worker of intake: follows the other services (`python -m services.intake.worker`)."""

from services.intake.settings import Settings
from services.intake.stream.policies import followed_by
from shared.office.following_doors import work_until_told


def main() -> None:
    """Work until a signal."""
    settings = Settings()
    work_until_told("intake", settings, followed_by(settings.county))


if __name__ == "__main__":
    main()
