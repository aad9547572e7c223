"""Query codes: what lets a petitioner, and nobody else, see their case without a token.

A code is shown once, in the answer to the filing; the table keeps its keyed digest.
"""

import hmac
import secrets
import unicodedata
from typing import Annotated, LiteralString

from pydantic import AfterValidator, StringConstraints

from shared.divisions import county_of
from shared.keys import Keys
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 10
_MISREAD = str.maketrans("OIL", "011", "- ")

_KEEP: LiteralString = """
    insert into query_code (division_code, case_id, number, code_mac)
    values (%(division)s, %(case_id)s, %(number)s, %(mac)s)
"""
_OF_NUMBER: LiteralString = """
    select case_id, code_mac from query_code where number = %(number)s
"""
_NO_MAC = bytes(32)
"""Stands for the digest of a number that is unknown: no code has it."""


def new_query_code() -> str:
    """Fifty random bits that survive being read out on the telephone: `7KQ2M-X9D4T`."""
    bits = secrets.randbits(5 * _LENGTH)
    code = "".join(_CROCKFORD[bits >> 5 * place & 31] for place in range(_LENGTH))
    return f"{code[:5]}-{code[5:]}"


def check_code(written: str) -> str:
    """The code as it is kept, whatever its case and blanks; ValueError for what is none."""
    code = unicodedata.normalize("NFKC", written).upper().translate(_MISREAD)
    if len(code) != _LENGTH or not set(code) <= set(_CROCKFORD):
        raise ValueError("A query code is written as 7KQ2M-X9D4T")
    return code


QueryCode = Annotated[
    str, StringConstraints(min_length=1, max_length=40), AfterValidator(check_code)
]
"""A query code; O, I and L are read as 0 and 1."""


def keep(keys: Keys, *, division: str, case_id: str, number: str, code: str) -> Statement:
    """What writes a code's digest, bound to the case's number."""
    named = {
        "division": division,
        "case_id": case_id,
        "number": number,
        "mac": _mac(keys, number, code),
    }
    return Statement(_KEEP, named)


async def case_known_by(pool: Pool, keys: Keys, *, number: str, code: str) -> str | None:
    """The case of that number and code; None for an unknown number as for a wrong code.

    Both take the same steps: one look-up by the number, one digest, one comparison of 32 bytes.
    """
    async with transaction(pool, county_of(number)) as connection:
        found = await rows(connection, _OF_NUMBER, {"number": number})
    case_id, kept = (found[0]["case_id"], found[0]["code_mac"]) if found else (None, _NO_MAC)
    is_right = hmac.compare_digest(bytes(kept), _mac(keys, number, code))
    return case_id if is_right else None


def _mac(keys: Keys, number: str, code: str) -> bytes:
    return keys.for_purpose("query-code").mac(f"{number}/{check_code(code)}".encode())
