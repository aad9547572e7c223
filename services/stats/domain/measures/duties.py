"""The measures of what leaders and units did: receptions, visits, conferences, key cases.

Batches, person-times, matters and sessions are units of their own: none is the sum of others.
"""

from services.stats.domain.measures.definition import (
    Count,
    DutyTreatment,
    Measure,
    Name,
    Unit,
)
from services.stats.domain.policy import POLICY

_REGULATIONS = "信访工作条例 (2022)"
DUTY_MEASURES = (
    Measure(
        id="receptions_held",
        name=Name("领导接访次数", "receptions by leaders"),
        formula=Count("receptions_held"),
        unit=Unit.SESSION,
        cohort="held in the period at the office, in a village or by invitation, scheduled or not",
        treatment=DutyTreatment(missed="left out: nothing was held"),
        basis=f"{_REGULATIONS} 18",
    ),
    Measure(
        id="reception_batches",
        name=Name("接待群众批次", "batches received"),
        formula=Count("reception_batches"),
        unit=Unit.VISITING_GROUP,
        cohort="visits that a leader received in the period, each once whatever its matters",
        treatment=DutyTreatment(),
        basis=f"{_REGULATIONS} 18",
    ),
    Measure(
        id="reception_person_times",
        name=Name("接待群众人次", "person-times received"),
        formula=Count("reception_person_times"),
        unit=Unit.PERSON_TIME,
        cohort="people of the visits that a leader received in the period, each as often as they came",
        treatment=DutyTreatment(),
        basis=f"{_REGULATIONS} 18",
    ),
    Measure(
        id="solved_on_site",
        name=Name("现场协调解决件数", "matters solved on the spot"),
        formula=Count("solved_on_site"),
        unit=Unit.MATTER,
        cohort="matters of visits of the period that were solved at the reception, as the petitioner"
        " acknowledged there",
        treatment=DutyTreatment(),
        basis=f"{_REGULATIONS} 18, 27",
    ),
    Measure(
        id="group_visits",
        version=2,
        name=Name("集体访批次", "group visits"),
        formula=Count("group_visits_received"),
        unit=Unit.VISITING_GROUP,
        cohort=f"visits of {POLICY.group_visit_headcount} people or more that a leader received in the"
        " period; counted, never ranked",
        treatment=DutyTreatment(),
        basis=f"{_REGULATIONS} 20",
        policy=("group_visit_headcount",),
    ),
    Measure(
        id="conferences_held",
        name=Name("专题研究、联合研判次数", "conferences held"),
        formula=Count("conferences_held"),
        unit=Unit.SESSION,
        cohort="sessions of the period, monthly committees and joint assessments together",
        treatment=DutyTreatment(missed="left out: nothing was held"),
        basis=f"{_REGULATIONS} 13",
    ),
    Measure(
        id="key_cases",
        name=Name("领导包案件数", "key cases under a leader"),
        formula=Count("key_cases"),
        unit=Unit.MATTER,
        cohort="taken by a leader in the period, each with a task force and a plan",
        treatment=DutyTreatment(),
        basis=f"{_REGULATIONS} 18",
    ),
    Measure(
        id="backlog_cases_settled_in_time",
        name=Name("历史积案按期化解件数", "backlog cases settled in time"),
        formula=Count("backlog_cases_settled_in_time"),
        unit=Unit.MATTER,
        cohort="backlog cases under a leader that were settled on grounds in the period, by their target"
        " day",
        treatment=DutyTreatment(),
        basis=f"{_REGULATIONS} 18",
    ),
)
