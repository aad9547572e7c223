"""What grid had to put aside: `python -m services.grid.dead_letters list|replay|park`."""

import sys

from services.grid.policies.start_check import check_policies
from services.grid.settings import Settings
from services.grid.stream.policies import followed_by
from shared.office.following_process import dead_letters
from shared.settings import read_settings


def main() -> int:
    """The exit code."""
    settings = read_settings(Settings)
    check_policies(settings.early_warning_policy)
    return dead_letters(
        "grid",
        settings,
        followed_by(
            settings.county,
            report_terms=settings.report_terms,
            early_warnings=settings.early_warning_policy,
        ),
        sys.argv[1:],
    )


if __name__ == "__main__":
    sys.exit(main())
