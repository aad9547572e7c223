"""Why a record may be about the same person or the same matter as a new one."""

from shared.contracts.event import Code


class AlikeBy(Code):
    """What two records have in common; a person decides whether they are the same."""

    IDENTITY_NUMBER = "identity-number", "证件号码相同"
    PHONE = "phone", "电话号码相同"
    CATEGORY = "category", "类别相同"
    VILLAGE = "village", "村（社区）相同"
