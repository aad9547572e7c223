"""Measures of early warnings (条), which are about matters and the office, and of watched matters."""

from services.stats.domain.measures.definition import (
    Count,
    Kind,
    Listed,
    Measure,
    Name,
    Quantile,
    Rate,
    Stock,
    Unit,
    WarningTreatment,
    WatchTreatment,
)
from services.stats.domain.policy import POLICY
from services.stats.domain.warning_counters import RULES, by_rule

_BASIS = "local convention; disputes are prevented at their source, 信访工作条例 (2022) 5(5), 37"
_TREATMENT = WarningTreatment(
    found_false="counted, since it was raised; listed, and never as disposed or resolved",
    expired="counted and listed; nobody acted on it",
    recorded_afterwards="counted like any other",
)
_OF_RULES_ALONE = "left out, since no rule raised it as it happened"
_MEASURED = WarningTreatment(
    found_false="a false alarm, also where it was disposed before",
    expired="left out: nobody has said whether there was anything to warn of",
    recorded_afterwards=_OF_RULES_ALONE,
)
_FALSE, _EXPIRED, _OPEN = (
    Name("误报", "found false"),
    Name("失效", "expired"),
    Name("未结", "still open"),
)


def _fates(counter: str) -> tuple[Listed, ...]:
    return (
        Listed("found_false", f"{counter}_found_false", _FALSE),
        Listed("expired", f"{counter}_expired", _EXPIRED),
        Listed("open", f"{counter}_open", _OPEN),
    )


def _by_rule(counter: str) -> tuple[Kind, ...]:
    return tuple(Kind(rule.value, rule.label, Count(by_rule(counter, rule))) for rule in RULES)


_OF_POSTS = (
    Measure(
        id="grid_warnings",
        name=Name("网格提前预警件数", "warnings raised by posts"),
        formula=Count("grid_warnings"),
        unit=Unit.MATTER,
        cohort="raised in the period by a post about a matter, whatever became of them",
        treatment=_TREATMENT,
        basis=_BASIS,
    ),
    Measure(
        id="grid_warnings_resolved",
        name=Name("网格预警化解件数", "warnings raised by posts, resolved"),
        formula=Count("grid_warnings_resolved"),
        unit=Unit.MATTER,
        cohort="of those raised in the period by a post, disposed as settled or paid as of the"
        " position asked, whenever that was",
        treatment=_TREATMENT,
        beside=(
            Listed(
                "disposed_otherwise",
                "grid_warnings_disposed_otherwise",
                Name("其他处置", "disposed otherwise"),
            ),
            *_fates("grid_warnings"),
        ),
        basis=_BASIS,
    ),
)

_OF_RULES = (
    Measure(
        id="monitoring_warnings",
        name=Name("监测预警条数", "warnings by rules"),
        formula=Count("monitoring_warnings"),
        unit=Unit.WARNING,
        cohort="raised in the period by a rule, whatever became of them; one for each episode,"
        " however often it was fired",
        treatment=_TREATMENT,
        kinds=_by_rule("monitoring_warnings"),
        basis=_BASIS,
    ),
    Measure(
        id="warnings_disposed_in_24h",
        name=Name("24小时内处置的监测预警条数", "warnings by rules disposed within 24 hours"),
        formula=Count("monitoring_warnings_disposed_in_24h"),
        unit=Unit.WARNING,
        cohort="of those raised in the period by a rule, disposed at most 24 hours later; those"
        " that were put on the watch list are not, and listed",
        treatment=_TREATMENT,
        beside=(
            Listed("watched", "monitoring_warnings_watched", Name("列入关注", "put on watch")),
            Listed(
                "disposed_later",
                "monitoring_warnings_disposed_later",
                Name("24小时后处置", "disposed later"),
            ),
            *_fates("monitoring_warnings"),
        ),
        basis=_BASIS,
    ),
)

_WATCHED = Measure(
    id="matters_on_watch",
    name=Name("重点关注事项数", "matters on watch"),
    formula=Stock("matters_put_on_watch", "matters_off_watch"),
    unit=Unit.MATTER,
    cohort="entries of the watch list at the end of the period, or now where it is not over; a list"
    " of matters, which is narrowed by nothing",
    treatment=WatchTreatment(
        several="each entry counts; a matter that is watched under two counts twice",
        reviewed="counts on",
        expired="no longer counted from the day on which its end is recorded as happened",
        unjustified="counts as if it had never been on the list, as of positions since it was found so",
    ),
    basis=_BASIS,
)

_PRECISION = (
    Measure(
        id="warning_precision",
        name=Name("监测预警准确率", "warning precision"),
        formula=Rate("warnings_confirmed", "warnings_judged"),
        unit=Unit.PERCENT,
        cohort="warnings raised in the period by a rule as it happened, and disposed or found false"
        " as of the position asked; in the numerator those that were not found false",
        treatment=_MEASURED,
        excluded=(
            Listed(
                "recorded_afterwards",
                "warnings_recorded_afterwards",
                Name("补录", "recorded afterwards"),
            ),
        ),
        minimum_sample=POLICY.minimum_sample,
        basis=_BASIS,
        without_base="no warning of the period was disposed or found false",
        policy=("minimum_sample",),
    ),
    Measure(
        id="warnings_confirmed",
        name=Name("属实的监测预警条数", "warnings by rules that were right"),
        formula=Count("warnings_confirmed"),
        unit=Unit.WARNING,
        cohort="raised in the period by a rule as it happened, and disposed",
        treatment=_MEASURED,
        kinds=_by_rule("warnings_confirmed"),
        basis=_BASIS,
    ),
    Measure(
        id="warnings_false_alarms",
        name=Name("误报的监测预警条数", "false alarms of rules"),
        formula=Count("warnings_false_alarms"),
        unit=Unit.WARNING,
        cohort="raised in the period by a rule as it happened, and found false",
        treatment=_MEASURED,
        kinds=_by_rule("warnings_false_alarms"),
        basis=_BASIS,
    ),
)

_LEAD_TIME = Measure(
    id="warning_lead_time",
    name=Name("预警提前天数", "days of lead of warnings"),
    formula=Quantile("warning_lead_days", 50),
    unit=Unit.DAY,
    cohort="warnings raised in the period by a rule as it happened that judges a term or a promise;"
    " the median of the days from the raising to the last day of that as it was then, 0 where that"
    " was over",
    treatment=WarningTreatment(
        found_false="left out: there was nothing to warn of",
        expired="counted like any other",
        recorded_afterwards=_OF_RULES_ALONE,
    ),
    kinds=(
        Kind("median", "中位数", Quantile("warning_lead_days", 50)),
        Kind("p90", "九成以内", Quantile("warning_lead_days", 90)),
    ),
    beside=(Listed("warnings", "warnings_with_lead", Name("条数", "warnings")),),
    minimum_sample=POLICY.minimum_sample,
    basis=_BASIS,
    without_base="no warning of a term or a promise was raised in the period",
    policy=("minimum_sample",),
)

WARNING_MEASURES = (*_OF_POSTS, *_OF_RULES, _WATCHED, *_PRECISION, _LEAD_TIME)
