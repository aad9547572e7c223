"""The option `--format`; a module of its own, so that commands start fast."""

from enum import StrEnum


class OutputFormat(StrEnum):
    """A table for people, JSON for programs."""

    TABLE = "table"
    JSON = "json"
