"""The joint request that a court confirm the agreement, within 30 days of its taking effect."""

from services.mediation.papers.forms.elements import (
    CIVIL_PROCEDURE,
    CONFIRMATION_RULES,
    LAW,
    PARTY_COLUMNS,
    SIGNED,
    dated,
    line,
    signatures,
    text,
)
from shared.papers import Column, Element, Form, Kind, Place, Printed

_WITH_ADDRESS_FOR_SERVICE = (
    *PARTY_COLUMNS[:2],
    Column("address", "单位或住址", "unit or address", share=6, required=True),
    Column("served_at", "送达地址", "address for service", share=6, required=True),
    Column("contact", "联系方式", "contact", share=6, required=True),
)
_REQUEST = f"{LAW} 33; {CIVIL_PROCEDURE} 205"

CONFIRMATION_REQUEST = Form(
    id="confirmation-request",
    zh="人民调解协议司法确认申请书",
    en="request for judicial confirmation",
    source=f"{_REQUEST}; {CONFIRMATION_RULES}",
    body=(
        Element(
            id="parties",
            zh="申请人基本情况",
            en="applicants",
            kind=Kind.ROWS,
            source=CONFIRMATION_RULES,
            columns=_WITH_ADDRESS_FOR_SERVICE,
        ),
        line("agreement", "调解协议编号", "number of the agreement", _REQUEST),
        line("effective", "协议生效日期", "day it took effect", _REQUEST, kind=Kind.DATE),
        line("request_by", "申请期限届满日", "last day to request", _REQUEST, kind=Kind.DATE),
        text("request", "申请事项", "what is requested", _REQUEST),
        text("facts", "事实和理由", "facts and reasons", CONFIRMATION_RULES),
        Printed(
            "申请人承诺：出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为；"
            "如果因为该协议内容而给他人造成损害的，愿意承担相应的民事责任和其他法律责任。"
        ),
        text("enclosed", "附件", "enclosures", CONFIRMATION_RULES),
        Printed("此致", with_next=True),
        text("court", "受理法院", "court", _REQUEST, place=Place.FLUSH),
        signatures(
            "parties_sign",
            "申请人签名",
            "all applicants' signatures",
            _REQUEST,
            mark=SIGNED,
        ),
        dated(_REQUEST, "申请日期", "date of the request"),
    ),
)
