"""How a mediation begins: someone applies or is referred, and both sides consent."""

from services.mediation.papers.forms.elements import (
    FILE_FORMAT,
    FREE_AND_VOLUNTARY,
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
from shared.papers import Form, Kind, Printed

APPLICATION = Form(
    id="mediation-application",
    zh="人民调解申请书",
    en="application for mediation",
    source=f"{LAW} 17, 18",
    body=(
        parties(FILE_FORMAT),
        text("facts", "纠纷简要情况", "the dispute in short", FILE_FORMAT),
        text("request", "申请事项", "what is applied for", FILE_FORMAT),
        Printed("人民调解委员会已将申请人的权利和义务告知我，现自愿申请人民调解委员会进行调解。"),
        Printed(FREE_AND_VOLUNTARY),
        signatures("applicants", "申请人签名", "applicants' signatures", FILE_FORMAT),
        dated(FILE_FORMAT, "申请日期", "date of application"),
    ),
)

CONSENT = Form(
    id="mediation-consent",
    zh="人民调解受理同意书",
    en="acceptance of mediation with both sides' consent",
    source=f"{LAW} 3, 17, 27",
    body=(
        number(required=False),
        line("origin", "纠纷来源", "how the dispute came", f"{LAW} 17, 18"),
        line("category", "纠纷类别", "category of the dispute", required=False),
        line("accepted", "受理日期", "date of acceptance", f"{LAW} 27", kind=Kind.DATE),
        parties(FILE_FORMAT),
        text("facts", "纠纷简要情况", "the dispute in short", f"{LAW} 27"),
        line("mediators", "人民调解员", "mediators", f"{LAW} 19"),
        text(
            "rights_told", "已告知的权利义务", "rights and duties that were told", f"{LAW} 23, 24"
        ),
        Printed("各方当事人自愿接受上述人民调解员调解，对人民调解员无回避请求。"),
        Printed(FREE_AND_VOLUNTARY),
        signatures("consenting", "当事人签名", "the parties' signatures", f"{LAW} 3, 17"),
        signatures(
            "mediator", "人民调解员签名", "mediator's signature", FILE_FORMAT, mark=SIGNED_BY_HAND
        ),
        seal(FILE_FORMAT),
        dated(FILE_FORMAT),
    ),
)
