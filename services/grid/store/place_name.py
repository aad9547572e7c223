"""What villages and grids are called: in no event, since whoever types a name may type a person's."""

from typing import LiteralString

from shared.divisions import township_of
from shared.ledger import Statement

_KEEP: LiteralString = """
    insert into place_name (division_code, code, name)
    values (%(division)s, %(code)s, %(name)s)
    on conflict do nothing
"""


def keep_name(code: str, name: str) -> Statement:
    """The write of the name of a village or a grid; the first that was stated stays."""
    return Statement(_KEEP, {"division": township_of(code), "code": code, "name": name})
