"""What stats had to put aside: `python -m services.stats.dead_letters list|replay|park`."""

import sys

from services.stats.settings import WorkerSettings
from services.stats.stream.views import VIEWS
from shared.http import set_up_logs
from shared.settings import read_settings
from shared.streaming.dead_letters_command import run


def main() -> int:
    """The exit code."""
    settings = read_settings(WorkerSettings)
    set_up_logs(settings.log_format, service="stats", stream=sys.stderr)
    return run(
        settings.database_url.get_secret_value(),
        bootstrap=settings.kafka_bootstrap,
        county=settings.county,
        followed={view.topic: view.fold() for view in VIEWS},
        arguments=sys.argv[1:],
    )


if __name__ == "__main__":
    sys.exit(main())
