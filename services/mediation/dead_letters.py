"""What mediation had to put aside: `python -m services.mediation.dead_letters list|replay|park`."""

import sys

from services.mediation.settings import Settings
from services.mediation.stream.policies import followed_by
from shared.office.following_process import dead_letters
from shared.office.marking import marks_of
from shared.settings import read_settings


def main() -> int:
    """The exit code."""
    settings = read_settings(Settings)
    return dead_letters(
        "mediation", settings, followed_by(settings.county, marks=marks_of(settings)), sys.argv[1:]
    )


if __name__ == "__main__":
    sys.exit(main())
