"""Code lists of grid reports: the category tree, and the steps of a report's way; sets are closed."""

from collections.abc import Mapping

from shared.contracts.case_codes import Category
from shared.contracts.event import Code


class ReportCategory(Code):
    """事件大类: the first level of the category tree."""

    LIVELIHOOD = "livelihood", "民生服务"
    SANITATION = "sanitation", "环境卫生"
    FACILITIES = "facilities", "设施安全"
    NEIGHBOURS = "neighbours", "家庭邻里"
    LABOUR = "labour", "劳资关系"
    LAND_AND_HOUSING = "land-and-housing", "土地房屋"
    ASSISTANCE = "assistance", "帮扶救助"
    PUBLIC_ORDER = "public-order", "市容秩序"
    LAW = "law", "涉法涉诉"
    EMERGENCY = "emergency", "突发事件"
    OTHER = "other", "其他"


class ReportTopic(Code):
    """事件小类: the second level; `TREE` says of which category each is."""

    WATER_SUPPLY = "water-supply", "饮水供水"
    POWER_SUPPLY = "power-supply", "用电"
    ROADS = "roads", "道路通行"
    SOCIAL_SECURITY = "social-security", "社保医保"
    SCHOOLING = "schooling", "上学入托"
    OTHER_LIVELIHOOD = "other-livelihood", "其他民生"
    WASTE = "waste", "垃圾"
    SEWAGE = "sewage", "污水"
    POLLUTION = "pollution", "污染"
    OTHER_SANITATION = "other-sanitation", "其他环境卫生"
    DAMAGED_FACILITIES = "damaged-facilities", "公共设施损坏"
    FIRE_HAZARD = "fire-hazard", "消防隐患"
    BUILDING_HAZARD = "building-hazard", "房屋隐患"
    TRAFFIC_HAZARD = "traffic-hazard", "交通隐患"
    OTHER_FACILITIES = "other-facilities", "其他设施安全"
    FAMILY = "family", "家庭婚姻"
    BETWEEN_NEIGHBOURS = "between-neighbours", "邻里纠纷"
    DEBTS = "debts", "借贷"
    OTHER_NEIGHBOURS = "other-neighbours", "其他家庭邻里"
    UNPAID_WAGES = "unpaid-wages", "欠薪"
    WORK_INJURY = "work-injury", "工伤"
    OTHER_LABOUR = "other-labour", "其他劳资"
    CONTRACTED_LAND = "contracted-land", "土地承包流转"
    REQUISITION = "requisition", "征地拆迁"
    HOMESTEAD = "homestead", "宅基地"
    OTHER_LAND = "other-land", "其他土地房屋"
    HARDSHIP = "hardship", "生活困难"
    CARE = "care", "照料"
    OTHER_ASSISTANCE = "other-assistance", "其他帮扶"
    NOISE = "noise", "噪声扰民"
    STREET_TRADING = "street-trading", "占道经营"
    ILLEGAL_BUILDING = "illegal-building", "违章搭建"
    OTHER_ORDER = "other-order", "其他市容秩序"
    COURT_MATTER = "court-matter", "涉诉"
    POLICE_MATTER = "police-matter", "治安"
    OTHER_LAW = "other-law", "其他涉法涉诉"
    NATURAL_DISASTER = "natural-disaster", "自然灾害"
    ACCIDENT = "accident", "事故"
    ACUTE_SAFETY = "acute-safety", "人身安全"
    OTHER_EMERGENCY = "other-emergency", "其他突发"
    OTHER_TOPIC = "other-topic", "其他"


class Urgency(Code):
    """紧急程度, from the least to the greatest."""

    NORMAL = "normal", "一般"
    IMPORTANT = "important", "重要"
    URGENT = "urgent", "紧急"
    AT_ONCE = "at-once", "特急"


class ReportSource(Code):
    """From whom the office has it."""

    GRID_WORKER = "grid-worker", "网格员"
    PATROL = "patrol", "巡查"
    RESIDENT = "resident", "居民"
    PROPERTY_MANAGER = "property-manager", "物业"
    NOT_STATED = "not-stated", "未注明"


class ReportStep(Code):
    """A step that has a term of its own."""

    CHECK = "check", "审核"
    DISPATCH = "dispatch", "分派"
    HANDLE = "handle", "处置"
    VERIFY = "verify", "核查"
    CLOSE = "close", "结案"
    LEVEL = "level", "层级"
    TAKE_UP = "take-up", "接手"
    """By then somebody acts on what the report was converted to."""


class LadderLevel(Code):
    """四级: who is responsible for settling the matter, from the lowest to the highest."""

    GRID = "grid", "网格员"
    VILLAGE = "village", "村(社区)"
    CENTRE = "centre", "乡镇综治中心"
    TOWNSHIP = "township", "乡镇党委政府"


class ReportRejection(Code):
    """Why a report is not valid."""

    NO_MATTER = "no-matter", "不属实或无事项"
    DUPLICATE = "duplicate", "重复上报"
    UNCLEAR = "unclear", "内容不清"
    ELSEWHERE = "elsewhere", "不在本辖区"
    OTHER = "other", "其他"


class ReportReturnReason(Code):
    """Why a unit gives a report back."""

    NOT_OUR_REMIT = "not-our-remit", "不属本单位职责"
    NO_POWERS = "no-powers", "无处置权限"
    UNCLEAR = "unclear", "内容不清"
    ABOUT_THE_UNIT = "about-the-unit", "反映本单位"
    """It turns out to be about the unit that has it."""
    OTHER = "other", "其他"


class ReportField(Code):
    """What of a report was stated wrongly, or became known later."""

    ABOUT_UNIT = "about-unit", "被反映单位"
    ABOUT_DIVISION = "about-division", "被反映单位所在地"
    ABOUT_A_WORKER = "about-a-worker", "反映网格员"
    GRID_CODE = "grid-code", "网格"
    TOPIC = "topic", "事项"
    CATEGORY = "category", "类别"
    """Of the topic, and so is the next one."""
    MATTER_CATEGORY = "matter-category", "信访内容分类"

    @property
    def field(self) -> str:
        """The field of the event that has it."""
        return self.value.replace("-", "_")


class ReportCorrectionReason(Code):
    """更正原因: why a fact of a report is another one from now on."""

    TYPING_ERROR = "typing-error", "录入错误"
    STATED_LATER = "stated-later", "事后补充"
    FOUND_OTHERWISE = "found-otherwise", "核实更正"


class HandlingResult(Code):
    """反馈: what the handling came to."""

    SOLVED = "solved", "已解决"
    PARTLY_SOLVED = "partly-solved", "部分解决"
    EXPLAINED = "explained", "已解释说明"
    NOT_SOLVED = "not-solved", "未解决"


class VerifiedHow(Code):
    """How it was found out whether the feedback is true."""

    VISIT = "visit", "现场"
    CALL = "call", "电话"
    RECORDS = "records", "查阅资料"


class ReportRater(Code):
    """Who rates how a report was handled."""

    REPORTER = "reporter", "上报人"
    AFFECTED = "affected", "当事人"


class ConvertedTo(Code):
    """转办: as what a report's matter goes on."""

    CASE = "case", "信访件"
    MEDIATION = "mediation", "人民调解"
    WORK_ORDER = "work-order", "工单"


class ReportOutcome(Code):
    """What became of a converted report, as whoever has the matter published it."""

    TAKEN_UP = "taken-up", "已登记"
    """Registered there by itself: nobody has acted on it yet."""
    COMPLETED = "completed", "已补录"
    """Somebody took over what the report says."""
    FORWARDED = "forwarded", "已转送"
    CONSENTED = "consented", "同意调解"
    NOT_TAKEN_UP = "not-taken-up", "未受理"
    """No committee could take it."""
    ACCEPTED = "accepted", "已受理"
    DECLINED = "declined", "不予受理"
    DIVERTED = "diverted", "导入法定途径"
    LINKED = "linked", "并案"
    ANSWERED = "answered", "已答复"
    RESOLVED = "resolved", "已化解"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "撤回"
    VOIDED = "voided", "登记作废"
    """The case was registered by mistake."""
    REOPENED = "reopened", "重新办理"
    BEGUN = "begun", "开始调解"
    SUCCEEDED = "succeeded", "达成协议"
    PERFORMED = "performed", "履行完毕"
    BREACHED = "breached", "未履行"
    FAILED = "failed", "调解不成"
    REFUSED = "refused", "拒绝调解"
    TERMINATED = "terminated", "终止"
    RESUMED = "resumed", "恢复调解"
    """The end that had been recorded was none."""


class ReportGrade(Code):
    """How content somebody said to be; who says nothing is not rated for."""

    SATISFIED = "satisfied", "满意"
    BASICALLY = "basically", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class EscalationReason(Code):
    """Why a report goes up a level."""

    TIME_IS_OVER = "time-is-over", "逾期"
    BEYOND_POWERS = "beyond-powers", "超出权限"
    URGENT = "urgent", "情况紧急"
    OTHER = "other", "其他"


_LAND, _LABOUR, _LAW = Category.LAND, Category.LABOUR, Category.POLITICS_AND_LAW
_ENVIRONMENT, _WELFARE = Category.TRANSPORT_ENERGY_ENVIRONMENT, Category.CIVIL_AFFAIRS
_BUILDING, _OTHER = Category.CONSTRUCTION, Category.OTHER
TREE: Mapping[ReportCategory, Mapping[ReportTopic, Category]] = {
    ReportCategory.LIVELIHOOD: {
        ReportTopic.WATER_SUPPLY: _BUILDING,
        ReportTopic.POWER_SUPPLY: _ENVIRONMENT,
        ReportTopic.ROADS: _ENVIRONMENT,
        ReportTopic.SOCIAL_SECURITY: _LABOUR,
        ReportTopic.SCHOOLING: Category.EDUCATION,
        ReportTopic.OTHER_LIVELIHOOD: _OTHER,
    },
    ReportCategory.SANITATION: {
        ReportTopic.WASTE: _ENVIRONMENT,
        ReportTopic.SEWAGE: _ENVIRONMENT,
        ReportTopic.POLLUTION: _ENVIRONMENT,
        ReportTopic.OTHER_SANITATION: _ENVIRONMENT,
    },
    ReportCategory.FACILITIES: {
        ReportTopic.DAMAGED_FACILITIES: _BUILDING,
        ReportTopic.FIRE_HAZARD: _LAW,
        ReportTopic.BUILDING_HAZARD: _BUILDING,
        ReportTopic.TRAFFIC_HAZARD: _LAW,
        ReportTopic.OTHER_FACILITIES: _BUILDING,
    },
    ReportCategory.NEIGHBOURS: {
        ReportTopic.FAMILY: _WELFARE,
        ReportTopic.BETWEEN_NEIGHBOURS: _LAW,
        ReportTopic.DEBTS: _LAW,
        ReportTopic.OTHER_NEIGHBOURS: _LAW,
    },
    ReportCategory.LABOUR: {
        ReportTopic.UNPAID_WAGES: _LABOUR,
        ReportTopic.WORK_INJURY: _LABOUR,
        ReportTopic.OTHER_LABOUR: _LABOUR,
    },
    ReportCategory.LAND_AND_HOUSING: {
        ReportTopic.CONTRACTED_LAND: _LAND,
        ReportTopic.REQUISITION: _BUILDING,
        ReportTopic.HOMESTEAD: _LAND,
        ReportTopic.OTHER_LAND: _LAND,
    },
    ReportCategory.ASSISTANCE: {
        ReportTopic.HARDSHIP: _WELFARE,
        ReportTopic.CARE: _WELFARE,
        ReportTopic.OTHER_ASSISTANCE: _WELFARE,
    },
    ReportCategory.PUBLIC_ORDER: {
        ReportTopic.NOISE: _ENVIRONMENT,
        ReportTopic.STREET_TRADING: _BUILDING,
        ReportTopic.ILLEGAL_BUILDING: _BUILDING,
        ReportTopic.OTHER_ORDER: _BUILDING,
    },
    ReportCategory.LAW: {
        ReportTopic.COURT_MATTER: _LAW,
        ReportTopic.POLICE_MATTER: _LAW,
        ReportTopic.OTHER_LAW: _LAW,
    },
    ReportCategory.EMERGENCY: {
        ReportTopic.NATURAL_DISASTER: _WELFARE,
        ReportTopic.ACCIDENT: _LAW,
        ReportTopic.ACUTE_SAFETY: _LAW,
        ReportTopic.OTHER_EMERGENCY: _OTHER,
    },
    ReportCategory.OTHER: {ReportTopic.OTHER_TOPIC: _OTHER},
}
"""The category tree, and for each topic the category of a case about the same matter.

The second is our choice: by it reports and cases about one place are compared.
"""

_CATEGORY = {topic: category for category, topics in TREE.items() for topic in topics}
_MATTER_CATEGORY = {topic: found for topics in TREE.values() for topic, found in topics.items()}


def category_of(topic: ReportTopic) -> ReportCategory:
    """The first level of the tree."""
    return _CATEGORY[topic]


def matter_category_of(topic: ReportTopic) -> Category:
    """The category of a case about the same matter."""
    return _MATTER_CATEGORY[topic]
