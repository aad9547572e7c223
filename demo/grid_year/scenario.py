"""The reports of the reference year: 287 valid ones, and some that were rejected.

Our choices, where the summary is silent: every report was submitted, closed and, where anybody
said how content they were, rated within the year; 125 valid ones were solved on the spot and 162
dispatched to a unit, of which 12 came back from the first unit and 5 were handled anew, because
what was fed back was not confirmed; 13 more were rejected. Nobody in them exists.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from demo.generate_grid import grids
from demo.made_up.chance import Chance
from shared.contracts.report_codes import ReportGrade, ReportRejection, ReportSource, Urgency
from shared.contracts.report_codes import ReportTopic as Topic

YEAR = 2025
VALID = 287
REJECTED = 13
_SOLVED_ON_SITE, _RETURNED, _NOT_CONFIRMED = 125, 12, 5
_FIRST_DAY = date(YEAR, 1, 2)
_DAYS = 330
"""The last report comes at the end of November, so that all are closed by the end of the year."""


class Fate(Enum):
    """What becomes of a report."""

    REJECTED = "rejected"
    SOLVED_ON_SITE = "solved on the spot"
    HANDLED = "handled by a unit"
    RETURNED = "given back by the first unit"
    NOT_CONFIRMED = "handled anew"


@dataclass(frozen=True, slots=True)
class Matter:
    """What a report is about, and which unit handles it."""

    topic: Topic
    unit: str
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """One report of the scenario."""

    number: str
    grid_code: str
    on: date
    matter: Matter
    urgency: Urgency
    source: ReportSource
    fate: Fate
    days_to_handle: int
    grade: ReportGrade | None
    rejection: ReportRejection


_MATTERS = (
    Matter(Topic.WATER_SUPPLY, "water-station", "自来水水压不足，做饭时间常断水"),
    Matter(Topic.ROADS, "transport-station", "通组道路路面破损，雨天难行"),
    Matter(Topic.SOCIAL_SECURITY, "medical-insurance-office", "参保信息有误，报销被退回"),
    Matter(Topic.WASTE, "construction-office", "垃圾收集点满溢，多日未清"),
    Matter(Topic.SEWAGE, "water-station", "污水外溢到路面"),
    Matter(Topic.DAMAGED_FACILITIES, "construction-office", "路灯损坏，夜间出行不便"),
    Matter(Topic.FIRE_HAZARD, "police-station", "楼道堆放杂物，影响疏散"),
    Matter(Topic.TRAFFIC_HAZARD, "transport-station", "弯道护栏缺失"),
    Matter(Topic.FAMILY, "justice-office", "老人赡养费分担有争执"),
    Matter(Topic.BETWEEN_NEIGHBOURS, "justice-office", "两家因排水沟起争执"),
    Matter(Topic.UNPAID_WAGES, "labour-office", "工程完工后工资拖欠两个月"),
    Matter(Topic.CONTRACTED_LAND, "natural-resources-office", "承包地边界有争议"),
    Matter(Topic.HARDSHIP, "civil-affairs-office", "家中主要劳力患病，生活困难"),
    Matter(Topic.NOISE, "police-station", "夜间加工噪声扰民"),
    Matter(Topic.ILLEGAL_BUILDING, "construction-office", "占用通道搭建棚屋"),
)
_URGENCIES = (
    *[Urgency.NORMAL] * 6,
    *[Urgency.IMPORTANT] * 2,
    Urgency.URGENT,
    Urgency.AT_ONCE,
)
_SOURCES = (
    *[ReportSource.PATROL] * 5,
    *[ReportSource.RESIDENT] * 3,
    ReportSource.GRID_WORKER,
    ReportSource.PROPERTY_MANAGER,
)
_GRADES = (
    *[None] * 5,
    *[ReportGrade.SATISFIED] * 3,
    ReportGrade.BASICALLY,
    ReportGrade.DISSATISFIED,
)
_REJECTIONS = (ReportRejection.NO_MATTER, ReportRejection.DUPLICATE, ReportRejection.UNCLEAR)


def reports() -> Iterator[Report]:
    """All of them, in the order in which they were submitted."""
    chance, codes = Chance(519900287), [row[0] for row in grids()]
    fates = chance.mixed(
        [Fate.REJECTED] * REJECTED
        + [Fate.SOLVED_ON_SITE] * _SOLVED_ON_SITE
        + [Fate.RETURNED] * _RETURNED
        + [Fate.NOT_CONFIRMED] * _NOT_CONFIRMED
        + [Fate.HANDLED] * (VALID - _SOLVED_ON_SITE - _RETURNED - _NOT_CONFIRMED)
    )
    for place, fate in enumerate(fates):
        yield Report(
            number=f"{YEAR}-{place + 1:03}",
            grid_code=chance.one_of(codes),
            on=_FIRST_DAY + timedelta(days=place * _DAYS // len(fates)),
            matter=chance.one_of(_MATTERS),
            urgency=chance.one_of(_URGENCIES),
            source=chance.one_of(_SOURCES),
            fate=fate,
            days_to_handle=1 + chance.below(6),
            grade=chance.one_of(_GRADES),
            rejection=chance.one_of(_REJECTIONS),
        )


def found_on_patrol() -> frozenset[tuple[str, date]]:
    """Grids and days on which a patrol found something: there a report says so."""
    return frozenset(
        (each.grid_code, each.on) for each in reports() if each.source is ReportSource.PATROL
    )
