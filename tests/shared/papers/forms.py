"""A form with every kind of element and every place, and values for it."""

from datetime import date

from shared.papers import (
    Column,
    Element,
    Form,
    Kind,
    Paper,
    Place,
    Printed,
    Section,
    Signer,
    Value,
    document_number,
    fill,
)

DAY = date(2026, 3, 5)


def element(id: str, zh: str, kind: Kind, **more: object) -> Element:  # noqa: A002
    return Element(id=id, zh=zh, en=f"the {id}", kind=kind, source="某法 29", **more)  # type: ignore[arg-type]


COLUMNS = (
    Column("name", "姓名", "name", share=2, required=True),
    Column("address", "住址", "address", share=5, required=True),
    Column("phone", "联系方式", "phone", share=3),
)
FORM = Form(
    id="reply",
    zh="关于某事的答复意见书",
    en="reply",
    source="某条例 32",
    body=(
        element("number", "编号", Kind.NUMBER, place=Place.PLAIN),
        element("received", "收到日期", Kind.DATE, place=Place.LABELLED),
        element("people", "有关人员", Kind.ROWS, columns=COLUMNS),
        Section("处理"),
        element("facts", "事实", Kind.TEXT, place=Place.SUBHEADED),
        element("grounds", "依据", Kind.TEXT, place=Place.SUBHEADED),
        element("remark", "备注", Kind.TEXT, required=False),
        element("opinion", "意见", Kind.TEXT),
        Printed("收到之日起三十日内可以申请复查。"),
        element("copies", "份数", Kind.COUNT, place=Place.PLAIN, wording="本件一式{}份。"),
        element("sign", "签名", Kind.SIGNATURES, place=Place.PLAIN, mark="（签名）"),
        element("seal", "印章", Kind.SEAL, place=Place.PLAIN, mark="（印章）"),
        element("dated", "日期", Kind.DATE, place=Place.PLAIN),
    ),
)
VALUES: dict[str, Value | None] = {
    "number": document_number("青云信字", year=2026, serial=12),
    "received": date(2026, 2, 10),
    "people": [
        {"name": "王甲", "address": "东坡村三组12号", "phone": "13900000001"},
        {"name": "李乙", "address": "东坡村三组13号"},
    ],
    "facts": "去年盖房占了半米。\n村里量过。",
    "grounds": "某法第二百八十八条。",
    "opinion": "支持。",
    "copies": 3,
    "sign": [Signer("经办人", "赵丙")],
    "seal": "青云镇人民政府",
    "dated": DAY,
}


def paper(**changed: Value | None) -> Paper:
    return fill(FORM, VALUES | changed, dated=DAY)
