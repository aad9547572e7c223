"""The committee and the mediators of the made-up township, set up before any dispute."""

from dataclasses import dataclass

from demo.mediating.register_text import Body
from shared.contracts.mediation_codes import CommitteeKind, MediatorKind

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_MEMBERS = {
    "测试子": (MediatorKind.CERTIFIED, MediatorKind.LEGAL_LITERATE),
    "测试丑": (MediatorKind.RETIRED_CADRE, MediatorKind.ELDER_MEMBER),
    "测试寅": (MediatorKind.RESPECTED_ELDER,),
    "测试卯": (MediatorKind.CERTIFIED,),
    "测试辰": (MediatorKind.RESPECTED_ELDER, MediatorKind.VILLAGER_REPRESENTATIVE),
}
"""By the names in the register's column 调解员 (mediator); none of them is a real name."""
_ROSTER = {
    MediatorKind.RETIRED_CADRE: 32,
    MediatorKind.CERTIFIED: 15,
    MediatorKind.RESPECTED_ELDER: 28,
}
"""How many of each kind the reference year has; we choose that nobody is of two of them."""


def _roster() -> dict[str, tuple[MediatorKind, ...]]:
    found = dict(_MEMBERS)
    for kind, people in _ROSTER.items():
        of_kind = sum(kind in kinds for kinds in _MEMBERS.values())
        for _ in range(people - of_kind):
            tens, ones = divmod(len(found), len(_STEMS))
            found[f"测试员{_STEMS[tens]}{_STEMS[ones]}"] = (kind,)
    return found


MEMBERS = tuple(_MEMBERS)
MEDIATORS = _roster()
"""Everybody on the roster: the members of the committee first."""

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
    """The body that makes them the committee for three years."""
    return {
        "kind": CommitteeKind.TOWNSHIP,
        "name": "测试镇",
        "members": members,
        "women": 2,
        "term_from": _SINCE,
        "occurred_at": f"{_SINCE}T09:00:00+08:00",
    }
