"""Commands for an agreement of the bundled register: signing, performance, breach."""

import re
from collections.abc import Iterator

from demo.mediating.register_text import Body, Row, Step, coded, day, moment, parts
from shared.contracts.agreement_codes import (
    AgreementForm,
    AgreementPart,
    BreachGround,
    LegalityPoint,
)
from shared.contracts.mediation_codes import OtherRoute

_PARTS = {
    AgreementForm.WRITTEN: list(AgreementPart),
    AgreementForm.ORAL: [
        AgreementPart.PARTIES,
        AgreementPart.ISSUE,
        AgreementPart.TERMS,
        AgreementPart.PERFORMANCE_MODE,
        AgreementPart.PERFORMANCE_DATE,
        AgreementPart.MEDIATOR_SIGNATURE,
    ],
}
_PERFORMED = re.compile(r"履行第(\d+)期")


def signing(row: Row, mediator_id: str) -> Step:
    """The signing with the register's text, and its number if it is written."""
    form = AgreementForm.of(coded(AgreementForm, row["协议形式"]))
    body: Body = {
        "form": form,
        "mediator_id": mediator_id,
        "legality": {"checked": list(LegalityPoint)},
        "instalments": [day(due).isoformat() for due, _ in parts(row["履行期限"])],
        "text": row["协议内容"],
        "parts": _PARTS[form],
        "occurred_at": moment(row["结果日期"], "16:30"),
    }
    return Step("sign", body | ({"number": row["协议编号"]} if row["协议编号"] else {}))


def performances(row: Row) -> Iterator[Step]:
    """Performances and breaches in their order."""
    for on, text in parts(row["履行情况"]):
        at = moment(on, "10:00")
        if performed := _PERFORMED.fullmatch(text):
            body = {"instalment": int(performed[1]), "occurred_at": at}
            yield Step("perform-instalment", body)
        else:
            ground = coded(BreachGround, text)
            routes = [OtherRoute.COURT, OtherRoute.MEDIATION_AGAIN]
            body = {"ground": ground, "routes_offered": routes, "occurred_at": at}
            yield Step("breach", body)
