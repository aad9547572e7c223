"""Rates of cases: how they were handled, and when (domain: official statistics and formulas)."""

from services.stats.domain.measures.case_words import (
    NO_REOPENING,
    REGULATIONS,
    STANDING,
    departures,
)
from services.stats.domain.measures.definition import Listed, Measure, Name, Rate, Treatment, Unit
from services.stats.domain.policy import POLICY

_QUALITY = (
    Measure(
        id="resolution_rate",
        name=Name("化解率", "resolution rate"),
        formula=Rate("accepted_resolved", "accepted"),
        unit=Unit.PERCENT,
        cohort="accepted in the period",
        treatment=Treatment(
            withdrawn="in the denominator, listed beside it, never in the numerator",
            diverted="in the denominator, listed beside it, never in the numerator",
            linked="in the denominator, listed beside it, never in the numerator",
            reopened="in the denominator; in the numerator once resolved again",
        ),
        beside=departures(prefix="accepted_"),
        basis=f"{REGULATIONS} 27, 34, 39",
        without_base="no case was accepted in the period",
    ),
    Measure(
        id="first_time_resolution_rate",
        name=Name("一次性化解率", "first-time resolution rate"),
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

_TERM = "left out until the day is over, judged by the last event of the township's ledger"

_TIMELINESS = (
    Measure(
        id="timely_acceptance_rate",
        name=Name("及时受理率", "timely acceptance rate"),
        formula=Rate("accepted_in_time", "acceptance_due"),
        unit=Unit.PERCENT,
        cohort=f"cases whose {POLICY.acceptance_days}th day after filing lies in the period",
        treatment=Treatment(
            withdrawn="left out if never accepted, and listed",
            diverted="left out if never accepted, and listed",
            linked="left out if never accepted, and listed",
            not_yet_due=_TERM,
            reopened=NO_REOPENING,
        ),
        excluded=(
            *departures("_unaccepted"),
            Listed(
                "not_stated",
                "acceptance_not_stated",
                Name("旧册未注明受理", "imported without a stated acceptance"),
            ),
        ),
        basis=f"{REGULATIONS} 22, 23",
        without_base="no acceptance was due in the period",
        policy=("acceptance_days",),
    ),
    Measure(
        id="on_time_reply_rate",
        name=Name("按期答复率", "on-time reply rate"),
        formula=Rate("replied_on_time", "reply_due"),
        unit=Unit.PERCENT,
        cohort="accepted cases whose reply is due in the period",
        treatment=Treatment(
            withdrawn="left out if never answered, and listed",
            diverted="left out if never answered, and listed",
            linked="left out if never answered, and listed",
            not_yet_due=_TERM,
            reopened=NO_REOPENING,
        ),
        excluded=departures("_unanswered"),
        basis=f"{REGULATIONS} 34",
        without_base="no reply was due in the period",
    ),
    *(
        Measure(
            id=f"answered_within_{days}_days",
            name=Name(f"{days}日内答复率", f"answered within {days} days"),
            formula=Rate(f"answered_within_{days}", "filed"),
            unit=Unit.PERCENT,
            cohort=f"filed in the period; in the numerator those whose first answer's date is at"
            f" most {days} days after the date of filing",
            treatment=Treatment(
                not_yet_due="in the denominator, as every case without an answer",
                reopened=NO_REOPENING,
            ),
            basis=f"{REGULATIONS} 34",
            without_base="no case was filed in the period",
            policy=("answer_days",),
        )
        for days in POLICY.answer_days
    ),
)

CASE_RATES = (*_QUALITY, *_TIMELINESS)
