"""What a paper says where the office leaves it out, from the record alone."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.intake.domain.case import CaseFile
from services.intake.domain.case.notices import notice_of
from shared.contracts.case_codes import Purpose
from shared.contracts.case_handling_codes import DeclineGround, DocumentKind, NoticeKind
from shared.contracts.intake import CaseDeclined, CaseFiled
from shared.papers import Value

_WITHIN_SIXTY_DAYS = (
    "属于本机关、单位职权范围的，自受理之日起60日内调查核实并出具信访处理意见书；"
    "情况复杂的，经批准可以延长，延长期限不超过30日，并告知延期理由。"
    "不服处理意见的，可以自收到书面答复之日起30日内申请复查。"
)
_BY_LAW = "本机关、单位将依照《信访工作条例》的规定办理，并告知办理情况。"
_PROCEDURES = {
    Purpose.REQUEST: _WITHIN_SIXTY_DAYS,
    Purpose.APPEAL: _WITHIN_SIXTY_DAYS,
    Purpose.SUGGESTION: "本机关、单位将研究论证，对科学合理、具有现实可行性的予以采纳，并予以回复。",
    Purpose.ACCUSATION: "将由有权处理的机关、单位依规依纪依法接收、受理、办理和反馈。",
}
_OF_RECEIPT = "《信访工作条例》第二十三条。"
_DECISIONS = {
    DeclineGround.NOT_COMPETENT: "该事项不属于本机关、单位或者本系统职权范围，决定不予受理。",
    DeclineGround.IN_PROCESS: "同一信访事项已经受理或者正在办理，在规定期限内，决定不予受理。",
    DeclineGround.CONCLUDED: "该事项已经复核，以同一事实和理由提出投诉请求的，不再受理。",
}
_GROUNDS = {
    DeclineGround.NOT_COMPETENT: "《信访工作条例》第二十三条第一款。",
    DeclineGround.IN_PROCESS: "《信访工作条例》第十九条第三款。",
    DeclineGround.CONCLUDED: "《信访工作条例》第三十六条第三款。",
}
_DESTINATIONS = {
    DeclineGround.IN_PROCESS: "请向正在办理该信访事项的机关、单位查询办理情况。",
    DeclineGround.CONCLUDED: "生活确有困难的，可以依法向有关机关或者机构申请社会救助。",
}
_REMEDY_AGAINST_REFUSAL = "对本告知有异议的，可以向本机关、单位的上一级机关、单位提出。"


def wordings(
    document: DocumentKind, case: CaseFile, *, petitioner: str | None, on: date
) -> dict[str, Value]:
    """The values that the record gives, by element; who the petitioner is, where that is known."""
    filed = case.registration
    if filed is None:
        return {}
    known: dict[str, Value | None] = {
        "petitioner": petitioner,
        "received": case.received_on,
        "dated": on,
        **_of_the_document(document, case, filed),
    }
    return {name: value for name, value in known.items() if value}


def of_the_opinion(written: Mapping[str, Any]) -> dict[str, Value]:
    """The parts of the opinion as the paper has them; several claims are numbered."""
    claims = written["claims"]
    return {
        "claims": _numbered([each["claim"] for each in claims]),
        "opinions": _numbered([each["opinion"] for each in claims]),
        **{part: written[part] for part in ("facts", "reasons", "legal_basis", "remedy")},
    }


def _of_the_document(
    document: DocumentKind, case: CaseFile, filed: CaseFiled
) -> dict[str, Value | None]:
    matter = f"反映{filed.category.label}问题"
    if document is DocumentKind.OPINION:
        return {"matter": matter, "channel": filed.channel.label}
    looked_up = f"凭信访件编号{filed.number}和登记时告知的查询码查询。"
    about: dict[str, Value | None] = {"query": looked_up, "matter": matter}
    match case.departed:
        case CaseDeclined() as declined if notice_of(declined) is NoticeKind[document.name]:
            return about | {
                "decision": _DECISIONS[declined.ground],
                "ground": _GROUNDS[declined.ground],
                "destination": _DESTINATIONS.get(declined.ground),
                "remedy": _REMEDY_AGAINST_REFUSAL,
            }
        case _:
            return about | {
                "procedure": _PROCEDURES.get(filed.purpose, _BY_LAW),
                "ground": _OF_RECEIPT,
            }


def _numbered(texts: Sequence[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"{place}. {text}" for place, text in enumerate(texts, start=1))
