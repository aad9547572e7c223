"""Rates of cases by how they ended (domain: official statistics and formulas)."""

from services.stats.domain.measures.case_words import REGULATIONS, STANDING, departures
from services.stats.domain.measures.definition import Listed, Measure, Name, Rate, Treatment, Unit
from services.stats.domain.policy import POLICY

_RESOLUTION = Name("化解率", "resolution rate")
_FIRST_TIME = Name("一次性化解率", "first-time resolution rate")
_WITHOUT_ACCEPTANCE = "no case was accepted in the period"
_LISTED = "in the denominator, listed beside it, never in the numerator"
_LEFT_OUT = "left out and listed: the case that it is linked to counts"

_WITHDRAWN = Listed("withdrawn", "accepted_withdrawn", Name("撤回", "withdrawn"))
_DIVERTED = Listed("diverted", "accepted_diverted", Name("导入法定途径", "diverted"))
_DECLINED = Listed("declined", "accepted_declined", Name("不予受理", "declined"))

CASE_RESOLUTIONS = (
    Measure(
        id="resolution_rate",
        name=_RESOLUTION,
        formula=Rate("accepted_resolved", "accepted"),
        unit=Unit.PERCENT,
        cohort="accepted in the period",
        treatment=Treatment(
            withdrawn=_LISTED,
            diverted=_LISTED,
            linked=_LISTED,
            reopened="in the denominator; in the numerator once resolved again",
        ),
        beside=departures(prefix="accepted_"),
        basis=f"{REGULATIONS} 27, 34, 39",
        without_base=_WITHOUT_ACCEPTANCE,
    ),
    Measure(
        id="resolution_rate",
        version=2,
        name=_RESOLUTION,
        formula=Rate("accepted_unlinked_resolved", "accepted_unlinked"),
        unit=Unit.PERCENT,
        cohort="accepted in the period, linked duplicates left out",
        treatment=Treatment(
            withdrawn=_LISTED,
            diverted=_LISTED,
            linked=_LEFT_OUT,
            declined=_LISTED,
            reopened="in the denominator; in the numerator once resolved again",
        ),
        excluded=(Listed("linked", "accepted_all_linked", Name("并案", "linked")),),
        beside=(
            _WITHDRAWN,
            _DIVERTED,
            _DECLINED,
            Listed(
                "grounds_not_recorded",
                "accepted_grounds_not_recorded",
                Name("化解依据未载明", "resolved, grounds not recorded"),
            ),
        ),
        basis=f"{REGULATIONS} 27, 34, 39",
        without_base=_WITHOUT_ACCEPTANCE,
    ),
    Measure(
        id="resolved_within_90_days",
        name=Name("受理后90日内化解率", "resolved within 90 days of acceptance"),
        formula=Rate("resolved_soon", "accepted_long_ago"),
        unit=Unit.PERCENT,
        cohort=f"accepted in the period, at least {POLICY.resolution_days} days ago, linked"
        f" duplicates left out; in the numerator those resolved at most {POLICY.resolution_days}"
        " days after the day of acceptance",
        treatment=Treatment(
            withdrawn="in the denominator, never in the numerator",
            diverted="in the denominator, never in the numerator",
            linked=_LEFT_OUT,
            declined="in the denominator, never in the numerator",
            not_yet_due="left out until the days are over, judged by the horizon",
            reopened="in the denominator; in the numerator if resolved again in time",
        ),
        excluded=(Listed("linked", "accepted_long_ago_linked", Name("并案", "linked")),),
        minimum_sample=POLICY.minimum_sample,
        basis=f"{REGULATIONS} 27, 34, 39",
        without_base="no case was accepted in the period so long ago",
        policy=("resolution_days", "minimum_sample"),
    ),
    Measure(
        id="first_time_resolution_rate",
        name=_FIRST_TIME,
        formula=Rate("first_closed_not_repeated", "first_closed"),
        unit=Unit.PERCENT,
        cohort="first petitions closed in the period; in the numerator those that no case of the"
        f" same township repeated up to {POLICY.first_time_window_days} days after closing",
        treatment=Treatment(
            not_yet_due="counted as not repeated while the window runs", reopened=STANDING
        ),
        basis=f"{REGULATIONS} 39",
        without_base="no first petition was closed in the period",
        policy=("first_time_window_days",),
    ),
    Measure(
        id="first_time_resolution_rate",
        version=2,
        name=_FIRST_TIME,
        formula=Rate("first_resolved_for_good", "first_resolved"),
        unit=Unit.PERCENT,
        cohort="first petitions resolved in the period whose window of"
        f" {POLICY.first_time_window_days} days is over; in the numerator those that were never"
        " reopened and that no case of the same township repeated up to the end of the window",
        treatment=Treatment(
            withdrawn="never resolved, so left out, and listed where closed",
            diverted="never resolved, so left out, and listed where closed",
            linked="never resolved, so left out, and listed where closed",
            declined="never resolved, so left out, and listed where closed",
            not_yet_due="left out until the window is over, judged by the horizon",
            reopened="once resolved again in the denominator, listed, never in the numerator",
        ),
        excluded=(
            Listed(
                "closed_unresolved",
                "first_closed_unresolved",
                Name("未化解而办结的初次件", "first petitions closed in the period, not resolved"),
            ),
        ),
        beside=(
            Listed("reopened", "first_resolved_reopened", Name("重新办理", "reopened")),
            Listed(
                "repeats_unlinked",
                "repeats_unlinked",
                Name("未注明原件的重复件", "repeats filed in the period that name no first case"),
            ),
        ),
        minimum_sample=POLICY.minimum_sample,
        basis=f"{REGULATIONS} 39",
        without_base="no first petition was resolved in the period so long ago",
        policy=("first_time_window_days", "minimum_sample"),
    ),
    Measure(
        id="repeat_rate",
        name=Name("重复信访率", "repeat rate"),
        formula=Rate("filed_repeat", "filed_history_stated"),
        unit=Unit.PERCENT,
        cohort="filed in the period with a statement whether the matter came before; a property"
        " of how matters were handled, never of people",
        excluded=(
            Listed(
                "not_stated",
                "filed_history_not_stated",
                Name("未注明初次或重复", "first or repeat not stated"),
            ),
        ),
        basis=f"{REGULATIONS} 22",
        without_base="no case that states whether it came before was filed in the period",
    ),
)
