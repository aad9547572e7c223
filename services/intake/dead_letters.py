"""What intake had to put aside: `python -m services.intake.dead_letters list|replay|park`."""

import sys

from services.intake.settings import Settings
from services.intake.stream.policies import followed_by
from shared.office.following_process import dead_letters
from shared.office.marking import marks_of
from shared.settings import read_settings


def main() -> int:
    """The exit code."""
    settings = read_settings(Settings)
    return dead_letters(
        "intake",
        settings,
        followed_by(settings.county, clock_policy=settings.clock_policy, marks=marks_of(settings)),
        sys.argv[1:],
    )


if __name__ == "__main__":
    sys.exit(main())
