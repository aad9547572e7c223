"""Events about an accusation 检举控告 [R22, R30], in the county's ledger.

They name no unit, no village and no case of a township: whom it accuses, and of what, is in the
sealed text alone.
"""

from datetime import date

from shared.contracts.accusation_codes import AccusationOutcome, CompetentBody
from shared.contracts.case_codes import Category, Channel, ServiceMethod
from shared.contracts.event import Event
from shared.contracts.words import Digest
from shared.divisions import Identifier


class AccusationEvent(Event):
    """What all events about an accusation have in common."""

    matter_id: Identifier
    accusation_id: Identifier


class AccusationRegistered(AccusationEvent):
    """登记: an accusation is in the register of the discipline lane."""

    number: str
    """For people, of the same series as the numbers of cases."""
    channel: Channel
    category: Category
    """Always `unclassified`: what it is about is in the sealed text."""
    person_ref: Identifier | None = None
    content_digest: Digest | None = None
    received_on: date | None = None
    """The day on which the office received it; none: that of the registration."""


class AccusationAcknowledged(AccusationEvent):
    """告知: whoever accuses was told that the accusation was received, and what comes next."""

    method: ServiceMethod


class AccusationTransferred(AccusationEvent):
    """转送: the accusation went to the body that is competent for it [R22]."""

    to: CompetentBody


class AccusationOutcomeNoted(AccusationEvent):
    """反馈: the competent body told what came of its procedure [R30]."""

    outcome: AccusationOutcome


class AccusationClosed(AccusationEvent):
    """办结: nothing is left to do in the lane."""
