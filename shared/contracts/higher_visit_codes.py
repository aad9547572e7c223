"""Code lists of visits to higher levels that are reported back to a township or county."""

from shared.contracts.event import Code


class VisitedLevel(Code):
    """At which level the office is that was visited."""

    COUNTY = "county", "县（市、区）"
    PREFECTURE = "prefecture", "设区的市"
    PROVINCE = "province", "省（自治区、直辖市）"
    NATIONAL = "national", "国家"
