"""A petition of the scenario as commands of intake, each with the day and time when it happened."""

from collections.abc import Iterator
from datetime import date, timedelta

from demo.made_up.villages import villages_of
from demo.mediating.register_text import Body, Step
from demo.reference_year.scenario import End, Petition
from shared.contracts.case_codes import (
    FirstOrRepeat,
    Measure,
    OpinionResult,
    Purpose,
    ResolvedHow,
    Route,
    ServiceMethod,
)
from shared.contracts.case_handling_codes import StatementKind, StatementWay

_DAYS_TO_ACCEPTANCE, _DAYS_TO_ANSWER = 3, 20
_DAYS_OF_REVIEW = 45
"""More than the 30 days in which a review may be asked for [R35], with any day of rest after them."""
_DAYS_TO_WITHDRAW = 8
"""A stated withdrawal takes effect after seven days."""
_POST = "post-demo"


def filing(petition: Petition, township: str) -> Body:
    """The body that registers it."""
    return {
        "channel": petition.channel,
        "purpose": Purpose.REQUEST,
        "category": petition.category,
        "headcount": petition.headcount,
        "joint": petition.headcount > 1,
        "anonymous": False,
        "first_or_repeat": FirstOrRepeat.FIRST,
        "village_code": villages_of(township)[petition.village],
        "person": {"name": f"测试{petition.number}"},
        "narrative": f"{petition.village}：{petition.request}。",
        "occurred_at": _at(petition.filed_on, "09:00"),
    }


def steps(petition: Petition) -> Iterator[Step]:
    """What follows the filing, from the acceptance to the end."""
    on_the_spot = petition.end is End.SETTLED_ON_THE_SPOT
    accepted = petition.filed_on + timedelta(days=0 if on_the_spot else _DAYS_TO_ACCEPTANCE)
    yield Step(
        "accept",
        {
            "responsible_unit": petition.unit,
            "handler": _POST,
            "occurred_at": _at(accepted, "10:00"),
        },
    )
    match petition.end:
        case End.SETTLED_ON_THE_SPOT:
            yield _statement(StatementKind.SETTLED_ON_THE_SPOT, "问题已当场解决。", accepted)
            yield _resolution(ResolvedHow.ON_THE_SPOT, accepted)
        case End.OPINION_ACCEPTED:
            answered = accepted + timedelta(days=_DAYS_TO_ANSWER)
            yield _answer(petition, answered)
            yield _statement(StatementKind.OPINION_ACCEPTED, "认可处理意见。", answered)
            yield _resolution(ResolvedHow.OPINION_ACCEPTED, answered)
        case End.NOT_CHALLENGED:
            answered = accepted + timedelta(days=_DAYS_TO_ANSWER)
            yield _answer(petition, answered)
            over = answered + timedelta(days=_DAYS_OF_REVIEW)
            yield _resolution(ResolvedHow.TIME_FOR_REVIEW_PASSED, over)
        case End.DIVERTED:
            at = _at(accepted + timedelta(days=_DAYS_TO_ANSWER), "15:00")
            yield Step("divert", {"route": Route.LITIGATION, "occurred_at": at})
        case End.WITHDRAWN:
            yield from _withdrawal(accepted + timedelta(days=_DAYS_TO_ANSWER))


def _answer(petition: Petition, on: date) -> Step:
    return Step(
        "answer",
        {
            "result": OpinionResult.SUPPORTED,
            "measures": [Measure.SOLVE],
            "method": ServiceMethod.IN_PERSON,
            "opinion": {
                "claims": [{"claim": f"{petition.request}。", "opinion": "予以支持。"}],
                "facts": "经入户走访、实地勘查，反映的情况属实。",
                "reasons": "请求事实清楚，属于本机关职权范围。",
                "legal_basis": "《信访工作条例》第三十二条第一款第一项。",
                "review_unit": "示范县人民政府",
            },
            "occurred_at": _at(on, "15:00"),
        },
    )


def _statement(kind: StatementKind, text: str, on: date) -> Step:
    return Step(
        "record-statement",
        {
            "statement": kind,
            "way": StatementWay.IN_PERSON,
            "taken_by": _POST,
            "text": text,
            "occurred_at": _at(on, "16:00"),
        },
    )


def _resolution(how: ResolvedHow, on: date) -> Step:
    on_site = how is ResolvedHow.ON_THE_SPOT
    return Step("resolve", {"how": how, "on_site": on_site, "occurred_at": _at(on, "17:00")})


def _withdrawal(on: date) -> Iterator[Step]:
    yield Step(
        "state-withdrawal",
        {
            "way": StatementWay.IN_WRITING,
            "taken_by": _POST,
            "text": "自愿撤回。",
            "occurred_at": _at(on, "16:00"),
        },
    )
    over = on + timedelta(days=_DAYS_TO_WITHDRAW)
    yield Step("withdraw", {"statement_recorded": True, "occurred_at": _at(over, "09:00")})


def _at(day: date, clock: str) -> str:
    return f"{day.isoformat()}T{clock}:00+08:00"
