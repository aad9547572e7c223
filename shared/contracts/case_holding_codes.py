"""Code lists of the way a case goes, and of those who step back from it."""

from shared.contracts.event import Code


class Lane(Code):
    """依法分类处理 [R31]: the procedure that a claim takes; only the petition procedure has a term."""

    LITIGATION = "litigation", "诉讼程序"
    """What courts, prosecutors and the police decide by their own procedures [R31(1)]."""
    ARBITRATION = "arbitration", "仲裁"
    PARTY_APPEAL = "party-appeal", "党员申诉"
    ADMINISTRATIVE = "administrative", "行政程序"
    """Review, ruling, confirmation, licence, penalty [R31(4)]."""
    STATUTORY_DUTY = "statutory-duty", "履行法定职责"
    """An offence is to be investigated, a right protected: the office does so or answers [R31(5)]."""
    PETITION = "petition", "信访程序"
    DISCIPLINE = "discipline", "纪检监察"
    """No lane of a claim: the case is an accusation, which ends here and goes on in the county's [R30]."""


class RoutingGround(Code):
    """On what the choice of a way rests."""

    BY_LAW = "by-law", "法律法规规定"
    IN_PROCEDURE = "in-procedure", "已进入该程序"
    OWN_DUTY = "own-duty", "属于法定职责"
    NO_OTHER_ROUTE = "no-other-route", "无其他法定途径"
    NOT_A_CLAIM = "not-a-claim", "非申诉求决事项"


class RecusalReason(Code):
    """回避 [R28]: how a post is interested in the matter or close to the petitioner."""

    RELATIVE = "relative", "亲属关系"
    OWN_INTEREST = "own-interest", "直接利害关系"
    COMPLAINED_OF = "complained-of", "被反映人"
    OTHER_BOND = "other-bond", "其他关系"
