"""Code list of what an office asks a petitioner."""

from shared.contracts.event import Code


class QuestionCode(Code):
    """What a question to the petitioner is about; its words are in the vault."""

    CONTACT = "contact", "联系方式"
    FACTS = "facts", "事实经过"
    DEMAND = "demand", "具体诉求"
    PLACE = "place", "地点"
    EVIDENCE = "evidence", "证明材料"
    OTHER_PROCEEDINGS = "other-proceedings", "是否已经其他程序"
    APPOINTMENT = "appointment", "约定时间"
    OTHER = "other", "其他"
