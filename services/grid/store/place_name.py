"""What villages and grids are called: in no event, since whoever types a name may type a person's.

The first name is in one table, those of later corrections in another, under the salted digests that
the events have.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import LiteralString

from shared.divisions import township_of
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

_KEEP: LiteralString = """
    insert into place_name (division_code, code, name)
    values (%(division)s, %(code)s, %(name)s)
    on conflict do nothing
"""


_CORRECT: LiteralString = """
    insert into corrected_place_name (division_code, code, digest, salt, name)
    values (%(division)s, %(code)s, %(digest)s, %(salt)s, %(name)s)
"""
_CALLED: LiteralString = """
    select coalesce(corrected.name, first.name) as name
    from (
        select village_code as code, title_digest from village_board
        where division_code = %(division)s and village_code = %(code)s
        union all
        select grid_code, title_digest from grid_board
        where division_code = %(division)s and grid_code = %(code)s
    ) as board
    left join place_name as first
        on first.division_code = %(division)s and first.code = board.code
    left join corrected_place_name as corrected
        on corrected.division_code = %(division)s and corrected.code = board.code
        and corrected.digest = board.title_digest
"""


@dataclass(frozen=True, slots=True)
class CorrectedName:
    """Another name of a place, with the digest that an event may have."""

    code: str
    name: str
    salt: str

    @classmethod
    def of(cls, code: str, name: str) -> "CorrectedName":
        """With a fresh salt, so that nobody finds the name by trying."""
        return cls(code, name, secrets.token_hex(16))

    @property
    def digest(self) -> str:
        """SHA-256 of salt and name."""
        return sha256(f"{self.salt}{self.name}".encode()).hexdigest()

    def keep(self) -> Statement:
        """The write of the name; earlier ones stay."""
        named = {"code": self.code, "name": self.name, "salt": self.salt, "digest": self.digest}
        return Statement(_CORRECT, {"division": township_of(self.code), **named})


async def called(pool: Pool, code: str) -> str | None:
    """What the village or grid with this code is called now; None where it is not on the register."""
    named = {"division": township_of(code), "code": code}
    async with transaction(pool, township_of(code)) as connection:
        found = await rows(connection, _CALLED, named)
    return found[0]["name"] if found else None


def keep_name(code: str, name: str) -> Statement:
    """The write of the name of a village or a grid; the first that was stated stays."""
    return Statement(_KEEP, {"division": township_of(code), "code": code, "name": name})
