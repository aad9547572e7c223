"""Code lists of villages, grids and grid workers; sets are closed."""

from shared.contracts.event import Code


class VillageKind(Code):
    """Which self-governing body a village code stands for."""

    VILLAGE = "village", "村"
    COMMUNITY = "community", "社区"
    NOT_STATED = "not-stated", "未注明"


class GridKind(Code):
    """网格类别: how finely the ground is divided, or for whom alone a grid is drawn."""

    BASIC = "basic", "基础网格"
    MICRO = "micro", "微网格"
    DEDICATED = "dedicated", "专属网格"


class EndedHow(Code):
    """How a village or a grid came to its end."""

    MERGED = "merged", "合并"
    SPLIT = "split", "拆分"
    RECODED = "recoded", "更换代码"
    ABOLISHED = "abolished", "撤销"


class Employment(Code):
    """用工性质: as what somebody is a grid worker."""

    FULL_TIME = "full-time", "专职"
    PART_TIME = "part-time", "兼职"
    NOT_STATED = "not-stated", "未注明"


class GridDuty(Code):
    """As what a worker serves a grid."""

    RESPONSIBLE = "responsible", "责任网格员"
    SUBSTITUTE = "substitute", "替班"
