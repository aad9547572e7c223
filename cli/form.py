"""How an answer is printed; apart, so that a command need import nothing else for it."""

from enum import StrEnum


class Form(StrEnum):
    """A table for people, JSON for programs."""

    TABLE = "table"
    JSON = "json"
