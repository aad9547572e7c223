"""The time of earlier facts that a new one completes: facts may be recorded out of order.

A consent given on Friday may be recorded after one given on Sunday, and the first instalment after
the second: what both complete is dated to the later day.
"""

from collections.abc import Sequence
from datetime import datetime

import orjson

from shared.contracts.agreements import InstalmentPerformed
from shared.contracts.mediation import MediationConsented, MediationConsentVoided
from shared.contracts.mediation_codes import PartySide
from shared.ledger.read import StreamEvent


def consented_at(history: Sequence[StreamEvent], *, side: PartySide) -> datetime | None:
    """When the side gave its valid consent; None without one."""
    moment = None
    for each in history:
        if each.kind not in {MediationConsented.kind, MediationConsentVoided.kind}:
            continue
        if orjson.loads(each.data)["side"] == side:
            moment = each.occurred_at if each.kind == MediationConsented.kind else None
    return moment


def last_performed_at(history: Sequence[StreamEvent]) -> datetime | None:
    """When the latest of the instalments recorded as performed was performed."""
    performed = [each.occurred_at for each in history if each.kind == InstalmentPerformed.kind]
    return max(performed, default=None)
