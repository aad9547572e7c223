"""The end without an agreement: why, and which other routes the parties were told of."""

from services.mediation.papers.forms.elements import (
    FILE_FORMAT,
    LAW,
    SIGNED_BY_HAND,
    dated,
    line,
    number,
    parties,
    seal,
    signatures,
    text,
)
from shared.papers import Column, Element, Form, Kind, Printed

TERMINATION_NOTICE = Form(
    id="mediation-termination",
    zh="人民调解终止告知书",
    en="notice that the mediation is terminated",
    source=f"{LAW} 26",
    body=(
        number(),
        parties(FILE_FORMAT),
        text("facts", "纠纷简要情况", "the dispute in short", FILE_FORMAT),
        text("ground", "终止原因", "ground of the termination", f"{LAW} 17, 23, 26"),
        line("ended", "终止日期", "date of the termination", f"{LAW} 26", kind=Kind.DATE),
        Element(
            id="routes",
            zh="可以采取的其他途径",
            en="other routes",
            kind=Kind.ROWS,
            source=f"{LAW} 26",
            columns=(
                Column("route", "途径", "route", share=3, required=True),
                Column("where", "受理单位", "where", share=4, required=True),
                Column("note", "期限和说明", "time limit and note", share=5),
            ),
        ),
        Printed(
            "调解终止后，当事人可以依法通过上述途径维护自己的权利。"
            "调解的终止不影响任何一方行使这些权利。"
        ),
        signatures(
            "mediator",
            "人民调解员签名",
            "mediator's signature",
            FILE_FORMAT,
            mark=SIGNED_BY_HAND,
        ),
        signatures(
            "received",
            "当事人签收",
            "the parties' receipt",
            FILE_FORMAT,
            mark="（签收）",
            required=False,
        ),
        seal(FILE_FORMAT),
        dated(FILE_FORMAT),
    ),
)
