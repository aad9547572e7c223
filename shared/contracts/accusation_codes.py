"""Code lists of the discipline lane."""

from shared.contracts.event import Code


class CompetentBody(Code):
    """To whom an accusation is transferred, by who is in charge of the cadre [R22, R30]."""

    DISCIPLINE = "discipline", "本级纪检监察机关"
    HIGHER_DISCIPLINE = "higher-discipline", "上级纪检监察机关"
    PERSONNEL = "personnel", "组织（人事）部门"
    POLITICAL_LEGAL = "political-legal", "政法部门"
    OTHER = "other", "其他有权处理的机关、单位"


class AccusationOutcome(Code):
    """What the competent body told of its procedure; never what it found about anybody."""

    HANDLED = "handled", "已依规依纪依法办理"
    NOT_ACCEPTED = "not-accepted", "不予受理"
    PASSED_ON = "passed-on", "已转有权机关"
