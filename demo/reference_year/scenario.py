"""The petitions of the reference year and of the year before: which they are, and what becomes of each.

Our choices, where the summary is silent: the twelve land petitions are among the 187, and the one
that went to court is one of the three that were not settled; the two that were withdrawn are the
others. Every petition was accepted in the year in which it was filed. Nobody in it exists.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from demo.made_up.chance import Chance
from shared.contracts.case_codes import Category, Channel

ACCEPTED = 187
ACCEPTED_THE_YEAR_BEFORE = 214
LAND = 12
WITHDRAWN = 2
YEAR = 2025


class End(Enum):
    """What becomes of a petition."""

    SETTLED_ON_THE_SPOT = "settled on the spot"
    OPINION_ACCEPTED = "its opinion accepted"
    NOT_CHALLENGED = "its opinion not challenged in time"
    DIVERTED = "led to court"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Petition:
    """One petition of the scenario."""

    number: str
    filed_on: date
    channel: Channel
    category: Category
    unit: str
    headcount: int
    village: str
    request: str
    end: End


@dataclass(frozen=True, slots=True)
class _Matter:
    category: Category
    unit: str
    request: str


_LAND = _Matter(Category.LAND, "natural-resources-office", "承包地边界不清，请求实地丈量确认")
_OTHERS = (
    _Matter(Category.AGRICULTURE, "water-station", "自来水水压不足，请求尽快修复"),
    _Matter(Category.TRANSPORT_ENERGY_ENVIRONMENT, "transport-station", "通组道路破损，请求修补"),
    _Matter(Category.LABOUR, "labour-office", "工程完工后拖欠工资两个月，请求督促支付"),
    _Matter(Category.CONSTRUCTION, "construction-office", "安置房过渡费未按期发放，请求补发"),
    _Matter(Category.HEALTH, "medical-insurance-office", "异地住院费用报销被退回，请求说明"),
    _Matter(Category.CIVIL_AFFAIRS, "civil-affairs-office", "临时救助申请多时未答复，请求办理"),
)
_CHANNELS = (Channel.VISIT, Channel.VISIT, Channel.CALL, Channel.LETTER, Channel.ONLINE)
_VILLAGES = ("清水村", "石桥村", "柳湾村", "东岭社区", "河口村", "槐树村")
_SETTLED = (
    *[End.SETTLED_ON_THE_SPOT] * 2,
    *[End.OPINION_ACCEPTED] * 5,
    *[End.NOT_CHALLENGED] * 3,
)
_DAYS = 285
"""Petitions come up to the middle of October, so that every one has ended by the end of the year."""


def petitions() -> Iterator[Petition]:
    """Those of the year before and those of the year, in the order in which they were filed."""
    chance = Chance(519900101)
    yield from _of_year(
        chance, YEAR - 1, [_settled(chance) for _ in range(ACCEPTED_THE_YEAR_BEFORE)]
    )
    yield from _of_year(chance, YEAR, chance.mixed(list(_plan(chance))))


def _plan(chance: Chance) -> Iterator[tuple[_Matter, End]]:
    """The 187 petitions of the year."""
    yield _LAND, End.DIVERTED
    for _ in range(LAND - 1):
        yield _LAND, chance.one_of(_SETTLED)
    for _ in range(WITHDRAWN):
        yield chance.one_of(_OTHERS), End.WITHDRAWN
    for _ in range(ACCEPTED - LAND - WITHDRAWN):
        yield _settled(chance)


def _settled(chance: Chance) -> tuple[_Matter, End]:
    return chance.one_of(_OTHERS), chance.one_of(_SETTLED)


def _of_year(chance: Chance, year: int, plan: list[tuple[_Matter, End]]) -> Iterator[Petition]:
    for place, (matter, end) in enumerate(plan):
        on_the_spot = end is End.SETTLED_ON_THE_SPOT
        yield Petition(
            number=f"{year}-{place + 1:03}",
            filed_on=date(year, 1, 2) + timedelta(days=place * _DAYS // len(plan)),
            channel=Channel.VISIT if on_the_spot else chance.one_of(_CHANNELS),
            category=matter.category,
            unit=matter.unit,
            headcount=1 + chance.below(4),
            village=chance.one_of(_VILLAGES),
            request=matter.request,
            end=end,
        )
