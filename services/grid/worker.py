"""The worker of grid: follows the other services (`python -m services.grid.worker`)."""

from services.grid.settings import Settings
from services.grid.stream.policies import followed_by
from shared.office.following_process import run_worker
from shared.settings import read_settings


def main() -> None:
    """Work until a signal."""
    settings = read_settings(Settings)
    run_worker("grid", settings, followed_by(settings.county))


if __name__ == "__main__":
    main()
