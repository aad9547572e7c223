"""Code lists of key cases under a leader: what was done on the way, and how it ended."""

from shared.contracts.event import Code


class KeyCaseStep(Code):
    """What the leader and the task force did."""

    PETITIONER_MET = "petitioner-met", "约见信访人"
    INVESTIGATED = "investigated", "实地调查"
    COORDINATED = "coordinated", "协调会商"
    MEASURE_TAKEN = "measure-taken", "落实措施"
    PROPOSAL_MADE = "proposal-made", "提出化解方案"
    AGREEMENT_REACHED = "agreement-reached", "达成协议"
    HELP_GIVEN = "help-given", "帮扶救助"
    OTHER = "other", "其他"


class KeyCaseEnd(Code):
    """How it ended: the leader does not decide that, the record of the case does."""

    SETTLED = "settled", "案结事了"
    """The case is resolved on grounds of its record."""
    LAWFULLY_ENDED = "lawfully-ended", "依法终结"
    """The case was closed or left the procedure otherwise."""
