"""Code lists of mediation agreements: form, parts, legality, performance, confirmation."""

from shared.contracts.event import Code


class AgreementForm(Code):
    """In writing, or by word of mouth and recorded by the mediator [M28, M30]."""

    WRITTEN = "written", "书面"
    ORAL = "oral", "口头"


class AgreementPart(Code):
    """What a written agreement has to contain [M29]; its text itself is in the papers."""

    NUMBER = "number", "编号"
    PARTIES = "parties", "当事人基本情况"
    FACTS = "facts", "纠纷主要事实"
    ISSUE = "issue", "争议事项"
    LIABILITIES = "liabilities", "各方责任"
    TERMS = "terms", "协议内容"
    PERFORMANCE_MODE = "performance-mode", "履行方式"
    PERFORMANCE_DATE = "performance-date", "履行期限"
    PARTY_SIGNATURES = "party-signatures", "当事人签名、盖章或按指印"
    MEDIATOR_SIGNATURE = "mediator-signature", "调解员签名"
    COMMITTEE_SEAL = "committee-seal", "调解委员会印章"
    COPIES = "copies", "各方一份、留存一份"


class LegalityPoint(Code):
    """What every agreement is checked against before it is signed; never against the law [M3, JC7]."""

    FREE_WILL = "free-will", "违背当事人意愿"
    MANDATORY_LAW = "mandatory-law", "违反法律强制性规定"
    CONTRACTED_LAND = "contracted-land", "承包期内调整承包地"
    PUBLIC_INTEREST = "public-interest", "损害国家或社会公共利益"
    RIGHTS_OF_OTHERS = "rights-of-others", "损害他人合法权益"
    GOOD_MORALS = "good-morals", "违背公序良俗"
    CLEAR_TERMS = "clear-terms", "内容不明确"


class OverrideReason(Code):
    """Why an agreement is signed although a point of law was raised against it."""

    STATUTORY_EXCEPTION = "statutory-exception", "符合法定例外并经批准"
    LEGAL_OPINION = "legal-opinion", "已取得法律意见"
    RIGHTHOLDER_AGREED = "rightholder-agreed", "权利人书面同意"


class StatusMatter(Code):
    """身份关系: what no court confirms, whatever the parties agree on [JC4]."""

    IDENTITY = "identity", "身份关系"
    ADOPTION = "adoption", "收养关系"
    MARRIAGE = "marriage", "婚姻关系"


class PerformanceFinding(Code):
    """履行监督: what the mediator found when looking after the promise [M31]."""

    ON_COURSE = "on-course", "正常履行"
    BEHIND = "behind", "进度迟延"
    IN_DIFFICULTY = "in-difficulty", "履行有困难"
    IN_DISPUTE = "in-dispute", "对履行有争议"


class BreachGround(Code):
    """In what the promise was not kept."""

    NOT_PERFORMED = "not-performed", "到期未履行"
    REFUSED = "refused", "明确拒绝履行"
    DEFECTIVE = "defective", "履行不符合约定"
    UNDONE = "undone", "履行后反悔"


class ConfirmationResult(Code):
    """司法确认: what became of the request [CPL205, CPL206, JC]."""

    CONFIRMED = "confirmed", "裁定有效"
    REFUSED = "refused", "裁定驳回"
    NOT_DOCKETED = "not-docketed", "不予受理"
    WITHDRAWN = "withdrawn", "撤回申请"


class FollowUpMethod(Code):
    """How the mediator came back to the parties."""

    VISIT = "visit", "上门"
    CALL = "call", "电话"
    OTHER = "other", "其他"


class FollowUpOutcome(Code):
    """回访: how things stand between the parties; nobody's silence is taken for content."""

    SETTLED = "settled", "纠纷平息"
    STRAINED = "strained", "仍有矛盾"
    RENEWED = "renewed", "纠纷反复"
    NOT_REACHED = "not-reached", "未联系上"
