"""告知书 (notices): of the receipt, of a refusal, and of no further acceptance [R19, R23, R36]."""

from services.intake.papers.elements import (
    LAW,
    OFFICE,
    dated,
    line,
    matter,
    number,
    petitioner,
    received,
    seal,
)
from shared.papers import Element, Form, Printed
from shared.papers.paper_form import Item


def _notice(form_id: str, zh: str, en: str, source: str, *items: Item) -> Form:
    return Form(
        id=form_id,
        zh=zh,
        en=en,
        source=source,
        body=(
            number(),
            petitioner(),
            *items,
            line("contact", "联系方式", "contact", OFFICE),
            line("query", "查询方式", "how to look it up", f"{LAW} 21"),
            seal(),
            dated(OFFICE),
        ),
    )


def _remedy() -> Element:
    return line("remedy", "异议途径", "remedy", OFFICE)


RECEIPT_NOTICE = _notice(
    "notice-of-receipt",
    "信访事项接收告知书",
    "notice of receipt",
    f"{LAW} 23",
    Printed("您提出的信访事项本机关、单位已经收到，现将接收情况以及处理途径和程序告知如下。"),
    received(),
    matter(),
    line("procedure", "处理途径和程序", "route and procedure", f"{LAW} 23"),
    line("ground", "依据", "legal ground", f"{LAW} 23"),
)

DECLINED_NOTICE = _notice(
    "notice-of-refusal",
    "信访事项不予受理告知书",
    "notice that the matter is not accepted",
    f"{LAW} 19, 23",
    Printed("您提出的信访事项经审查决定不予受理，现告知如下。"),
    received(),
    matter(),
    line("decision", "决定", "decision", f"{LAW} 23"),
    line("ground", "依据", "legal ground", f"{LAW} 19, 23"),
    line("destination", "可以提出的机关、单位", "where to turn", f"{LAW} 23"),
    _remedy(),
)

NO_FURTHER_ACCEPTANCE_NOTICE = _notice(
    "notice-of-no-further-acceptance",
    "信访事项不再受理告知书",
    "notice that the matter is no longer accepted",
    f"{LAW} 36",
    Printed("您提出的信访事项经审查不再受理，现告知如下。"),
    received(),
    matter(),
    line("decision", "决定", "decision", f"{LAW} 36"),
    line("ground", "依据", "legal ground", f"{LAW} 36"),
    line("destination", "可以求助的途径", "where to turn", f"{LAW} 37"),
    _remedy(),
)
