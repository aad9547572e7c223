"""Puts every view of stats on its topic: `views` tells which there are."""

from services.stats.stream.views import VIEWS
from shared.streaming import Worker


def attach(worker: Worker) -> None:
    """Attach every view's fold to its topic."""
    for view in VIEWS:
        worker.attach(view.topic, view.fold())
