"""What was agreed: in writing, with every part that the law names, or by word of mouth, recorded."""

from services.mediation.papers.forms.elements import (
    FILE_FORMAT,
    LAW,
    SIGNED,
    SIGNED_BY_HAND,
    dated,
    line,
    number,
    parties,
    seal,
    signatures,
    text,
)
from shared.papers import Column, Element, Form, Kind, Place, Printed, Section

INSTALMENT_COLUMNS = (
    Column("term", "期次", "instalment", share=2, required=True),
    Column("due", "履行期限", "due", share=4, required=True),
    Column("amount", "金额或事项", "amount or act", share=4, required=True),
    Column("capitals", "金额大写", "amount in capitals", share=5),
)


def _instalments() -> Element:
    return Element(
        id="instalments",
        zh="分期履行",
        en="instalments",
        kind=Kind.ROWS,
        source=f"{LAW} 29(3)",
        required=False,
        place=Place.SUBHEADED,
        columns=INSTALMENT_COLUMNS,
    )


def _mode() -> Element:
    return text(
        "performance_mode",
        "履行方式",
        "mode of performance",
        f"{LAW} 29(3)",
        place=Place.SUBHEADED,
    )


def _by() -> Element:
    return text(
        "performance_by",
        "履行期限",
        "date of performance",
        f"{LAW} 29(3)",
        place=Place.SUBHEADED,
    )


AGREEMENT = Form(
    id="mediation-agreement",
    zh="人民调解协议书",
    en="mediation agreement",
    source=f"{LAW} 28, 29",
    body=(
        number(),
        parties(f"{LAW} 29(1)"),
        Section("纠纷情况"),
        text("facts", "主要事实", "main facts", f"{LAW} 29(2)", place=Place.SUBHEADED),
        text("issue", "争议事项", "issue", f"{LAW} 29(2)", place=Place.SUBHEADED),
        text(
            "liabilities",
            "各方责任",
            "each side's liability",
            f"{LAW} 29(2)",
            place=Place.SUBHEADED,
        ),
        Printed("经人民调解委员会调解，各方当事人在平等协商的基础上自愿达成如下协议："),
        text("terms", "协议内容", "terms", f"{LAW} 29(3)"),
        Section("履行"),
        _mode(),
        _by(),
        _instalments(),
        Printed(
            "本协议自各方当事人签名、盖章或者按指印，人民调解员签名并加盖人民调解委员会印章"
            "之日起生效，具有法律约束力，当事人应当按照约定履行。"
        ),
        Element(
            id="copies",
            zh="份数",
            en="copies",
            kind=Kind.COUNT,
            source=f"{LAW} 29",
            place=Place.PLAIN,
            wording="本协议书一式{}份，当事人各执一份，人民调解委员会留存一份。",
        ),
        signatures(
            "parties_sign", "当事人签名", "the parties' signatures", f"{LAW} 29", mark=SIGNED
        ),
        signatures(
            "mediator",
            "人民调解员签名",
            "mediator's signature",
            f"{LAW} 29",
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
        seal(f"{LAW} 29"),
        dated(f"{LAW} 29, 30"),
    ),
)

ORAL_AGREEMENT = Form(
    id="oral-agreement-registration",
    zh="人民调解口头协议登记表",
    en="registration of an oral agreement",
    source=f"{LAW} 28, 30",
    body=(
        number(),
        parties(f"{LAW} 28"),
        text("facts", "纠纷主要事实、争议事项", "facts and issue", f"{LAW} 28"),
        text("terms", "口头协议内容", "terms of the oral agreement", f"{LAW} 28"),
        Section("履行"),
        _mode(),
        _by(),
        _instalments(),
        line("agreed", "达成协议日期", "date of the agreement", f"{LAW} 30", kind=Kind.DATE),
        Printed("口头调解协议自各方当事人达成协议之日起生效。"),
        signatures(
            "parties_sign",
            "当事人签名",
            "the parties' signatures",
            FILE_FORMAT,
            mark=SIGNED,
            required=False,
        ),
        signatures(
            "mediator",
            "人民调解员签名",
            "mediator's signature",
            f"{LAW} 28",
            mark=SIGNED_BY_HAND,
        ),
        seal(FILE_FORMAT),
        dated(FILE_FORMAT, "登记日期", "date of registration"),
    ),
)
