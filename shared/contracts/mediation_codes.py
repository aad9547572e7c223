"""Code lists of people's mediation (人民调解); sets are closed.

`M` is the People's Mediation Law, `JC` the Supreme Court's provisions on judicial confirmation,
`CPL` the Civil Procedure Law. Where a law gives no list, the list is ours and may grow.
"""

from shared.contracts.event import Code


class MediatorKind(Code):
    """What a mediator is known as; several at once. No kind is a condition of the office [M14]."""

    RETIRED_CADRE = "retired-cadre", "退休干部"
    CERTIFIED = "certified", "持证调解员"
    RESPECTED_ELDER = "respected-elder", "乡贤"
    LEGAL_LITERATE = "legal-literate", "法律明白人"
    ELDER_MEMBER = "elder-member", "老党员"
    VILLAGER_REPRESENTATIVE = "villager-representative", "村民代表"
    LEGAL_ADVISER = "legal-adviser", "法律顾问"
    OTHER = "other", "其他"


class CommitteeKind(Code):
    """人民调解委员会, by who set it up [M8, M34]."""

    VILLAGE = "village", "村(居)民委员会"
    TOWNSHIP = "township", "乡镇(街道)"
    ENTERPRISE = "enterprise", "企事业单位"
    TRADE = "trade", "行业性专业性"


class MediationOrigin(Code):
    """How a dispute comes to be mediated [M17, M18]."""

    APPLIED = "applied", "当事人申请"
    REFERRED = "referred", "移送委派"
    PROACTIVE = "proactive", "主动调解"


class ReferredBy(Code):
    """Who told the parties of mediation and passed the dispute on [M18]."""

    PETITION = "petition", "信访"
    COURT = "court", "人民法院"
    POLICE = "police", "公安机关"
    GRID = "grid", "网格"
    OTHER = "other", "其他部门"


class DisputeKind(Code):
    """纠纷类型: what people quarrel about, beside the category that a petition would have."""

    MARRIAGE_AND_FAMILY = "marriage-and-family", "婚姻家庭"
    NEIGHBOURS = "neighbours", "邻里"
    HOUSE_AND_HOMESTEAD = "house-and-homestead", "房屋宅基地"
    LAND_AND_FOREST = "land-and-forest", "山林土地"
    RESETTLEMENT = "resettlement", "征地拆迁"
    CONTRACT = "contract", "合同"
    PRODUCTION_AND_BUSINESS = "production-and-business", "生产经营"
    DAMAGE = "damage", "损害赔偿"
    LABOUR = "labour", "劳动争议"
    VILLAGE_AFFAIRS = "village-affairs", "村务管理"
    CONSUMPTION = "consumption", "消费"
    PROPERTY_MANAGEMENT = "property-management", "物业"
    ENVIRONMENT = "environment", "环境污染"
    OTHER = "other", "其他"
    NOT_STATED = "not-stated", "未注明"


class PartySide(Code):
    """Which side a party is on; there may be several parties on one."""

    APPLICANT = "applicant", "申请方"
    RESPONDENT = "respondent", "被申请方"


class ConsentHow(Code):
    """In what form a side said that it agrees to mediation [M17]."""

    BY_APPLYING = "by-applying", "提出申请"
    IN_WRITING = "in-writing", "书面"
    ORALLY = "orally", "口头(记录在案)"


class RecusalGround(Code):
    """回避: why a mediator steps back from a dispute."""

    RELATIVE = "relative", "近亲属关系"
    INTEREST = "interest", "利害关系"
    ASKED_BY_A_PARTY = "asked-by-a-party", "当事人要求"
    OWN_WISH = "own-wish", "本人申请"


class SessionMode(Code):
    """面对面 with both sides, or 背靠背 with one."""

    JOINT = "joint", "面对面"
    CAUCUS = "caucus", "背靠背"


class PlaceKind(Code):
    """Where a session was held."""

    MEDIATION_ROOM = "mediation-room", "调解室"
    VILLAGE_OFFICE = "village-office", "村(居)委会"
    HOME = "home", "当事人家中"
    ON_THE_SPOT = "on-the-spot", "纠纷现场"
    GOVERNANCE_CENTRE = "governance-centre", "综治中心"
    COURT = "court", "人民法院"
    ONLINE = "online", "线上"
    OTHER = "other", "其他"


class RoomRole(Code):
    """As what somebody was in the room; sessions count people by it and name nobody [M20]."""

    PARTY = "party", "当事人"
    AGENT = "agent", "代理人"
    RELATIVE = "relative", "亲属"
    MEDIATOR = "mediator", "调解员"
    RECORDER = "recorder", "记录员"
    LEGAL_ADVISER = "legal-adviser", "法律顾问"
    ELDER_MEMBER = "elder-member", "老党员"
    VILLAGER_REPRESENTATIVE = "villager-representative", "村民代表"
    GRID_WORKER = "grid-worker", "网格员"
    OFFICIAL = "official", "职能部门人员"
    OTHER = "other", "其他"


class PaperForm(Code):
    """文书: the forms of a mediation's papers, in the order in which a file has them."""

    COVER = "mediation-file-cover", "人民调解卷宗"
    APPLICATION = "mediation-application", "人民调解申请书"
    CONSENT = "mediation-consent", "人民调解受理同意书"
    SESSION_RECORD = "mediation-session-record", "人民调解笔录"
    AGREEMENT = "mediation-agreement", "人民调解协议书"
    ORAL_AGREEMENT = "oral-agreement-registration", "人民调解口头协议登记表"
    TERMINATION_NOTICE = "mediation-termination", "人民调解终止告知书"
    CONFIRMATION_REQUEST = "confirmation-request", "人民调解协议司法确认申请书"
    FOLLOW_UP = "mediation-follow-up", "人民调解回访记录"


class VoidReason(Code):
    """Why something that was recorded before the signing does not stand."""

    BY_MISTAKE = "by-mistake", "误录"
    OTHERWISE_IN_FACT = "otherwise-in-fact", "与事实不符"
    OF_ANOTHER_MEDIATION = "of-another-mediation", "属于其他纠纷"


class OtherRoute(Code):
    """The routes that stay open to the parties whatever becomes of a mediation [M3, M26]."""

    COURT = "court", "诉讼"
    ARBITRATION = "arbitration", "仲裁"
    ADMINISTRATIVE = "administrative", "行政途径"
    PAYMENT_ORDER = "payment-order", "申请支付令"
    ENFORCEMENT = "enforcement", "申请强制执行"
    MEDIATION_AGAIN = "mediation-again", "再次调解"


class FailureGround(Code):
    """调解不成: why a mediation that had begun came to no agreement [M26]."""

    NO_AGREEMENT = "no-agreement", "未达成协议"
    CONSENT_WITHDRAWN = "consent-withdrawn", "当事人撤回同意"
    PARTY_ABSENT = "party-absent", "当事人不到场"
    PERIOD_PASSED = "period-passed", "期满未达成协议"
    TAKEN_ELSEWHERE = "taken-elsewhere", "当事人选择其他途径"
    PUBLIC_SAFETY = "public-safety", "可能激化，已报公安机关"


class NotTakenUpGround(Code):
    """Why a dispute that was referred did not come into a committee's register [M8, M9]."""

    NO_SUCH_COMMITTEE = "no-such-committee", "没有这个调解委员会"
    COMMITTEE_DISSOLVED = "committee-dissolved", "调解委员会已撤销"
    COMMITTEE_NOT_SITTING = "committee-not-sitting", "调解委员会不在任期"


class TerminationGround(Code):
    """Why a dispute that never came to a session is no longer kept as a mediation."""

    CONSENT_WITHDRAWN = "consent-withdrawn", "撤回申请或同意"
    PARTY_NOT_FOUND = "party-not-found", "无法联系当事人"
    NOT_FOR_MEDIATION = "not-for-mediation", "不属于人民调解范围"
    HANDLED_ELSEWHERE = "handled-elsewhere", "已由其他途径处理"
    RECORDED_TWICE = "recorded-twice", "重复登记"
