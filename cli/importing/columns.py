"""Which column of the register a field of the API was read from."""

import re

from cli.register.fields import Columns
from cli.register.mapping import Mapping
from cli.register.rows import Ready

_FACT = re.compile(r"facts\.(\d+)\b.*?(\w+)?$")


def column_of(mapping: Mapping, row: Ready, field: str | None) -> str:
    """The column's name; "" where no single one is meant."""
    if field is None:
        return ""
    if matched := _FACT.match(field):
        return _column_of_fact(mapping, row, int(matched[1]), matched[2])
    name = field.rpartition(".")[2]
    return _label(getattr(mapping.subject, mapping.target.renamed.get(name, name), None))


def _column_of_fact(mapping: Mapping, row: Ready, place: int, name: str | None) -> str:
    facts = row.body["facts"]
    part = mapping.table_of(facts[place]["do"] if place < len(facts) else "")
    own = name or "at"
    named = (own, mapping.target.renamed.get(own, own), "at")
    return next(filter(None, (_label(getattr(part, each, None)) for each in named)), "")


def _label(found: object) -> str:
    return found.label if isinstance(found, Columns) else ""
