"""Code lists of cases (domain: petition form and statistics fields); sets are closed.

A set that an old register may leave open has `not-stated`: what was not recorded is not made up.
"""

from shared.contracts.event import Code


class Channel(Code):
    """信访形式: the way by which a case reached the office."""

    VISIT = "visit", "来访"
    LETTER = "letter", "来信"
    CALL = "call", "来电"
    ONLINE = "online", "网上"
    HOTLINE = "hotline", "热线"
    ABOVE = "above", "上级转送"
    LEADER = "leader", "领导批示"
    GRID = "grid", "网格"
    NOT_STATED = "not-stated", "未注明"


class Purpose(Code):
    """信访目的: what the person wants of the office."""

    SUGGESTION = "suggestion", "意见建议"
    APPEAL = "appeal", "申诉"
    REQUEST = "request", "求决"
    ACCUSATION = "accusation", "揭发控告"
    INQUIRY = "inquiry", "咨询"
    OTHER = "other", "其他"
    NOT_STATED = "not-stated", "未注明"


class Category(Code):
    """内容分类, first level."""

    AGRICULTURE = "agriculture", "农村农业"
    LAND = "land", "国土资源"
    CONSTRUCTION = "construction", "城乡建设"
    LABOUR = "labour", "劳动社保"
    HEALTH = "health", "卫生"
    EDUCATION = "education", "教育"
    CIVIL_AFFAIRS = "civil-affairs", "民政优抚"
    POLITICS_AND_LAW = "politics-and-law", "政法"
    ECONOMY = "economy", "经济管理"
    TRANSPORT_ENERGY_ENVIRONMENT = "transport-energy-environment", "交通能源环保"
    SCIENCE_CULTURE_SPORT = "science-culture-sport", "科技文体"
    PERSONNEL = "personnel", "组织人事"
    DISCIPLINE = "discipline", "纪检监察"
    PARTY_AND_GOVERNMENT = "party-and-government", "党务政务"
    OTHER = "other", "其它"
    UNCLASSIFIED = "unclassified", "未分类"


class FirstOrRepeat(Code):
    """初次或重复: a property of the matter's history, never a mark on a person."""

    FIRST = "first", "初次"
    REPEAT = "repeat", "重复"
    NOT_STATED = "not-stated", "未注明"


class ReceivedFrom(Code):
    """Who passed the case on to the office that registers it."""

    HOTLINE = "hotline", "热线"
    HIGHER_LEVEL = "higher-level", "上级"
    GRID = "grid", "网格"


class Procedure(Code):
    """办理程序."""

    ORDINARY = "ordinary", "普通程序"
    SIMPLE = "simple", "简易程序"


class Route(Code):
    """依法分类处理: the statutory route that a diverted case takes."""

    LITIGATION = "litigation", "诉讼"
    ARBITRATION = "arbitration", "仲裁"
    ADMINISTRATIVE_REVIEW = "administrative-review", "行政复议"
    DISCIPLINE = "discipline", "纪检监察"
    PARTY_APPEAL = "party-appeal", "党员申诉"
    OTHER_STATUTORY = "other-statutory", "其他法定途径"
    NOT_STATED = "not-stated", "未注明"


class LinkReason(Code):
    """Why a case is registered and linked instead of handled again [R19, R36]."""

    DUPLICATE = "duplicate", "重复件"
    IN_PROCESS_ELSEWHERE = "in-process-elsewhere", "正在办理"
    CONCLUDED = "concluded", "已经终结"


class OpinionResult(Code):
    """处理意见 [R32]."""

    SUPPORTED = "supported", "支持"
    PARTLY = "partly", "部分支持"
    EXPLAINED = "explained", "解释说明"
    NOT_SUPPORTED = "not-supported", "不支持"


class Measure(Code):
    """三到位一处理 [R27]: solve, explain, aid, deal with by law."""

    SOLVE = "solve", "解决问题"
    EXPLAIN = "explain", "思想教育"
    AID = "aid", "帮扶救助"
    LAW = "law", "依法处理"


class ServiceMethod(Code):
    """送达方式."""

    IN_PERSON = "in-person", "当面"
    POST = "post", "邮寄"
    ONLINE = "online", "网上"
    OTHER = "other", "其他"
    NOT_STATED = "not-stated", "未注明"


class ResolvedHow(Code):
    """化解: by what a case came to its end in substance."""

    ON_THE_SPOT = "on-the-spot", "当场解决"
    AGREEMENT_PERFORMED = "agreement-performed", "协议履行"
    OPINION_ACCEPTED = "opinion-accepted", "认可意见"
    TIME_FOR_REVIEW_PASSED = "time-for-review-passed", "逾期未申请复查"
    FINAL_REVIEW = "final-review", "复核终结"


class Outcome(Code):
    """办结 outcome; a withdrawal or a diversion is an outcome of its own, never a resolution."""

    SUPPORTED = "supported", "支持"
    PARTLY = "partly", "部分支持"
    EXPLAINED = "explained", "解释说明"
    NOT_SUPPORTED = "not-supported", "不支持"
    MEDIATED = "mediated", "调解"
    WITHDRAWN = "withdrawn", "撤回"
    DIVERTED = "diverted", "导入法定途径"
    LINKED = "linked", "并案"
    DECLINED = "declined", "不予受理"
    NO_FURTHER_ACCEPTANCE = "no-further-acceptance", "不再受理"
    NOT_STATED = "not-stated", "未注明"


class ReopenReason(Code):
    """Why a case that had ended is open again."""

    NEW_FACTS = "new-facts", "新的事实"
    AGREEMENT_BREACHED = "agreement-breached", "协议未履行"
    REVIEW_UPHELD = "review-upheld", "复查复核改变"
    """In ledgers of before `review-changed` and `review-revoked`; not stated any more."""
    REVIEW_CHANGED = "review-changed", "复查复核变更"
    REVIEW_REVOKED = "review-revoked", "复查复核撤销"
    LINKED_IN_ERROR = "linked-in-error", "误并案"
    OFFICE_ERROR = "office-error", "办理差错"
    WITHDRAWAL_REVOKED = "withdrawal-revoked", "撤销撤回"
    NOT_STATED = "not-stated", "未注明"


class MediationOutcome(Code):
    """What intake has heard of a mediation that it had asked for; only a kept promise settles."""

    NOT_TAKEN_UP = "not-taken-up", "未受理"
    """No committee could take it: another one may be asked, or the same one later."""
    SUCCEEDED = "succeeded", "达成协议"
    PERFORMED = "performed", "履行完毕"
    BREACHED = "breached", "未履行"
    FAILED = "failed", "调解不成"
    REFUSED = "refused", "拒绝调解"
    TERMINATED = "terminated", "终止"
    RESUMED = "resumed", "恢复调解"
    """The end that had been recorded was none: the mediation goes on."""
