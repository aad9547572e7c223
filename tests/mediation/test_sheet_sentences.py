"""The sentences of a sheet, each from the facts that it is made of."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_state import MediationState
from services.mediation.domain.sheet_sentences import (
    agreement_says,
    contact,
    session_says,
    side_says,
    whom_to_call,
)
from services.mediation.domain.today_sentence import sentence
from services.mediation.examples import (
    APPLY,
    CAUCUS,
    DUE,
    FAIL,
    FIRST,
    FIRST_DUE,
    LAST,
    LAST_DUE,
    PROACTIVE,
    REFUSE,
    TERMINATE,
    WITHDRAW,
)
from shared.contracts.mediation_codes import MediationOrigin, PartySide, ReferredBy
from tests.mediation.facts import IN_SESSION_BY, OPENED_BY, SIGNED_BY, facts_of

CALLS = {
    PartySide.APPLICANT: [contact("吴桂兰", "139"), contact("王五", None)],
    PartySide.RESPONDENT: [],
}
OF_BOTH = "申请方：吴桂兰，电话 139；王五，没有留电话。被申请方：没有登记是谁。"


def after(*commands: MediationCommand) -> MediationFile:
    return MEDIATION.fold(facts_of(*commands), MEDIATION.initial)


@pytest.mark.parametrize(
    ("commands", "call"),
    [
        ((APPLY,), "请先问愿不愿意调解。被申请方：没有登记是谁。"),
        ((PROACTIVE,), f"请先问愿不愿意调解。{OF_BOTH}"),
        (OPENED_BY, f"请约双方来谈。{OF_BOTH}"),
        (SIGNED_BY, f"请问问履行得怎么样。{OF_BOTH}"),
        ((*SIGNED_BY, FIRST), f"请问问履行得怎么样。{OF_BOTH}"),
        ((*SIGNED_BY, FIRST, LAST), f"已经结束，可以回访。{OF_BOTH}"),
        ((APPLY, REFUSE), f"已经结束，可以回访。{OF_BOTH}"),
    ],
)
def test_who_is_called_follows_from_where_the_dispute_stands(
    commands: tuple[MediationCommand, ...], call: str
) -> None:
    assert whom_to_call(after(*commands), CALLS) == call


def test_who_referred_a_dispute_is_asked_who_its_people_are() -> None:
    referred = replace(
        PROACTIVE,
        origin=MediationOrigin.REFERRED,
        referred_by=ReferredBy.PETITION,
        case_id=APPLY.mediation_id,
    )
    nobody: dict[PartySide, list[str]] = {side: [] for side in PartySide}
    assert whom_to_call(after(referred), nobody).endswith(
        "被申请方：没有登记是谁。这件是转来的（信访），是谁可以问那边。"
    )
    known = dict.fromkeys(PartySide, CALLS[PartySide.APPLICANT])
    assert "问那边" not in whom_to_call(after(referred), known)
    assert "问那边" not in whom_to_call(after(PROACTIVE), nobody)


def test_who_was_erased_cannot_be_called() -> None:
    assert contact(None, None) == "姓名电话查不到"


@pytest.mark.parametrize(
    ("commands", "applicant", "respondent"),
    [
        ((APPLY,), "同意调解，提出申请", "还没有同意"),
        (OPENED_BY, "同意调解，提出申请", "同意调解，书面"),
        ((APPLY, REFUSE), "同意调解，提出申请", "不愿意调解"),
        ((*OPENED_BY, WITHDRAW), "撤回了同意", "同意调解，书面"),
    ],
)
def test_a_side_is_told_of_as_it_last_said(
    commands: tuple[MediationCommand, ...], applicant: str, respondent: str
) -> None:
    mediation = after(*commands)
    assert side_says(PartySide.APPLICANT, mediation) == f"申请方：{applicant}。"
    assert side_says(PartySide.RESPONDENT, mediation) == f"被申请方：{respondent}。"


@pytest.mark.parametrize(
    ("commands", "state", "said"),
    [
        ((APPLY, REFUSE), MediationState.REFUSED, "有一方不愿意调解，已告知其他途径。"),
        ((APPLY, TERMINATE), MediationState.TERMINATED, "没有经过调解就终止了，已告知其他途径。"),
        ((*IN_SESSION_BY, FAIL), MediationState.FAILED, "没有调解成，已告知其他途径。"),
        ((*SIGNED_BY, FIRST, LAST), MediationState.PERFORMED, "协议已经履行完毕。"),
        (SIGNED_BY, MediationState.AGREED, "协议已签。下一期2025年6月30日到期，还有60天。"),
        (
            (*SIGNED_BY, FIRST),
            MediationState.PARTLY_PERFORMED,
            "协议已签。下一期2025年12月31日到期，还有244天。",
        ),
        (OPENED_BY, MediationState.OPEN, "正在调解。调解期限到2025年5月3日，还有2天。"),
    ],
)
def test_where_it_stands_is_one_plain_sentence(
    commands: tuple[MediationCommand, ...], state: MediationState, said: str
) -> None:
    mediation = after(*commands)
    assert mediation.state is state
    assert said == sentence(
        mediation.state,
        today=date(2025, 5, 1),
        last_day=mediation.last_day,
        next_due_on=mediation.agreement.next_due_on,
    )


def test_the_time_for_mediation_ends_with_its_last_day() -> None:
    """It is given by the moment after it, which is the next day's first in China."""
    assert (after(*OPENED_BY).due_at, after(*OPENED_BY).last_day) == (DUE, date(2025, 5, 3))
    assert after(APPLY).last_day is None


def test_what_is_due_next_is_the_first_that_was_not_performed() -> None:
    days = [
        after(*commands).agreement.next_due_on
        for commands in (IN_SESSION_BY, SIGNED_BY, (*SIGNED_BY, FIRST), (*SIGNED_BY, FIRST, LAST))
    ]
    assert days == [None, FIRST_DUE, LAST_DUE, None]


def test_a_session_is_told_by_the_office_s_day_and_who_was_in_the_room() -> None:
    [held] = after(*IN_SESSION_BY).sessions.values()
    late = datetime(2025, 4, 1, 16, 30, tzinfo=UTC)
    assert session_says(2, held, late) == (
        "第2次，2025年4月2日，面对面，村(居)委会，当事人2人、调解员1人、网格员1人。"
    )
    apart = after(*OPENED_BY, IN_SESSION_BY[2], CAUCUS).sessions[CAUCUS.session_id]
    assert "背靠背（申请方）" in session_says(1, apart, late)


def test_an_agreement_says_where_its_words_are() -> None:
    succeeded = after(*SIGNED_BY).agreement.succeeded
    assert succeeded is not None
    said = [
        agreement_says(replaced, on_paper=on_paper, has_text=has_text)
        for replaced, on_paper, has_text in (
            (succeeded, True, False),
            (succeeded, False, True),
            (succeeded.model_copy(update={"number": None}), False, False),
        )
    ]
    assert said == [
        "书面协议，编号 2025-7，请看文书。",
        "书面协议，编号 2025-7，内容如下。",
        "书面协议，内容已经没有了。",
    ]
