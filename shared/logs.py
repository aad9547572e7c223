"""Logs: a constant message plus fields, as JSON lines or as readable text, on standard output.

Every line names the service whose process writes it, and the correlation id where there is one.

Records of libraries are logged the same way, without the messages of exceptions, which may quote
personal data.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Literal, TextIO

import orjson
import structlog

from shared.correlation import correlation_id
from shared.faults import describe_fault
from shared.library_logs import AtMost, is_news

LogFormat = Literal["json", "text"]
Line = MutableMapping[str, Any]


def set_up_logs(
    form: LogFormat = "json",
    *,
    service: str,
    level: int = logging.INFO,
    stream: TextIO | None = None,
) -> None:
    """Send all logs of the process to `stream` (default: standard output); call it first."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _naming(service),
            _with_correlation,
            _without_quotes,
            _renderer(form),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(stream or sys.stdout),
        cache_logger_on_first_use=False,
    )
    _take_over_libraries(level)


def _renderer(form: LogFormat) -> structlog.typing.Processor:
    if form == "text":
        return structlog.dev.ConsoleRenderer(colors=False)
    return structlog.processors.JSONRenderer(serializer=_json)


def _json(line: Line, **_: object) -> str:
    return orjson.dumps(line, default=str).decode()


def _naming(service: str) -> structlog.typing.Processor:
    def name(_: object, __: str, line: Line) -> Line:
        line.setdefault("service", service)
        return line

    return name


def _with_correlation(_: object, __: str, line: Line) -> Line:
    identifier = correlation_id()
    if identifier is not None:
        line["correlation"] = identifier
    return line


def _without_quotes(_: object, __: str, line: Line) -> Line:
    """Replace an exception by its description, without its message."""
    fault = line.pop("exc_info", None)
    if fault is True:
        fault = sys.exc_info()[1]
    if isinstance(fault, tuple):
        fault = fault[1]
    if isinstance(fault, BaseException):
        line.update(describe_fault(fault))
    return line


class _Forwarding(logging.Handler):
    """Passes records of libraries to the same renderer."""

    def emit(self, record: logging.LogRecord) -> None:
        """Only a record's first line: asyncio, for one, prints the exception below it."""
        line = record.getMessage().partition("\n")[0]
        structlog.get_logger().log(
            record.levelno, line, logger=record.name, exc_info=record.exc_info
        )


def _take_over_libraries(level: int) -> None:
    handler = _Forwarding()
    handler.addFilter(AtMost())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(level, logging.WARNING))
    logging.getLogger("psycopg").addFilter(is_news)
    # logs where it listens, and if the port is in use
    logging.getLogger("uvicorn.error").setLevel(level)
