"""Limits logs of libraries: without a broker, Kafka clients log hundreds of lines a minute."""

import logging
import time

_LIBRARIES = ("aiokafka", "kafka")
_SECONDS = 10.0


class AtMost(logging.Filter):
    """Passes a message of the same wording once in ten seconds, with the number dropped since."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        """`seconds` is the least time between two messages of the same wording."""
        super().__init__()
        self._seconds = seconds
        self._heard: dict[str, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is logged."""
        wording = str(record.msg)
        last, eaten = self._heard.get(wording, (-self._seconds, 0))
        now = time.monotonic()
        if now - last < self._seconds:
            self._heard[wording] = (last, eaten + 1)
            return False
        self._heard[wording] = (now, 0)
        if eaten:
            record.msg = f"{wording} [{eaten} more like this]"
        return True


def is_news(record: logging.LogRecord) -> bool:
    """False for psycopg's message that a pipeline ended by an error that was raised anyway.

    Every request that is repeated with its idempotency key ends this way; nothing is wrong then.
    """
    return not str(record.msg).startswith("error ignored terminating")


def thin_out() -> None:
    """Limit the logs of the Kafka libraries; call after their import, more than once is harmless."""
    for name in list(logging.Logger.manager.loggerDict):
        if name.partition(".")[0] in _LIBRARIES:
            logger = logging.getLogger(name)
            if not any(isinstance(known, AtMost) for known in logger.filters):
                logger.addFilter(AtMost())
