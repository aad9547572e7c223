"""处理意见书 (the handling opinion): every part that the regulation names [R32, R35]."""

from services.intake.papers.elements import (
    LAW,
    OFFICE,
    dated,
    line,
    number,
    petitioner,
    received,
    seal,
)
from shared.papers import Element, Form, Kind, Place, Printed

OPINION = Form(
    id="handling-opinion",
    zh="信访事项处理意见书",
    en="handling opinion",
    source=f"{LAW} 31(6), 32",
    body=(
        Element(
            id="matter",
            zh="信访事项",
            en="matter",
            kind=Kind.TEXT,
            source=OFFICE,
            place=Place.TITLE,
            wording="关于{}信访事项的处理意见书",
        ),
        number(),
        petitioner(),
        received(),
        line("channel", "信访形式", "how it came", OFFICE),
        Printed("根据《信访工作条例》第三十一条、第三十二条的规定，现将处理意见答复如下："),
        line("claims", "投诉请求", "claims", f"{LAW} 32"),
        line("facts", "查明的事实", "facts found", f"{LAW} 32"),
        line("reasons", "理由", "reasons", f"{LAW} 32"),
        line("legal_basis", "法律法规依据", "legal basis", f"{LAW} 32"),
        line("opinions", "处理意见", "opinion on each claim", f"{LAW} 32"),
        line("remedy", "救济途径和期限", "remedy and its term", f"{LAW} 35"),
        line("contact", "联系方式", "contact", OFFICE),
        seal(),
        dated(OFFICE),
    ),
)
