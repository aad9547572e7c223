"""Counts of cases, and their change on the year (interface: figures)."""

from services.stats.domain.measures.case_words import (
    NO_REOPENING,
    REGULATIONS,
    STANDING,
    STATISTICS_LAW,
)
from services.stats.domain.measures.definition import (
    Change,
    Count,
    Listed,
    Measure,
    Name,
    Treatment,
    Unit,
)
from services.stats.domain.policy import POLICY

_VOIDED = Listed("voided", "filed_voided", Name("登记作废", "registered by mistake, voided"))
_PASSED_ON = (
    Listed("transferred_out", "filed_transferred_out", Name("已转出", "passed on since")),
    Listed("returned", "filed_returned", Name("已退回", "returned, not of this office")),
)

CASE_COUNTS = (
    Measure(
        id="cases_filed",
        name=Name("登记件数", "cases filed"),
        formula=Count("filed"),
        unit=Unit.MATTER,
        cohort="filed in the period",
        treatment=Treatment(linked="every registration counts (件次)"),
        basis=f"{REGULATIONS} 22",
    ),
    Measure(
        id="cases_filed",
        version=2,
        name=Name("登记件数", "cases filed"),
        formula=Count("filed"),
        unit=Unit.MATTER,
        cohort="filed in the period, by the day of registration",
        treatment=Treatment(
            linked="every registration counts (件次)", declined="counted like any other"
        ),
        excluded=(_VOIDED,),
        basis=f"{REGULATIONS} 22",
    ),
    Measure(
        id="cases_filed",
        version=3,
        name=Name("登记件数", "cases filed"),
        formula=Count("filed"),
        unit=Unit.MATTER,
        cohort="filed in the period, by the day of registration; a matter that crossed ledgers by"
        " the registration of the one that holds it",
        treatment=Treatment(
            linked="every registration counts (件次)",
            declined="counted like any other",
            transferred="left out and listed as long as another ledger holds the matter",
        ),
        excluded=(_VOIDED, *_PASSED_ON),
        basis=f"{REGULATIONS} 22, 23",
    ),
    Measure(
        id="cases_filed",
        version=4,
        name=Name("登记件数", "cases filed"),
        formula=Count("filed"),
        unit=Unit.MATTER,
        cohort="filed in the period, by the day of registration; a matter that crossed ledgers by"
        " the registration of the one that holds it; accusations are no cases, and a case that was"
        " recognised as one is left out since",
        treatment=Treatment(
            linked="every registration counts (件次)",
            declined="counted like any other",
            transferred="left out and listed as long as another ledger holds the matter",
        ),
        excluded=(
            _VOIDED,
            *_PASSED_ON,
            Listed(
                "to_discipline",
                "filed_to_discipline",
                Name("已转纪检监察", "recognised as accusations"),
            ),
        ),
        basis=f"{REGULATIONS} 22, 23, 30",
    ),
    Measure(
        id="cases_transferred_out",
        name=Name("转出件数", "cases passed on to other ledgers"),
        formula=Count("transferred_out"),
        unit=Unit.MATTER,
        cohort="forwarded or assigned in the period to another township or the county,"
        " and not returned since",
        treatment=Treatment(transferred="what is counted: each step of a matter's way is one"),
        basis=f"{REGULATIONS} 22, 23, 24",
    ),
    Measure(
        id="cases_accepted",
        name=Name("受理件数", "cases accepted"),
        formula=Count("accepted"),
        unit=Unit.MATTER,
        cohort="accepted in the period",
        treatment=Treatment(reopened=NO_REOPENING),
        basis=f"{REGULATIONS} 22, 23, 34",
    ),
    Measure(
        id="cases_accepted_yoy",
        name=Name("受理件数同比", "cases accepted, change on the year"),
        formula=Change("accepted"),
        unit=Unit.PERCENT,
        cohort="accepted in the period, against those accepted in the same period a year before",
        treatment=Treatment(
            reopened=NO_REOPENING,
            not_yet_due="a period that is not over is compared up to the same day of the year"
            " before; the day is that of the horizon",
        ),
        basis=STATISTICS_LAW,
        without_base="nothing was accepted in the same period a year before",
    ),
    Measure(
        id="cases_answered",
        name=Name("答复件数", "cases answered"),
        formula=Count("answered"),
        unit=Unit.MATTER,
        cohort="first answered in the period: by a served opinion, or as a register states",
        treatment=Treatment(reopened=NO_REOPENING),
        basis=f"{REGULATIONS} 32, 34",
    ),
    Measure(
        id="cases_resolved",
        name=Name("化解件数", "cases resolved"),
        formula=Count("resolved"),
        unit=Unit.MATTER,
        cohort="resolved in the period, whenever they were accepted",
        treatment=Treatment(
            withdrawn="never a resolution",
            diverted="never a resolution",
            linked="never a resolution",
            reopened=STANDING,
        ),
        basis=f"{REGULATIONS} 27, 39",
    ),
    Measure(
        id="cases_closed",
        name=Name("办结件数", "cases closed"),
        formula=Count("closed"),
        unit=Unit.MATTER,
        cohort="closed in the period, with whatever outcome",
        treatment=Treatment(reopened=STANDING),
        basis=f"{REGULATIONS} 34",
    ),
    Measure(
        id="cases_diverted",
        name=Name("导入法定途径件数", "cases diverted"),
        formula=Count("diverted"),
        unit=Unit.MATTER,
        cohort="diverted to another statutory route in the period",
        treatment=Treatment(diverted="what is counted", reopened=STANDING),
        basis=f"{REGULATIONS} 31",
    ),
    Measure(
        id="cases_withdrawn",
        name=Name("撤回件数", "cases withdrawn"),
        formula=Count("withdrawn"),
        unit=Unit.MATTER,
        cohort="withdrawn in the period by the petitioner's own statement",
        treatment=Treatment(withdrawn="what is counted", reopened=STANDING),
        basis=f"{REGULATIONS} 17, 18",
    ),
    Measure(
        id="group_visits",
        name=Name("集体访批次", "group visits"),
        formula=Count("group_visits"),
        unit=Unit.VISITING_GROUP,
        cohort=f"filed in the period as a visit of {POLICY.group_visit_headcount} people or more;"
        " counted, never ranked",
        beside=(
            Listed(
                "headcount_not_stated",
                "visits_of_unknown_size",
                Name("未注明人数的来访", "visits without a stated headcount"),
            ),
        ),
        basis=f"{REGULATIONS} 20",
        policy=("group_visit_headcount",),
    ),
)
