"""Code lists of units and posts."""

from shared.contracts.event import Code


class UnitType(Code):
    """What a unit is there for, at whatever level: the county's bureau and the township's office
    of a branch have one type.
    """

    PETITION_OFFICE = "petition-office", "信访部门"
    LEADERSHIP = "leadership", "领导班子"
    GENERAL_OFFICE = "general-office", "党政办公室"
    GOVERNANCE_CENTER = "governance-center", "综治中心"
    JUSTICE = "justice", "司法行政"
    POLICE = "police", "公安"
    CIVIL_AFFAIRS = "civil-affairs", "民政"
    NATURAL_RESOURCES = "natural-resources", "自然资源"
    AGRICULTURE = "agriculture", "农业农村"
    HUMAN_RESOURCES = "human-resources", "人力资源和社会保障"
    FINANCE = "finance", "财政"
    WATER = "water", "水利"
    MEDICAL_INSURANCE = "medical-insurance", "医疗保障"
    HOUSING = "housing", "住房和城乡建设"
    TRANSPORT = "transport", "交通运输"
    EDUCATION = "education", "教育"
    HEALTH = "health", "卫生健康"
    ENVIRONMENT = "environment", "生态环境"
    MARKET = "market", "市场监管"
    COMMERCE = "commerce", "商务"
    EMERGENCY = "emergency", "应急管理"
    CULTURE = "culture", "文化体育"
    PERSONNEL = "personnel", "组织人事"
    DISCIPLINE = "discipline", "纪检监察"
    POLITICAL_LEGAL = "political-legal", "政法"
    VILLAGE_COMMITTEE = "village-committee", "村(居)民委员会"
    OTHER = "other", "其他"


class UnitLevel(Code):
    """At which level a unit works: a duty belongs to one."""

    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡镇级"
    VILLAGE = "village", "村级"


class UnitEnd(Code):
    """Why a unit is no more [R24]."""

    MERGED = "merged", "合并"
    ABOLISHED = "abolished", "撤销"


class UnitFact(Code):
    """A fact of a unit's registration that can be corrected, by the name of its field."""

    TITLE = "title", "名称"
    UNIT_TYPE = "unit-type", "类型"
    PARENT = "parent", "上级单位"
    VALID_FROM = "valid-from", "设立日期"

    @property
    def field(self) -> str:
        """The field of the event with the value."""
        return self.value.replace("-", "_")


class PostFact(Code):
    """A fact of a post's registration that can be corrected, by the name of its field."""

    UNIT = "unit", "所在单位"
    LEADS = "leads", "负责人"
    PORTFOLIO = "portfolio", "分管内容"
    PORTFOLIO_UNITS = "portfolio-units", "分管单位"
    VALID_FROM = "valid-from", "设立日期"

    @property
    def field(self) -> str:
        """The field of the event with the value."""
        return self.value.replace("-", "_")


class HandOverReason(Code):
    """Why the matters of a post, or one case, pass to another."""

    TRANSFER = "transfer", "岗位调动"
    REORGANISATION = "reorganisation", "机构调整"
    DIVISION_OF_WORK = "division-of-work", "分工调整"
    ABSENCE = "absence", "长期离岗"
    RETIREMENT = "retirement", "退休离职"
    RECUSAL = "recusal", "回避"
    OTHER = "other", "其他"
