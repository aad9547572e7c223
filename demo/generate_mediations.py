"""Makes the bundled register of mediations: `python -m demo.generate_mediations`.

The same rows every time, of the township and year of the reference year: 312 disputes that were
mediated and ended in that year, 298 of them with an agreement; some that were not mediated, and
some that the new year found open. Nobody and nothing in it exists.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from demo.generate import STEMS, VILLAGES, written
from demo.made_up.agreement import agreement
from demo.made_up.chance import Chance
from demo.made_up.proceedings import proceedings
from demo.made_up.quarrels import QUARRELS

MEDIATIONS = Path(__file__).parent / "mediations.csv"

COLUMNS = (
    "登记编号", "申请日期", "纠纷来源", "移送单位", "纠纷类型", "内容分类", "村(社区)", "申请方",
    "被申请方", "纠纷简况", "双方同意日期", "调解员", "调解情况", "结果", "结果日期", "原因",
    "协议形式", "协议编号", "协议内容", "履行期限", "履行情况",
)  # fmt: skip

_IN_THE_YEAR = ["达成协议"] * 298 + ["调解不成"] * 14 + ["不同意调解"] * 9 + ["终止"] * 5
_INTO_THE_NEXT = ["达成协议"] * 3 + ["调解不成"] + ["在调"] * 6
_DAYS = 328  # what comes by the end of November has ended before the year does
_FIRST_DAY = date(2025, 1, 2)
_LAST_WEEKS = date(2025, 12, 18)

_ORIGINS = ("当事人申请",) * 18 + ("主动调解", "移送委派")
_REFERRERS = ("公安机关", "公安机关", "人民法院", "其他部门")

Row = dict[str, str]


def rows() -> Iterator[Row]:
    """The rows of the register, in the order in which the disputes came."""
    chance, papers = Chance(519900312), Counter[int]()
    for number, (day, result) in enumerate(_beginnings(chance), start=1):
        yield _row(chance, day, result, papers) | {"登记编号": f"2025-{number:03}"}


def _beginnings(chance: Chance) -> Iterator[tuple[date, str]]:
    """On which day each comes, and what will come of it."""
    results = chance.mixed(_IN_THE_YEAR)
    for place, result in enumerate(results):
        yield _FIRST_DAY + timedelta(days=place * _DAYS // len(results)), result
    for place, result in enumerate(chance.mixed(_INTO_THE_NEXT)):
        yield _LAST_WEEKS + timedelta(days=place), result


def _row(chance: Chance, day: date, result: str, papers: Counter[int]) -> Row:
    quarrel = chance.one_of(QUARRELS)
    about, terms = chance.one_of(quarrel.stories)
    row = dict.fromkeys(COLUMNS, "") | _coming(chance, day)
    row |= {"纠纷类型": quarrel.kind, "内容分类": quarrel.category, "结果": result}
    row["纠纷简况"] = f"{row['申请方']}与{row['被申请方']}为{about}起争执，请求调解。"
    columns, ended = proceedings(chance, day, result)
    row |= columns
    if ended and result == "达成协议":
        row |= agreement(chance, ended, papers) | {"协议内容": f"{terms}。"}
    return row


def _coming(chance: Chance, day: date) -> Row:
    origin = chance.one_of(_ORIGINS)
    return {
        "申请日期": written(day),
        "纠纷来源": origin,
        "移送单位": chance.one_of(_REFERRERS) if origin == "移送委派" else "",
        "村(社区)": chance.one_of(VILLAGES),
        # nobody is told to quarrel with a namesake
        "申请方": f"测试{chance.one_of(STEMS[:5])}{chance.one_of(STEMS)}",
        "被申请方": f"测试{chance.one_of(STEMS[5:])}{chance.one_of(STEMS)}",
    }


def write(path: Path) -> None:
    """The register as an office would save it from its spreadsheet."""
    with path.open("w", encoding="utf-8-sig", newline="") as text:
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())


if __name__ == "__main__":
    write(MEDIATIONS)
    print(f"{sum(1 for _ in rows())} rows in {MEDIATIONS}")
