"""Events of intake about who holds a case, which way it goes, and who steps back from it."""

from shared.contracts.case_codes import Purpose
from shared.contracts.case_holding_codes import Lane, RecusalReason, RoutingGround
from shared.contracts.intake import CaseEvent
from shared.contracts.unit_codes import HandOverReason
from shared.contracts.words import PostRef, UnitRef


class CaseRouted(CaseEvent):
    """依法分类处理 [R29-R31]: which way the case goes, chosen by a post.

    Suggestions, accusations and inquiries go the way of their purpose, without a lane. Only the lane
    of the petition procedure has the sixty days [R34]. The lane of discipline ends the case: it was
    recognised as an accusation, and what is done about that is in the county's ledger [R30].
    """

    purpose: Purpose
    lane: Lane | None = None
    ground: RoutingGround
    by_post: PostRef


class CaseHandedOver(CaseEvent):
    """移交: another unit, or another post of the same, holds the case from now on.

    A post that is left out was none, or is named by its unit later.
    """

    from_unit: UnitRef
    from_post: PostRef | None = None
    to_unit: UnitRef
    to_post: PostRef | None = None
    reason: HandOverReason


class RecusalRecorded(CaseEvent):
    """回避 [R28]: this post does nothing more in the case."""

    post: PostRef
    reason: RecusalReason
