"""Code lists of receptions: in which form leaders receive petitioners, and where."""

from shared.contracts.event import Code


class ReceptionForm(Code):
    """How a leader and petitioners meet [R18]."""

    RECEPTION = "reception", "接访"
    OUTREACH = "outreach", "下访"
    INVITED = "invited", "约访"


class ReceptionPlace(Code):
    """At what kind of place they meet; never whose home it is."""

    GOVERNANCE_CENTER = "governance-center", "综治中心"
    RECEPTION_ROOM = "reception-room", "信访接待场所"
    VILLAGE = "village", "村（社区）"
    HOUSEHOLD = "household", "群众家中"
    OTHER = "other", "其他场所"


class VisitCase(Code):
    """How a visit and the case that it names belong together."""

    FILED_HERE = "filed-here", "接访时登记"
    RAISED_BEFORE = "raised-before", "此前已登记"
