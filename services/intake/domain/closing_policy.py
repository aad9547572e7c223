"""Who checks a case before it is closed, and which ends need evidence of the case's own: policy data."""

from dataclasses import dataclass

from shared.contracts.case_codes import Outcome
from shared.contracts.case_handling_codes import ClosingChecker


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingPolicy:
    """What the closing of a case rests on; a change is a new version."""

    version: str
    checkers: tuple[ClosingChecker, ...]
    shown_elsewhere: frozenset[Outcome]
    """Ends whose papers another service keeps, so that the case itself may have none."""


BOTH_CHECKS = ClosingPolicy(
    version="closing.1-unverified",
    checkers=tuple(ClosingChecker),
    shown_elsewhere=frozenset({Outcome.MEDIATED}),
)
"""The design's own choice [unverified]: the Regulation names no checks before a closing. Agreements
are kept by mediation; the resolution names the event that they were performed."""
