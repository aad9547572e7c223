"""What a sheet says of people, sessions and the agreement, in few words that are read at a glance."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from services.mediation.domain.agreement_file import AgreementFile
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_state import MediationState
from services.mediation.domain.today_sentence import in_words
from shared.contracts.agreements import MediationSucceeded
from shared.contracts.mediation import MediationRefused, MediationSessionHeld
from shared.contracts.mediation_codes import PartySide, RoomRole
from shared.times import china_day

_GOES_ON = (MediationState.AGREED, MediationState.PARTLY_PERFORMED, MediationState.BREACHED)


def contact(name: str | None, phone: str | None) -> str:
    """Whom to call under which number."""
    if name is None:
        return "姓名电话查不到"
    return f"{name}，电话 {phone}" if phone else f"{name}，没有留电话"


def side_says(side: PartySide, mediation: MediationFile) -> str:
    """Whether a side wants to be mediated."""
    ended, withdrawn = mediation.ended, mediation.withdrawn
    if isinstance(ended, MediationRefused) and ended.side is side:
        return f"{side.label}：不愿意调解。"
    if withdrawn and withdrawn.side is side:
        return f"{side.label}：撤回了同意。"
    consented = mediation.consents.get(side)
    return f"{side.label}：{f'同意调解，{consented.how.label}' if consented else '还没有同意'}。"


def whom_to_call(mediation: MediationFile, sides: Mapping[PartySide, Sequence[str]]) -> str:
    """Who is to be called, and about what; `sides` are the contacts of each side's people."""
    state = mediation.state
    if state is MediationState.APPLIED:
        asked = {side: people for side, people in sides.items() if side not in mediation.consents}
        return f"请先问愿不愿意调解。{_listed(asked)}{_who_knows(mediation, asked)}"
    if state is MediationState.OPEN:
        return f"请约双方来谈。{_listed(sides)}"
    if state in _GOES_ON:
        return f"请问问履行得怎么样。{_listed(sides)}"
    return f"已经结束，可以回访。{_listed(sides)}"


def _who_knows(mediation: MediationFile, asked: Mapping[PartySide, Sequence[str]]) -> str:
    """Of a referral names come with no event: who passed it on knows them."""
    applied = mediation.applied
    if applied is None or applied.referred_by is None or all(asked.values()):
        return ""
    return f"这件是转来的（{applied.referred_by.label}），是谁可以问那边。"


def _listed(sides: Mapping[PartySide, Sequence[str]]) -> str:
    return "".join(
        f"{side.label}：{'；'.join(people) or '没有登记是谁'}。" for side, people in sides.items()
    )


def session_says(place: int, session: MediationSessionHeld, held_at: datetime) -> str:
    """The `place`-th session: when, with whom, where, and how many were there."""
    side = f"（{session.side.label}）" if session.side else ""
    people = "、".join(
        f"{role.label}{session.people[role]}人" for role in RoomRole.in_order(session.people)
    )
    return (
        f"第{place}次，{in_words(china_day(held_at))}，{session.mode.label}{side}，"
        f"{session.place_kind.label}，{people}。"
    )


def agreement_says(succeeded: MediationSucceeded, *, on_paper: bool, has_text: bool) -> str:
    """Which agreement there is, and where its words are."""
    number = f"，编号 {succeeded.number}" if succeeded.number else ""
    words = "内容如下" if has_text else "内容已经没有了"
    where = "请看文书" if on_paper else words
    return f"{succeeded.form.label}协议{number}，{where}。"


def performance_says(agreement: AgreementFile) -> str:
    """How much of the promise was kept, where it has days; empty where it has none."""
    succeeded = agreement.succeeded
    if succeeded is None or not succeeded.instalments:
        return ""
    in_all = len(succeeded.instalments)
    done = in_all - len(agreement.outstanding)
    return f"共{in_all}期，已经履行{done}期。"


def court_says(agreement: AgreementFile, *, last_day: date | None, today: date) -> str:
    """Whether a court was asked, what it said, or until when both may ask it (C14)."""
    if agreement.decided is not None:
        return f"申请过司法确认，结果：{agreement.decided.result.label}。"
    if agreement.requested is not None:
        return "已经申请司法确认，等法院答复。"
    if last_day is None:
        return "这件事法院不作司法确认。"
    day = in_words(last_day)
    if last_day < today:
        return f"申请司法确认的期限是{day}，已经过了。"
    return f"双方愿意的话，最迟{day}一起去申请司法确认。"
