"""Code lists of the handling of a case: notices, service, opinions, reviews, withdrawals."""

from shared.contracts.event import Code


class NoticeKind(Code):
    """告知: what the petitioner is told in writing [R22, R23, R34, R36]."""

    RECEIPT = "receipt", "接收告知"
    FORWARDED = "forwarded", "转送告知"
    ACCEPTED = "accepted", "受理告知"
    DECLINED = "declined", "不予受理告知"
    NO_FURTHER_ACCEPTANCE = "no-further-acceptance", "不再受理告知"
    EXTENSION = "extension", "延期告知"
    LINKED = "linked", "并案告知"


class DocumentKind(Code):
    """A document that is sent to the petitioner: the opinion, or a notice."""

    OPINION = "opinion", "处理意见书"
    RECEIPT = "receipt", "接收告知"
    FORWARDED = "forwarded", "转送告知"
    ACCEPTED = "accepted", "受理告知"
    DECLINED = "declined", "不予受理告知"
    NO_FURTHER_ACCEPTANCE = "no-further-acceptance", "不再受理告知"
    EXTENSION = "extension", "延期告知"
    LINKED = "linked", "并案告知"


class ServiceProof(Code):
    """送达凭证: what proves the day on which a document reached the petitioner."""

    SIGNED = "signed", "签收"
    REFUSED_WITH_WITNESS = "refused-with-witness", "拒收见证"
    HANDED_OVER = "handed-over", "当面交付"
    POSTING_RECEIPT = "posting-receipt", "邮寄回执"


class DeclineGround(Code):
    """Why a matter is not accepted; a statutory route is a diversion, not a refusal."""

    NOT_COMPETENT = "not-competent", "不属于职权范围"
    """[R23]: the petitioner is told who is competent."""
    IN_PROCESS = "in-process", "已经受理或正在办理"
    """[R19]: the same matter is being handled by the unit below, within its term."""
    CONCLUDED = "concluded", "复查复核终结"
    """[R36]: same facts and reasons after the re-review: no further acceptance."""


class CorrectionReason(Code):
    """Why a fact of the registration is corrected."""

    TYPING_ERROR = "typing-error", "录入错误"
    STATED_BY_PETITIONER = "stated-by-petitioner", "信访人补正"
    FOUND_OTHERWISE = "found-otherwise", "核实更正"
    COMPLETED = "completed", "补录"
    """What a converted report left open was taken over."""


class FilingVoidReason(Code):
    """Why a registration is void: it was made by mistake."""

    REGISTERED_TWICE = "registered-twice", "重复登记"
    WRONG_TOWNSHIP = "wrong-township", "登记地错误"
    NOT_A_PETITION = "not-a-petition", "非信访事项"


class FilingFact(Code):
    """A fact of the registration that can be corrected, by the name of its field.

    The name has hyphens where the field has underscores.
    """

    CHANNEL = "channel", "信访形式"
    PURPOSE = "purpose", "信访目的"
    CATEGORY = "category", "内容分类"
    HEADCOUNT = "headcount", "信访人数"
    JOINT = "joint", "联名"
    ANONYMOUS = "anonymous", "匿名"
    FIRST_OR_REPEAT = "first-or-repeat", "初次或重复"
    URGENT = "urgent", "重大紧急"
    VILLAGE_CODE = "village-code", "问题属地"
    REPEAT_OF = "repeat-of", "重复件编号"
    RECEIVED_FROM = "received-from", "来源"
    RECEIVED_ON = "received-on", "收到日期"
    CONTACT_UNCLEAR = "contact-unclear", "姓名住址不清"
    TRANSFERRED_FROM = "transferred-from", "转送机关"
    COMPLAINED_UNIT = "complained-unit", "被反映单位"
    COMPLAINED_DIVISION = "complained-division", "被反映单位属地"
    CAUSE_REF = "cause-ref", "引发单位"
    CONTENT = "content", "信访人及内容"
    """Person and narrative; the words are in the vault, the event has their digest."""

    @property
    def field(self) -> str:
        """The field of the event with the value."""
        return "content_digest" if self is FilingFact.CONTENT else self.value.replace("-", "_")


class ReviewLevel(Code):
    """复查 [R35] or 复核 [R36]."""

    REVIEW = "review", "复查"
    RE_REVIEW = "re-review", "复核"


class ReviewResult(Code):
    """What a review comes to."""

    UPHELD = "upheld", "维持"
    CHANGED = "changed", "变更"
    REVOKED = "revoked", "撤销"


class StatementKind(Code):
    """What the petitioner has stated, in their own recorded words."""

    SETTLED_ON_THE_SPOT = "settled-on-the-spot", "认可当场解决"
    OPINION_ACCEPTED = "opinion-accepted", "认可处理意见"


class StatementWay(Code):
    """How a petitioner's statement was taken."""

    IN_PERSON = "in-person", "当面"
    IN_WRITING = "in-writing", "书面"
    BY_PHONE = "by-phone", "电话"
    ONLINE = "online", "网上"


class InvestigationStep(Code):
    """调查核实 [R31(6)]: what was done to find the facts."""

    INTERVIEW = "interview", "听取陈述"
    HOUSEHOLD_VISIT = "household-visit", "入户走访"
    FIELD_SURVEY = "field-survey", "实地勘查"
    RECORDS_CHECK = "records-check", "查阅台账"
    ARCHIVE_RETRIEVAL = "archive-retrieval", "调取档案"
    EXPERT_OPINION = "expert-opinion", "专业鉴定"
    INQUIRY_TO_UNIT = "inquiry-to-unit", "函询单位"
    OTHER = "other", "其他"


class ApproverRole(Code):
    """Who approves an extension: the head of the handling unit [R34]."""

    UNIT_HEAD = "unit-head", "单位负责人"


class ClosingChecker(Code):
    """The two who check a case before it is closed."""

    UNIT_HEAD = "unit-head", "承办单位负责人"
    PETITION_OFFICE = "petition-office", "信访部门"


class AnswerReviewReason(Code):
    """Why an answer is looked at again."""

    REPEATED = "repeated", "同一事项再次提出"
    DISSATISFIED = "dissatisfied", "信访人评价不满意"


class AnswerFinding(Code):
    """What was found of an answer that was looked at again."""

    ANSWER_HOLDS = "answer-holds", "答复适当"
    NOT_PERFORMED = "not-performed", "答复未落实"
    INCOMPLETE = "incomplete", "答复不全"
    WRONG = "wrong", "答复不当"
