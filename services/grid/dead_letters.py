"""What grid had to put aside: `python -m services.grid.dead_letters list|replay|park`."""

import sys

from services.grid.settings import Settings
from services.grid.stream.policies import followed_by
from shared.office.following_process import dead_letters
from shared.settings import read_settings


def main() -> int:
    """The exit code."""
    settings = read_settings(Settings)
    return dead_letters(
        "grid",
        settings,
        followed_by(settings.county, report_terms=settings.report_terms),
        sys.argv[1:],
    )


if __name__ == "__main__":
    sys.exit(main())
