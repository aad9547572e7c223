"""The record of one session, joint or in caucus."""

from services.mediation.papers.forms.elements import (
    FILE_FORMAT,
    LAW,
    SIGNED,
    SIGNED_BY_HAND,
    dated,
    line,
    signatures,
    text,
)
from shared.papers import Column, Element, Form, Kind

SESSION_RECORD = Form(
    id="mediation-session-record",
    zh="人民调解笔录",
    en="record of a mediation session",
    source=f"{LAW} 27",
    body=(
        line("held", "时间", "time", f"{LAW} 27"),
        line("place_held", "地点", "place", f"{LAW} 27"),
        line("mode", "方式", "mode: face to face or apart"),
        line("matter", "事由", "the matter"),
        Element(
            id="present",
            zh="参加人",
            en="those present",
            kind=Kind.ROWS,
            source=FILE_FORMAT,
            columns=(
                Column("role", "身份", "role", share=3, required=True),
                Column("name", "姓名", "name", share=3, required=True),
                Column("note", "备注", "note", share=4),
            ),
        ),
        text("told", "告知事项", "what was told", f"{LAW} 23, 24", required=False),
        text("said", "调解过程", "what was said", f"{LAW} 27"),
        text("outcome", "调解结果", "outcome of the session", f"{LAW} 27"),
        signatures(
            "parties_sign",
            "当事人签名",
            "the parties' signatures",
            FILE_FORMAT,
            mark=SIGNED,
        ),
        signatures(
            "mediator",
            "人民调解员签名",
            "mediator's signature",
            FILE_FORMAT,
            mark=SIGNED_BY_HAND,
        ),
        signatures(
            "recorder",
            "记录人签名",
            "recorder's signature",
            FILE_FORMAT,
            mark=SIGNED_BY_HAND,
            required=False,
        ),
        dated(FILE_FORMAT),
    ),
)
