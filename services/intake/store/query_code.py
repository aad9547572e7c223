"""Query codes: what lets a petitioner, and nobody else, see their case without a token.

A code is shown once, in the answer to the filing; what rests here is its keyed digest.
"""

import secrets
from typing import LiteralString

from shared.keys import Keys
from shared.ledger import Statement

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 10

_KEEP: LiteralString = """
    insert into query_code (division_code, case_id, number, code_mac)
    values (%(division)s, %(case_id)s, %(number)s, %(mac)s)
"""


def new_query_code() -> str:
    """Fifty random bits that survive being read out on the telephone: `7KQ2M-X9D4T`."""
    bits = secrets.randbits(5 * _LENGTH)
    code = "".join(_CROCKFORD[bits >> 5 * place & 31] for place in range(_LENGTH))
    return f"{code[:5]}-{code[5:]}"


def keep(keys: Keys, *, division: str, case_id: str, number: str, code: str) -> Statement:
    """What writes a code's digest, bound to the case's number."""
    bound = f"{number}/{code.replace('-', '')}".encode()
    named = {
        "division": division,
        "case_id": case_id,
        "number": number,
        "mac": keys.for_purpose("query-code").mac(bound),
    }
    return Statement(_KEEP, named)
