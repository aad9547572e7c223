"""The committee and the mediators of the made-up township, set up before any dispute."""

from dataclasses import dataclass

from demo.mediating.register_text import Body
from shared.contracts.mediation_codes import CommitteeKind, MediatorKind

MEDIATORS = {
    "测试子": (MediatorKind.CERTIFIED, MediatorKind.LEGAL_LITERATE),
    "测试丑": (MediatorKind.RETIRED_CADRE, MediatorKind.ELDER_MEMBER),
    "测试寅": (MediatorKind.RESPECTED_ELDER,),
    "测试卯": (MediatorKind.CERTIFIED,),
    "测试辰": (MediatorKind.VILLAGER_REPRESENTATIVE,),
}
"""By the names in the register's column 调解员 (mediator); none of them is a real name."""

_SINCE = "2023-03-01"


@dataclass(frozen=True)
class Committee:
    """The committee and its mediators by their ids from the API."""

    committee_id: str
    mediators: dict[str, str]
    """Id by name."""


def enrolment(name: str) -> Body:
    """The body that puts a mediator on the roster."""
    return {
        "person": {"name": name},
        "kinds": list(MEDIATORS[name]),
        "occurred_at": f"{_SINCE}T08:00:00+08:00",
    }


def establishment(members: list[str]) -> Body:
    """The body that makes all of them the committee for three years."""
    return {
        "kind": CommitteeKind.TOWNSHIP,
        "name": "测试镇",
        "members": members,
        "women": 2,
        "term_from": _SINCE,
        "occurred_at": f"{_SINCE}T09:00:00+08:00",
    }
