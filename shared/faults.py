"""Describes exceptions for the log without their messages.

Messages may quote personal data: the value of a duplicate key, a name in place of a date. A fault is
described by its class, the place in the code, and PostgreSQL's error code.
"""

import traceback
from pathlib import PurePath

import psycopg

_FRAMES = 12


def describe_fault(fault: BaseException) -> dict[str, str | list[str]]:
    """Class, place and causes of a fault, as fields of a log line."""
    described: dict[str, str | list[str]] = {"fault": type(fault).__qualname__, "at": _at(fault)}
    if isinstance(fault, psycopg.Error):
        described |= {
            name: value
            for name in ("sqlstate", "constraint_name", "table_name")
            if (value := getattr(fault.diag, name, None))
        }
    causes = [type(cause).__qualname__ for cause in _causes(fault)]
    return described | ({"causes": causes} if causes else {})


def _at(fault: BaseException) -> list[str]:
    frames = traceback.extract_tb(fault.__traceback__)[-_FRAMES:]
    return [
        f"{'/'.join(PurePath(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
        for frame in frames
    ]


def _causes(fault: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    cause = fault.__cause__ or fault.__context__
    while cause is not None and cause not in found:
        found.append(cause)
        cause = cause.__cause__ or cause.__context__
    return found
