"""Units, posts and people of a made-up township, for the tests of who may act and read."""

from datetime import date
from typing import Any

from services.intake.domain.case import CASE, CaseFile
from services.intake.domain.participant import Capacity, Participant
from services.intake.domain.registry import Post, Registry, Unit
from shared.contracts.case_holding import CaseHandedOver, RecusalRecorded
from shared.contracts.case_holding_codes import RecusalReason
from shared.contracts.event import Event
from shared.contracts.intake import CaseFiled
from shared.contracts.unit_codes import HandOverReason, UnitType
from tests.intake.facts import ACCEPTED, CASE_ID, FILED, MATTER_ID

HERE, NEIGHBOUR, COUNTY = "519900101", "519900102", "519900"
BEGIN, TODAY = date(2025, 1, 1), date(2025, 6, 30)
ABOUT: dict[str, Any] = {"case_id": CASE_ID, "matter_id": MATTER_ID}


def unit(code: str, *, division: str = HERE, **more: Any) -> Unit:
    """`successor` is the code of a unit of the same division."""
    facts: dict[str, Any] = {"unit_type": UnitType.OTHER, "title": "某站"} | more
    if facts.get("successor"):
        facts["successor"] = f"id-{division}-{facts['successor']}"
    name = f"id-{division}-{code}"
    return Unit(unit_id=name, division=division, code=code, valid_from=BEGIN, **facts)


def post(code: str, of: str, *, division: str = HERE, **more: Any) -> Post:
    facts: dict[str, Any] = {"leads": False} | more
    name = f"id-{division}-{code}"
    return Post(post_id=name, division=division, code=code, unit=of, valid_from=BEGIN, **facts)


OFFICES = tuple(
    unit("petition-office", division=each, unit_type=UnitType.PETITION_OFFICE)
    for each in (HERE, NEIGHBOUR, COUNTY)
)
UNITS = (*OFFICES, unit("justice-office"), unit("water-station"), unit("labour-office"))
REGISTRY = Registry.of(
    UNITS,
    [
        post("post-wu", "justice-office", substitute="post-he", substitute_since=BEGIN),
        post("post-he", "justice-office"),
        post("head", "justice-office", leads=True),
        post("clerk", "petition-office"),
    ],
)
"""The handler of the example is `post-wu` of the justice office."""


def somebody(
    of: str | None = "labour-office",
    as_post: str | None = "post-other",
    *,
    division: str = HERE,
    capacity: Capacity = Capacity.OFFICIAL,
    sub: str = "subject",
) -> Participant:
    return Participant(division=division, capacity=capacity, unit=of, post=as_post, sub=sub)


def a_case(*events: Event) -> CaseFile:
    return CASE.fold([FILED, *events])


def complaint(about: str, *events: Event) -> CaseFile:
    filed: CaseFiled = FILED.model_copy(update={"complained_unit": about})
    return CASE.fold([filed, *events])


def handed_over(to_unit: str, to_post: str | None) -> CaseHandedOver:
    return CaseHandedOver(
        from_unit=ACCEPTED.responsible_unit,
        from_post=ACCEPTED.handler,
        to_unit=to_unit,
        to_post=to_post,
        reason=HandOverReason.DIVISION_OF_WORK,
        **ABOUT,
    )


def recused(who: str) -> RecusalRecorded:
    return RecusalRecorded(post=who, reason=RecusalReason.RELATIVE, **ABOUT)
