"""All that stats folds: reading this tells which topics it listens to."""

from services.stats.stream.case_fold import CaseFold
from shared.streaming import Worker
from shared.topics import INTAKE


def attach(worker: Worker) -> None:
    """Attach every fold to its topic."""
    worker.attach(INTAKE, CaseFold())
