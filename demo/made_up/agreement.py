"""Makes up an agreement: its instalments, and how they are performed."""

from collections import Counter
from datetime import date, timedelta

from demo.generate import written
from demo.made_up.chance import Chance

Row = dict[str, str]

_FATES = (
    *["in time"] * 86,
    *["late"] * 5,
    *["made good"] * 2,
    *["not performed"] * 4,
    *["refused"] * 2,
    "undone",
)


def agreement(chance: Chance, signed: date, papers: Counter[int]) -> Row:
    """The register's columns of the agreement; `papers` counts the agreements of each year."""
    days = _due_days(chance, signed)
    row = {"协议形式": "书面" if len(days) > 1 or chance.percent(60) else "口头"}
    if row["协议形式"] == "书面":
        papers[signed.year] += 1
        row["协议编号"] = f"测试镇人调〔{signed.year}〕{papers[signed.year]}号"
    kept = _kept(chance, days) if days else []
    return row | {"履行期限": "；".join(map(written, days)), "履行情况": "；".join(kept)}


def _due_days(chance: Chance, signed: date) -> list[date]:
    """No days for a promise without instalments, else one or two."""
    if chance.percent(50):
        return []
    first = signed + timedelta(days=7 + chance.below(45))
    return [first, first + timedelta(days=30)] if chance.percent(12) else [first]


def _kept(chance: Chance, days: list[date]) -> list[str]:
    """The performances by instalment and day; only the last may fail."""
    number, due = len(days), days[-1]
    before, after = (
        due - timedelta(days=chance.below(5)),
        due + timedelta(days=3 + chance.below(20)),
    )
    first = [_performed(place, day) for place, day in enumerate(days[:-1], start=1)]
    return first + _fate(chance.one_of(_FATES), number, before, due, after)


def _fate(fate: str, number: int, before: date, due: date, after: date) -> list[str]:
    broken = f"{written(due + timedelta(days=1))}到期未履行"
    return {
        "in time": [_performed(number, before)],
        "late": [_performed(number, after)],
        "made good": [broken, _performed(number, after)],
        "not performed": [broken],
        "refused": [f"{written(before)}明确拒绝履行"],
        "undone": [_performed(number, before), f"{written(after)}履行后反悔"],
    }[fate]


def _performed(number: int, day: date) -> str:
    return f"{written(day)}履行第{number}期"
