"""Durations of cases in days: the middle one of all, and the one that nine of ten do not exceed."""

from services.stats.domain.measures.case_words import NO_REOPENING, REGULATIONS
from services.stats.domain.measures.definition import (
    Kind,
    Listed,
    Measure,
    Name,
    Quantile,
    Treatment,
    Unit,
)
from services.stats.domain.policy import POLICY


def _quantiles(counter: str) -> tuple[Kind, ...]:
    return (
        Kind("median", "中位数", Quantile(counter, 50)),
        Kind("p90", "九成以内", Quantile(counter, 90)),
    )


CASE_DURATIONS = (
    Measure(
        id="registration_delay",
        name=Name("登记间隔天数", "days from receipt to registration"),
        formula=Quantile("registration_delay", 50),
        unit=Unit.DAY,
        cohort="filed in the period with a stated day of receipt; the median",
        kinds=_quantiles("registration_delay"),
        excluded=(
            Listed(
                "receipt_not_stated",
                "receipt_not_stated",
                Name("未注明收到日期", "day of receipt not stated"),
            ),
        ),
        beside=(Listed("cases", "receipt_stated", Name("件数", "cases")),),
        minimum_sample=POLICY.minimum_sample,
        basis=f"{REGULATIONS} 21, 22",
        without_base="no case with a stated day of receipt was filed in the period",
        policy=("minimum_sample",),
    ),
    Measure(
        id="days_to_answer",
        name=Name("答复天数", "days from receipt to the first answer"),
        formula=Quantile("days_to_answer", 50),
        unit=Unit.DAY,
        cohort="first answered in the period; the median of the days since receipt, since"
        " registration where the day of receipt is not stated",
        treatment=Treatment(reopened=NO_REOPENING),
        kinds=_quantiles("days_to_answer"),
        beside=(Listed("cases", "answered", Name("件数", "cases")),),
        minimum_sample=POLICY.minimum_sample,
        basis=f"{REGULATIONS} 34",
        without_base="no case was first answered in the period",
        policy=("minimum_sample",),
    ),
)
