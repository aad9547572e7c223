"""The worker of mediation: follows the other services (`python -m services.mediation.worker`)."""

from services.mediation.settings import Settings
from services.mediation.stream.policies import followed_by
from shared.office.following_process import run_worker
from shared.office.marking import marks_of
from shared.settings import read_settings


def main() -> None:
    """Work until a signal."""
    settings = read_settings(Settings)
    run_worker("mediation", settings, followed_by(settings.county, marks=marks_of(settings)))


if __name__ == "__main__":
    main()
