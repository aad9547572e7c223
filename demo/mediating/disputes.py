"""Reads the bundled register of mediations; each row becomes a series of commands."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from demo.made_up.villages import villages_of
from demo.mediating.agreements import performances, signing
from demo.mediating.committee import Committee
from demo.mediating.register_text import Body, Row, Step, coded, moment, parts
from shared.contracts.case_codes import Category
from shared.contracts.mediation_codes import (
    ConsentHow,
    DisputeKind,
    FailureGround,
    MediationOrigin,
    OtherRoute,
    PartySide,
    PlaceKind,
    ReferredBy,
    RoomRole,
    SessionMode,
    TerminationGround,
)

_ROUTES = [OtherRoute.COURT, OtherRoute.MEDIATION_AGAIN]


@dataclass(frozen=True)
class Dispute:
    """One row: the application, and the steps after it, at least one."""

    number: str
    application: Body
    steps: tuple[Step, ...]


def read_disputes(register: Path, township: str, committee: Committee) -> list[Dispute]:
    """Every row in its order, in villages of that township."""
    codes = villages_of(township)
    with register.open(encoding="utf-8-sig", newline="") as text:
        return [_dispute(row, codes, committee) for row in csv.DictReader(text)]


def _dispute(row: Row, villages: dict[str, str], committee: Committee) -> Dispute:
    application = _application(row, committee) | {"village_code": villages[row["村(社区)"]]}
    return Dispute(row["登记编号"], application, tuple(_steps(row, committee)))


def _application(row: Row, committee: Committee) -> Body:
    application = {
        "origin": coded(MediationOrigin, row["纠纷来源"]),
        "category": coded(Category, row["内容分类"]),
        "dispute_kind": coded(DisputeKind, row["纠纷类型"]),
        "committee_id": committee.committee_id,
        "applicants": [{"person": {"name": row["申请方"]}}],
        "respondents": [{"person": {"name": row["被申请方"]}}],
        "narrative": row["纠纷简况"],
        "occurred_at": moment(row["申请日期"], "08:30"),
    }
    if row["移送单位"]:
        application["referred_by"] = coded(ReferredBy, row["移送单位"])
    return application


def _steps(row: Row, committee: Committee) -> Iterator[Step]:
    if row["双方同意日期"]:
        yield from _consents(row)
    if row["调解员"]:
        mediator_id = committee.mediators[row["调解员"]]
        at = moment(row["双方同意日期"], "09:30")
        yield Step("assign", {"mediator_id": mediator_id, "occurred_at": at})
        yield from _sessions(row, mediator_id)
        if row["结果"] == "达成协议":
            yield signing(row, mediator_id)
            yield from performances(row)
    yield from _end(row)


def _consents(row: Row) -> Iterator[Step]:
    """The consents; who applies has consented by that."""
    applied = row["纠纷来源"] == MediationOrigin.APPLIED.label
    for side in (PartySide.RESPONDENT,) if applied else PartySide:
        at = moment(row["双方同意日期"], "09:00")
        yield Step("consent", {"side": side, "how": ConsentHow.ORALLY, "occurred_at": at})


def _sessions(row: Row, mediator_id: str) -> Iterator[Step]:
    for day, text in parts(row["调解情况"]):
        mode, _, side = text.rstrip(")").partition("(")
        held: Body = {
            "mode": coded(SessionMode, mode),
            "place_kind": PlaceKind.MEDIATION_ROOM,
            "mediator_id": mediator_id,
            "people": {RoomRole.PARTY: 1 if side else 2, RoomRole.MEDIATOR: 1},
            "occurred_at": moment(day, "14:30"),
        }
        yield Step("hold-session", held | ({"side": coded(PartySide, side)} if side else {}))


def _end(row: Row) -> Iterator[Step]:
    """An end without an agreement; the parties are told of the other routes."""
    end: Body = {"routes_told": _ROUTES}
    if row["结果日期"]:
        end["occurred_at"] = moment(row["结果日期"], "16:30")
    match row["结果"]:
        case "调解不成":
            yield Step("fail", end | {"ground": coded(FailureGround, row["原因"])})
        case "不同意调解":
            yield Step("refuse", end | {"side": PartySide.RESPONDENT})
        case "终止":
            yield Step("terminate", end | {"ground": coded(TerminationGround, row["原因"])})
        case "达成协议" | "在调":
            return
        case unknown:
            raise ValueError(f"{unknown!r} is no result of a mediation")
