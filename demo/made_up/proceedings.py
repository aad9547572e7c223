"""Makes up the proceedings of a dispute: consents, mediator, sessions, end."""

from datetime import date, timedelta

from demo.generate import written
from demo.made_up.chance import Chance

Row = dict[str, str]

_MEDIATORS = ("测试子", "测试丑", "测试寅", "测试卯", "测试辰")
_NEW_YEAR = date(2026, 1, 1)
_MODES = ("背靠背(申请方)", "背靠背(被申请方)", "面对面")
_FAILED_FOR = ("未达成协议", "未达成协议", "当事人不到场", "当事人选择其他途径")
_TERMINATED_FOR = ("无法联系当事人", "不属于人民调解范围", "已由其他途径处理")


def proceedings(chance: Chance, day: date, result: str) -> tuple[Row, date | None]:
    """The register's columns of the proceedings, and the day of the end, if any."""
    asked = day + timedelta(days=chance.below(4))
    if result == "不同意调解":
        return _ended(asked, "被申请方不同意调解"), asked
    row = {"双方同意日期": written(asked)}
    if result == "终止":
        end = asked + timedelta(days=1 + chance.below(5))
        return row | _ended(end, chance.one_of(_TERMINATED_FOR)), end
    days = _days(chance, asked, result)
    row |= {"调解员": chance.one_of(_MEDIATORS), "调解情况": _sessions(chance, days)}
    if result == "在调":
        return row, None
    reason = chance.one_of(_FAILED_FOR) if result == "调解不成" else ""
    return row | _ended(days[-1], reason), days[-1]


def _ended(day: date, reason: str) -> Row:
    return {"结果日期": written(day), "原因": reason}


def _days(chance: Chance, asked: date, result: str) -> list[date]:
    """The days of the sessions; late applications end in the next year, or not yet."""
    day = asked + timedelta(days=1 + chance.below(4))
    days = [day]
    for _ in range(_further(chance, result)):
        day += timedelta(days=2 + chance.below(5))
        days.append(day)
    if asked.month < 12:
        return days
    if result == "在调":
        return [day for day in days if day < _NEW_YEAR]
    return [*days[:-1], max(days[-1], _NEW_YEAR + timedelta(days=1 + chance.below(12)))]


def _further(chance: Chance, result: str) -> int:
    """The number of sessions after the first."""
    if result == "调解不成":
        return 1 + chance.below(2)
    return chance.one_of((0, 0, 0, 0, 0, 0, 0, 0, 1, 2))


def _sessions(chance: Chance, days: list[date]) -> str:
    """Both sides meet in the last one; before it the mediator may see one of them alone."""
    modes = [chance.one_of(_MODES) for _ in days]
    modes[-1:] = ["面对面"] if days else []
    return "；".join(f"{written(day)}{mode}" for day, mode in zip(days, modes, strict=True))
