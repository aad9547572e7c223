"""Logs of libraries, thinned: an absent broker costs those for Kafka hundreds of lines a minute."""

import logging
import time

_LIBRARIES = ("aiokafka", "kafka")
_SECONDS = 10.0


class AtMost(logging.Filter):
    """Lets a message of the same wording through once in ten seconds, and says how many it ate."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        """`seconds` is the time in which a wording is heard once."""
        super().__init__()
        self._seconds = seconds
        self._heard: dict[str, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this record is heard."""
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
    """Whether psycopg says more than that a pipeline, whose fault was raised, has ended by it.

    So ends every request that is repeated with its idempotency key: nothing is wrong then.
    """
    return not str(record.msg).startswith("error ignored terminating")


def thin_out() -> None:
    """Thin the Kafka libraries' logs; called once they are imported, harmless when called twice."""
    for name in list(logging.Logger.manager.loggerDict):
        if name.partition(".")[0] in _LIBRARIES:
            logger = logging.getLogger(name)
            if not any(isinstance(known, AtMost) for known in logger.filters):
                logger.addFilter(AtMost())
