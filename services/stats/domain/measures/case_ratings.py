"""How content petitioners are with answers, of those who said so: silence is counted as nothing."""

from services.stats.domain.measures.definition import Listed, Measure, Name, Rate, Treatment, Unit
from services.stats.domain.policy import POLICY
from shared.contracts.case_rating_codes import RatingGrade

_BASIS = "信访工作条例 (2022) 21"
_TREATMENT = Treatment(
    unrated="rates nothing: in the participation alone, and never content",
    reopened="what was rated before counts no more; the next answer is rated anew",
)
_ANSWERED = Listed("answered", "answered", Name("答复件数", "cases answered"))


def _of(prefix: str, counters: str, zh: str, en: str) -> tuple[Measure, Measure]:
    """The satisfaction with a subject, and how many rated it, without which it is not given."""
    participation = Measure(
        id=f"{prefix}rating_participation_rate",
        name=Name(f"{zh}参评率", f"participation in rating the {en}"),
        formula=Rate(f"{counters}_rated", "answered"),
        unit=Unit.PERCENT,
        cohort=f"cases first answered in the period; in the numerator those whose petitioner rated the"
        f" {en}, online or when another unit called back",
        treatment=_TREATMENT,
        minimum_sample=POLICY.minimum_sample,
        basis=_BASIS,
        without_base="no case was answered in the period",
        policy=("minimum_sample",),
    )
    satisfaction = Measure(
        id=f"{prefix}satisfaction_rate",
        name=Name(f"{zh}满意率", f"satisfaction with the {en}"),
        formula=Rate(f"{counters}_content", f"{counters}_rated"),
        unit=Unit.PERCENT,
        cohort=f"cases first answered in the period whose petitioner rated the {en}; in the numerator"
        " those who said satisfied or basically satisfied",
        treatment=_TREATMENT,
        beside=(
            _ANSWERED,
            *(
                Listed(
                    grade.value,
                    f"{counters}_rated_{grade}",
                    Name(grade.label, grade.value),
                )
                for grade in RatingGrade
            ),
        ),
        minimum_sample=POLICY.minimum_sample,
        only_with=participation.id,
        basis=_BASIS,
        without_base="nobody rated it",
        policy=("minimum_sample",),
    )
    return satisfaction, participation


CASE_RATINGS = (
    *_of("", "unit", "责任单位", "responsible unit"),
    *_of("petition_office_", "office", "信访部门", "petition office"),
)
