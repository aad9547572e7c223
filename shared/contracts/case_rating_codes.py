"""Codes of the petitioner's rating of how a case was handled."""

from shared.contracts.event import Code


class RatedSubject(Code):
    """被评价主体: two are rated apart, neither in the place of the other."""

    PETITION_OFFICE = "petition-office", "信访部门"
    RESPONSIBLE_UNIT = "responsible-unit", "责任单位"


class RatingGrade(Code):
    """评价等次: how content the petitioner said to be; who says nothing is not counted as content."""

    SATISFIED = "satisfied", "满意"
    BASICALLY = "basically", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class RatingWay(Code):
    """How the rating came: by the petitioner alone, or recorded by another unit that called back."""

    PETITIONER = "petitioner", "信访人自行评价"
    CALL_BACK = "call-back", "回访评价"
