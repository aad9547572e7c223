"""The committee of the made-up township and its mediators, as they come before any dispute."""

from dataclasses import dataclass

from demo.mediating.told import Body
from shared.contracts.mediation_codes import CommitteeKind, MediatorKind

MEDIATORS = {
    "测试子": (MediatorKind.CERTIFIED, MediatorKind.LEGAL_LITERATE),
    "测试丑": (MediatorKind.RETIRED_CADRE, MediatorKind.ELDER_MEMBER),
    "测试寅": (MediatorKind.RESPECTED_ELDER,),
    "测试卯": (MediatorKind.CERTIFIED,),
    "测试辰": (MediatorKind.VILLAGER_REPRESENTATIVE,),
}
"""By the names that the register has in its column 调解员; nobody is called so."""

_SINCE = "2023-03-01"


@dataclass(frozen=True)
class Committee:
    """By the ids that the doors gave."""

    committee_id: str
    mediators: dict[str, str]
    """Id by name."""


def enrolment(name: str) -> Body:
    """Somebody comes onto the roster."""
    return {
        "person": {"name": name},
        "kinds": list(MEDIATORS[name]),
        "occurred_at": f"{_SINCE}T08:00:00+08:00",
    }


def establishment(members: list[str]) -> Body:
    """And all of them are the committee for three years."""
    return {
        "kind": CommitteeKind.TOWNSHIP,
        "name": "测试镇",
        "members": members,
        "women": 2,
        "term_from": _SINCE,
        "occurred_at": f"{_SINCE}T09:00:00+08:00",
    }
