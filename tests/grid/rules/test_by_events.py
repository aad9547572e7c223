"""Rules that judge events: each fires, nearly fires, and is not led astray."""

from typing import Any

import pytest

from services.grid.domain.rules import Rule
from services.grid.domain.rules.agreement_broken import AGREEMENT_BROKEN
from services.grid.domain.rules.cluster import CLUSTER
from services.grid.domain.rules.raised_after_answer import RAISED_AFTER_ANSWER
from services.grid.domain.rules.returned_twice import RETURNED_TWICE
from services.grid.domain.rules.same_answer_text import SAME_ANSWER_TEXT
from services.grid.domain.rules.unpaid_wages import UNPAID_WAGES
from shared.contracts.case_codes import Category, Purpose
from shared.contracts.case_handling_codes import CorrectionReason, FilingFact, FilingVoidReason
from shared.contracts.event import Event
from shared.contracts.intake import FilingCorrected, FilingVoided
from shared.contracts.mediation import MediationEndVoided
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.report_codes import ReportTopic
from shared.contracts.signal_codes import SignalLinkReason
from shared.contracts.transfer_codes import ReturnReason, TransferStep
from shared.contracts.transfers import CaseReturned, TransferNoted
from tests.grid.rules.given import (
    CASE,
    GRID,
    MARK,
    MATTER,
    MEDIATION,
    REPORT,
    TOWNSHIP,
    VILLAGE,
    Judged,
    accepted,
    an_id,
    applied,
    breached,
    corrected,
    events,
    filed,
    handled,
    linked,
    recaused,
    received,
    recorrected,
    rejected,
    replied,
    retopiced,
    returned,
    routed,
    served,
    submitted,
    succeeded,
    voided,
)

OTHER_CASE = an_id(0xF200)
AGAIN = filed(case_id=OTHER_CASE, repeat_of=CASE)


def judged(rule: Rule, *stated: Any) -> Judged:
    return Judged(rule).read(*events(*stated))


def test_a_matter_that_is_raised_after_its_answer_warns_the_unit_that_answered() -> None:
    found = judged(RAISED_AFTER_ANSWER, (filed(), 0), (accepted(), 1), (served(), 40), (AGAIN, 50))
    assert found.levels == ["yellow"]
    assert found.last.matter_id == MATTER
    assert found.last.unit == "labour-office"
    assert len(found.last.because) == 2
    zh, en = RAISED_AFTER_ANSWER.sentences(found.last)
    assert "1次" in zh
    assert "review the answer" in en


def test_a_second_answer_that_settles_nothing_is_more_urgent() -> None:
    found = judged(
        RAISED_AFTER_ANSWER,
        *((filed(), 0), (replied(), 10), (received(), 20)),
        *((handled(), 30), (received(signal_id=an_id(0xF201)), 40)),
    )
    assert found.levels == ["yellow", "orange"]
    assert found.last.unit == "water-office"


@pytest.mark.slow
def test_however_often_a_matter_is_raised_the_cause_is_one_answer() -> None:
    again = [
        (received(signal_id=an_id(0xE000 + number)), 20 + number / 100) for number in range(300)
    ]
    assert judged(RAISED_AFTER_ANSWER, (replied(), 10), *again).levels == ["yellow"]


@pytest.mark.parametrize(
    "nearly",
    [
        [(filed(), 0), (AGAIN, 5)],
        [(filed(), 0), (AGAIN, 5), (served(), 40)],
        [(filed(), 0), (served(), 10), (AGAIN, 200)],
        [(filed(), 0), (served(), 10), (AGAIN, 10)],
        [(filed(), 0), (served(), 10), (linked(why=SignalLinkReason.DUPLICATE), 20)],
        [(filed(), 0), (served(), 10), (applied(case_id=CASE), 20)],
        [(submitted(), 0), (handled(), 10), (filed(report_id=REPORT), 20)],
        [(filed(), 0), (served(), 10), (filed(case_id=OTHER_CASE, from_case_id=CASE), 20)],
    ],
)
def test_what_is_no_raising_after_an_answer(nearly: list[Any]) -> None:
    assert judged(RAISED_AFTER_ANSWER, *nearly).asked == []


@pytest.mark.parametrize(
    "again",
    [
        received(),
        linked(),
        submitted(),
        applied(),
        FilingCorrected(
            matter_id=MATTER,
            case_id=OTHER_CASE,
            why=CorrectionReason.FOUND_OTHERWISE,
            changed=(FilingFact.REPEAT_OF,),
            repeat_of=CASE,
        ),
    ],
)
def test_a_matter_may_be_raised_again_by_any_way(again: Event) -> None:
    assert judged(RAISED_AFTER_ANSWER, (served(), 10), (again, 20)).levels == ["yellow"]


def test_an_answer_of_another_ledger_counts() -> None:
    noted = TransferNoted(
        matter_id=MATTER,
        case_id=CASE,
        receiver_case_id=OTHER_CASE,
        to_division="519900102",
        to_unit="land-office",
        step=TransferStep.ANSWERED,
    )
    assert judged(RAISED_AFTER_ANSWER, (noted, 10), (AGAIN, 20)).last.unit == "land-office"


def test_a_unit_complained_of_is_not_told() -> None:
    again = filed(case_id=OTHER_CASE, complained_unit="labour-office")
    found = judged(RAISED_AFTER_ANSWER, (accepted(), 1), (served(), 10), (again, 20))
    assert found.levels == ["yellow"]
    assert found.last.unit is None


def test_a_unit_of_which_a_correction_complains_is_not_told() -> None:
    again = received()
    for unit, told in (("labour-office", None), ("roads-office", "labour-office")):
        late = corrected(complained_unit=unit)
        found = judged(
            RAISED_AFTER_ANSWER, (accepted(), 1), (served(), 10), (late, 19), (again, 20)
        )
        assert found.last.unit == told


@pytest.mark.parametrize(
    "complaining",
    [
        FilingCorrected(
            matter_id=MATTER,
            case_id=CASE,
            why=CorrectionReason.FOUND_OTHERWISE,
            changed=(FilingFact.COMPLAINED_UNIT,),
            complained_unit="labour-office",
        ),
        filed(case_id=OTHER_CASE, report_id=REPORT, complained_unit="labour-office"),
        filed(case_id=OTHER_CASE, from_case_id=CASE, complained_unit="labour-office"),
        applied(complained_unit="labour-office"),
        applied(case_id=CASE, complained_unit="labour-office"),
    ],
)
def test_a_unit_is_not_warned_where_any_record_of_the_matter_complains_of_it(
    complaining: Event,
) -> None:
    stated = [(accepted(), 1), (served(), 10), (complaining, 11), (received(), 20)]
    found = judged(RAISED_AFTER_ANSWER, *stated)
    assert found.levels == ["yellow"]
    assert found.last.unit is None


@pytest.mark.parametrize(
    "sealed", [{"purpose": Purpose.ACCUSATION}, {"category": Category.DISCIPLINE}]
)
def test_nothing_is_said_of_a_sealed_matter(sealed: dict[str, Any]) -> None:
    stated = [(filed(**sealed), 0), (served(), 10), (AGAIN, 20)]
    assert judged(RAISED_AFTER_ANSWER, *stated).asked == []
    places = [(filed(matter_id=an_id(0xD000 + day), **sealed), day) for day in range(5)]
    assert judged(CLUSTER, *places).asked == []


def test_a_void_filing_raised_nothing() -> None:
    void = FilingVoided(matter_id=MATTER, case_id=OTHER_CASE, why=FilingVoidReason.NOT_A_PETITION)
    stated = [(served(), 10), (received(), 5), (void, 21), (AGAIN, 20)]
    assert judged(RAISED_AFTER_ANSWER, *stated).asked == []


def test_what_was_recorded_late_raises_nothing_but_is_known() -> None:
    late = judged(RAISED_AFTER_ANSWER, (served(), 10), (AGAIN, 20, 51))
    assert late.asked == []
    late.read(*events((received(), 60)))
    assert late.levels == ["yellow"]
    answer_late = judged(RAISED_AFTER_ANSWER, (served(), 10, 60), (AGAIN, 61))
    assert answer_late.levels == ["yellow"]


def matters(*days: float, **changes: Any) -> list[Any]:
    return [
        (filed(matter_id=an_id(0xD000 + number), case_id=an_id(0xD100 + number), **changes), day)
        for number, day in enumerate(days)
    ]


def test_three_matters_of_one_cause_in_one_place_are_a_cluster() -> None:
    stated = [*matters(0, 10), (submitted(), 30)]
    found = judged(CLUSTER, *stated)
    assert found.levels == ["red"]
    assert found.last.village_code == "519900101201"
    assert found.last.category is Category.LABOUR
    zh, _ = CLUSTER.sentences(found.last)
    assert "3件劳动社保类事项" in zh


@pytest.mark.parametrize(
    "nearly",
    [
        matters(0, 10),
        matters(0, 10, 30.1),
        [*matters(0, 1), (applied(matter_id=an_id(0xD000)), 2)],
        [(filed(), day) for day in range(30)],
        [*matters(0, 1), *matters(2, village_code="519900101202")],
        [*matters(0, 1), (submitted(matter_category=Category.LAND), 2)],
        matters(0, 1, 2, village_code=None),
        matters(0, 1, 2, category=Category.OTHER),
        matters(0, 1, 2, from_case_id=an_id(0xC000)),
    ],
)
def test_what_is_no_cluster(nearly: list[Any]) -> None:
    assert judged(CLUSTER, *nearly).asked == []


def test_a_cluster_needs_one_matter_that_was_not_recorded_late() -> None:
    late = [(event, day, 60) for event, day in matters(0, 1, 2)]
    assert judged(CLUSTER, *late).asked == []
    assert judged(CLUSTER, *late[:2], matters(0, 0, 3)[2]).levels == ["red"]


def test_wages_unpaid_at_one_employer() -> None:
    known = {"cause_ref": MARK}
    stated = [
        (submitted(matter_id=an_id(0xB000), **known), 0),
        (applied(matter_id=an_id(0xB001), **known), 80),
    ]
    found = judged(UNPAID_WAGES, *stated)
    assert found.levels == ["orange"]
    assert MARK not in "".join(UNPAID_WAGES.sentences(found.last))
    for sentence, about in zip(
        UNPAID_WAGES.sentences(found.last), ("劳动争议", "labour"), strict=True
    ):
        assert about in sentence
    other = (applied(matter_id=an_id(0xB001), cause_ref="d" * 64), 80)
    assert judged(UNPAID_WAGES, stated[0], other).asked == []
    assert judged(UNPAID_WAGES, stated[0], stated[0]).asked == []
    assert judged(UNPAID_WAGES, (submitted(), 0), (applied(matter_id=an_id(1)), 1)).asked == []


def test_a_corrected_cause_counts_since_the_registration_of_the_case() -> None:
    other = "d" * 64
    case = filed(matter_id=MATTER, cause_ref=other)
    stated = [(case, 0), (applied(matter_id=an_id(0xB001), cause_ref=MARK), 5)]
    assert judged(UNPAID_WAGES, *stated).asked == []
    found = judged(UNPAID_WAGES, *stated, (recaused(was_cause_ref=other, cause_ref=MARK), 9))
    assert found.levels == ["orange"]
    assert [key for key, _ in found.asked] == [f"cause/{MARK}"]
    back = [
        (recaused(was_cause_ref=other, cause_ref=MARK), 1),
        (recaused(was_cause_ref=MARK, cause_ref=other), 2),
    ]
    for again, level in ((MARK, []), (other, ["orange"])):
        late = (applied(matter_id=an_id(0xB001), cause_ref=again), 5)
        assert judged(UNPAID_WAGES, stated[0], *back, late).levels == level
    old = (recaused(was_cause_ref=other, cause_ref=MARK), 40)
    assert judged(UNPAID_WAGES, stated[0], old, (applied(cause_ref=MARK), 95)).asked == []


def test_a_case_with_a_corrected_cause_that_is_not_about_wages_counts_nowhere() -> None:
    of_land = recaused(was_category=Category.LAND, cause_ref=MARK)
    sealed = recaused(
        changed=(FilingFact.CAUSE_REF, FilingFact.PURPOSE),
        purpose=Purpose.ACCUSATION,
        cause_ref=MARK,
    )
    received = recaused(was_category=None, cause_ref=MARK)
    for each in (of_land, sealed, received):
        stated = [(each, 1), (applied(matter_id=an_id(0xB001), cause_ref=MARK), 5)]
        assert judged(UNPAID_WAGES, *stated).asked == []


def test_a_warning_stays_when_one_of_its_reports_is_rejected() -> None:
    first, second, third = (an_id(0xB000 + number) for number in range(3))
    stated = [
        (submitted(matter_id=first), 0),
        (filed(matter_id=second), 1),
        (applied(matter_id=third), 2),
        (rejected(matter_id=first), 3),
    ]
    assert judged(CLUSTER, *stated).levels == ["red"]


def test_a_report_counts_where_it_was_corrected_to_since_its_submission() -> None:
    there = retopiced(grid_code=GRID, was_grid_code="519900101202001")
    stated = [(submitted(grid_code="519900101202001"), 0), *matters(5, 29)]
    assert judged(CLUSTER, *stated).asked == []
    assert judged(CLUSTER, *stated, (there, 29.5)).levels == ["red"]
    of_land = retopiced(matter_category=Category.LABOUR, was_matter_category=Category.LAND)
    stated = [(submitted(matter_category=Category.LAND), 0), *matters(5, 6), (of_land, 7)]
    assert judged(CLUSTER, *stated).levels == ["red"]
    wages = retopiced(topic=ReportTopic.UNPAID_WAGES, was_topic=ReportTopic.NOISE, cause_ref=MARK)
    noise = submitted(topic=ReportTopic.NOISE, cause_ref=MARK)
    stated = [(noise, 0), (applied(matter_id=an_id(0xB001), cause_ref=MARK), 5), (wages, 6)]
    assert judged(UNPAID_WAGES, *stated).levels == ["orange"]


def test_a_rejection_is_of_its_own_report_alone() -> None:
    of_another = rejected(report_id=an_id(0xF400))
    stated = [*matters(0, 1), (of_another, 2), (applied(matter_id=an_id(0xB00F)), 3)]
    assert judged(CLUSTER, *stated).levels == ["red"]


CASE_KEYS = (
    {"matter_id": an_id(0xD000 + each), "case_id": an_id(0xD100 + each)} for each in range(3)
)
FIRST_CASE, SECOND_CASE, THIRD_CASE = CASE_KEYS
AS_ACCUSATION: dict[str, Any] = {"purpose": Purpose.ACCUSATION}


@pytest.mark.parametrize(
    "disarming",
    [
        voided(**FIRST_CASE),
        routed(**FIRST_CASE),
        recorrected(FilingFact.PURPOSE, **FIRST_CASE, **AS_ACCUSATION),
        recorrected(FilingFact.CATEGORY, **FIRST_CASE, category=Category.DISCIPLINE),
        recorrected(FilingFact.CATEGORY, **FIRST_CASE, category=Category.OTHER),
        recorrected(FilingFact.CATEGORY, **FIRST_CASE, category=Category.LAND),
        recorrected(FilingFact.VILLAGE_CODE, **FIRST_CASE, village_code="519900101202"),
        recorrected(FilingFact.VILLAGE_CODE, **FIRST_CASE),
        recorrected(FilingFact.REPEAT_OF, **{**FIRST_CASE, "matter_id": SECOND_CASE["matter_id"]}),
    ],
)
def test_a_filing_that_is_void_moved_or_sealed_is_no_cause(disarming: Event) -> None:
    stated = [*matters(0, 1), (disarming, 2)]
    assert judged(CLUSTER, *stated, (filed(**THIRD_CASE), 3)).asked == []
    fourth = filed(matter_id=an_id(0xD00F), case_id=an_id(0xD10F))
    assert judged(CLUSTER, *stated, (filed(**THIRD_CASE), 3), (fourth, 4)).levels == ["red"]


def test_one_person_who_files_by_three_windows_makes_no_cluster() -> None:
    """Registered twice, or found to repeat the first: it is one matter."""
    first, second, third = matters(0, 1, 2)
    repeats = recorrected(
        FilingFact.REPEAT_OF, **{**SECOND_CASE, "matter_id": FIRST_CASE["matter_id"]}
    )
    for found in (voided(**SECOND_CASE), repeats):
        assert judged(CLUSTER, first, second, (found, 1.5), third).asked == []


def test_a_case_counts_since_its_registration_where_a_correction_puts_it() -> None:
    elsewhere = filed(**THIRD_CASE, village_code="519900101202", category=Category.LAND)
    stated = [(elsewhere, 0), *matters(1, 2)]
    village = recorrected(FilingFact.VILLAGE_CODE, **THIRD_CASE, village_code=VILLAGE)
    category = recorrected(FilingFact.CATEGORY, **THIRD_CASE, category=Category.LABOUR)
    assert judged(CLUSTER, *stated, (village, 9)).asked == []
    assert judged(CLUSTER, *stated, (village, 9), (category, 10)).levels == ["red"]
    there_and_back = [
        (recorrected(FilingFact.VILLAGE_CODE, **FIRST_CASE, village_code="519900101202"), 3),
        (recorrected(FilingFact.VILLAGE_CODE, **FIRST_CASE, village_code=VILLAGE), 4),
    ]
    third = (filed(**THIRD_CASE), 5)
    assert judged(CLUSTER, *matters(0, 1), *there_and_back[:1], third).asked == []
    assert judged(CLUSTER, *matters(0, 1), *there_and_back, third).levels == ["red"]


def test_a_report_of_a_matter_whose_case_is_sealed_is_no_cause() -> None:
    report = submitted(matter_id=FIRST_CASE["matter_id"])
    others = [(filed(**each), 4) for each in (SECOND_CASE, THIRD_CASE)]
    case = filed(**FIRST_CASE, report_id=REPORT)
    assert judged(CLUSTER, (report, 0), (case, 1), *others).levels == ["red"]
    assert judged(CLUSTER, (report, 0), (case, 1), (routed(**FIRST_CASE), 2), *others).asked == []
    sealed = filed(**FIRST_CASE, report_id=REPORT, **AS_ACCUSATION)
    assert judged(CLUSTER, (report, 0), (sealed, 1), *others).asked == []


def test_a_case_that_is_void_or_sealed_is_not_counted_at_an_employer() -> None:
    case, other = filed(**FIRST_CASE, cause_ref=MARK), (applied(cause_ref=MARK), 3)
    for found in (voided(**FIRST_CASE), routed(**FIRST_CASE)):
        assert judged(UNPAID_WAGES, (case, 0), (found, 1), other).asked == []
    moved = recorrected(FilingFact.CATEGORY, **FIRST_CASE, category=Category.LAND)
    assert judged(UNPAID_WAGES, (case, 0), (moved, 1), other).asked == []
    assert judged(UNPAID_WAGES, (case, 0), other).levels == ["orange"]


def test_an_answer_to_a_sealed_or_repeated_case_is_not_counted_for_its_text() -> None:
    cases = (FIRST_CASE, SECOND_CASE, THIRD_CASE)
    answers = [(replied(**each, text_mark=MARK), 10 + day) for day, each in enumerate(cases)]
    assert judged(SAME_ANSWER_TEXT, *matters(0, 1, 2), *answers).levels == ["yellow"]
    sealed = filed(**FIRST_CASE, **AS_ACCUSATION)
    assert judged(SAME_ANSWER_TEXT, (sealed, 0), *matters(0, 1, 2)[1:], *answers).asked == []
    repeats = {**FIRST_CASE, "matter_id": SECOND_CASE["matter_id"]}
    for found in (routed(**FIRST_CASE), recorrected(FilingFact.REPEAT_OF, **repeats)):
        stated = [*matters(0, 1, 2), *answers[:2], (found, 11.5), answers[2]]
        assert judged(SAME_ANSWER_TEXT, *stated).asked == []


def test_one_text_that_answers_three_matters() -> None:
    stated = [
        (replied(matter_id=an_id(0xB000 + number), text_mark=MARK), 20 * number)
        for number in range(6)
    ]
    assert judged(SAME_ANSWER_TEXT, *stated[:3]).levels == ["yellow"]
    assert judged(SAME_ANSWER_TEXT, *stated[:2]).asked == []
    assert judged(SAME_ANSWER_TEXT, stated[0], stated[0], stated[1]).asked == []
    spread = [(event, 3 * day) for event, day in stated[:3]]
    assert judged(SAME_ANSWER_TEXT, *spread).asked == []
    unmarked = [(replied(matter_id=an_id(number)), number) for number in range(5)]
    assert judged(SAME_ANSWER_TEXT, *unmarked).asked == []


def test_a_matter_that_was_given_back_twice() -> None:
    noted = TransferNoted(
        matter_id=MATTER,
        case_id=CASE,
        receiver_case_id=OTHER_CASE,
        to_division=TOWNSHIP,
        to_unit="land-office",
        step=TransferStep.RETURNED,
    )
    own = CaseReturned(matter_id=MATTER, case_id=OTHER_CASE, why=ReturnReason.OBJECTION_UPHELD)
    assert judged(RETURNED_TWICE, (returned(), 0), (returned(), 5)).levels == ["orange"]
    assert judged(RETURNED_TWICE, (noted, 0), (returned(), 5)).levels == ["orange"]
    assert judged(RETURNED_TWICE, (noted, 0), (own, 0)).asked == []
    assert judged(RETURNED_TWICE, (returned(), 0), (returned(), 91)).asked == []
    assert judged(RETURNED_TWICE, (returned(), 0, 40), (returned(), 5, 40)).asked == []


def test_a_breach_is_warned_of_at_once() -> None:
    found = judged(AGREEMENT_BROKEN, (succeeded(), 0), (breached(), 10))
    assert found.levels == ["orange"]
    assert judged(AGREEMENT_BROKEN, (succeeded(), 0), (breached(), 10, 41)).asked == []


def test_an_agreement_whose_end_is_void_is_not_broken_any_more() -> None:
    void = MediationEndVoided(
        matter_id=MATTER, mediation_id=MEDIATION, reason=VoidReason.BY_MISTAKE
    )
    found = judged(AGREEMENT_BROKEN, (succeeded(), 0), (void, 12), (breached(), 10))
    assert found.asked == []
