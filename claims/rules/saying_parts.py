"""The roles that a figure may have in a sentence."""

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What a figure says of itself."""

    NUMBER = "number"  # so many of something
    RATE = "rate"  # 化解率98.4%
    SHARE = "share"  # 占98.4%, 184件(98.4%)
    CHANGE = "change"  # 下降12.6%, 减少27件
    FROM = "from"  # 由214件 …
    BARE = "bare"  # a percentage of nothing that is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """`stem` names a rate, `base` what a share is of, `direction` is 1 up and -1 down."""

    role: Role
    stem: str = ""
    base: str = ""
    direction: int = 0
    subject: str = ""
    since: str = ""
    direct: bool = False  # the count right before is what it is a share of
