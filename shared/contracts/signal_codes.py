"""Code lists of signals and work orders (domain: the hotline's field set); sets are closed."""

from shared.contracts.event import Code


class SignalSource(Code):
    """From where the office learns of a matter."""

    HOTLINE_12345 = "hotline-12345", "12345热线"
    GRID_APP = "grid-app", "网格应用"
    ELDERS_GROUP = "elders-group", "乡贤群"


class SignalKind(Code):
    """工单类型: what whoever called or wrote wants."""

    APPEAL = "appeal", "诉求"
    COMPLAINT = "complaint", "投诉"
    CONSULTATION = "consultation", "咨询"
    HELP = "help", "求助"
    SUGGESTION = "suggestion", "建议"
    REPORT = "report", "举报"
    NOT_STATED = "not-stated", "未注明"


class OrderSource(Code):
    """Who gave the work order."""

    HOTLINE_12345 = "hotline-12345", "12345热线"
    DEPARTMENT = "department", "部门"


class OrderNature(Code):
    """工单性质: what the unit has to do with it."""

    LEAD = "lead", "主办"
    ASSIST = "assist", "协办"
    FORWARDED = "forwarded", "转办"
    NOT_STATED = "not-stated", "未注明"


class OrderResult(Code):
    """办理结果: what the order came to; the last ones say that it is not handled as an order."""

    SOLVED = "solved", "解决"
    PARTLY_SOLVED = "partly-solved", "部分解决"
    EXPLAINED = "explained", "已解释说明"
    NOT_SOLVED = "not-solved", "未解决"
    IN_PETITION_PROCEDURE = "in-petition-procedure", "已进入信访程序"
    STATUTORY_ROUTE = "statutory-route", "依法应走其他法定途径"
    CONCLUDED = "concluded", "已依法办结"
    NOT_OUR_REMIT = "not-our-remit", "不属本单位职责"
    NOT_STATED = "not-stated", "未注明"


class OrderVoidReason(Code):
    """作废原因: why an order is none."""

    OPENED_BY_MISTAKE = "opened-by-mistake", "误开"
    OPENED_TWICE = "opened-twice", "重复开单"
    WRONG_NUMBER = "wrong-number", "编号有误"


class LinkedTo(Code):
    """What a signal is linked to."""

    SIGNAL = "signal", "诉求来件"
    REPORT = "report", "网格上报"
    CASE = "case", "信访件"


class SignalUnlinkReason(Code):
    """Why a link is undone without a person: what became of the other record."""

    TARGET_REJECTED = "target-rejected", "对方上报被驳回"
    TARGET_VOIDED = "target-voided", "对方登记作废"
    TARGET_MOVED = "target-moved", "对方并入其他事项"


class SignalField(Code):
    """What of a signal was stated wrongly, and is corrected."""

    CATEGORY = "category", "类别"
    TOPIC = "topic", "事项"
    VILLAGE_CODE = "village-code", "村（社区）"
    GRID_CODE = "grid-code", "网格"
    COMPLAINED_UNIT = "complained-unit", "被反映单位"

    @property
    def field(self) -> str:
        """The field of the event that has it."""
        return self.value.replace("-", "_")


class SignalLinkReason(Code):
    """Why a signal counts with another record."""

    DUPLICATE = "duplicate", "重复件"
    SAME_MATTER = "same-matter", "同一事项"
