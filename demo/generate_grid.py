"""Makes the tables of villages, grids and grid workers: `python -m demo.generate_grid`.

The same rows every time, of the township of the reference year: 21 villages, 106 grids, 112
workers. Nobody in it exists.

Our choices, where the summary is silent: all 106 are basic grids, eight in each community and four
or five in each village. 100 workers have a grid of their own, six of them a second one; twelve
others share a grid with somebody. 58 of the 112 are full-time. In March one grid has nobody for
seven days, and in July a substitute serves for a week.
"""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from demo.generate import STEMS, written
from demo.made_up.chance import Chance
from demo.made_up.villages import all_villages_of

_HERE = Path(__file__).parent
TOWNSHIP = "519900101"
VILLAGES, GRIDS, WORKERS = (
    _HERE / f"{name}.csv" for name in ("villages", "grids", "grid_workers")
)

_VILLAGE_COLUMNS = ("区划代码", "名称", "性质", "设立日期")
_GRID_COLUMNS = ("网格编码", "网格名称", "类别", "启用日期")
_WORKER_COLUMNS = (
    "工号", "姓名", "专兼职", "聘任日期", "网格编码", "职责", "起始日期", "截止日期",
)  # fmt: skip

SINCE = date(2025, 1, 1)
"""The grids were drawn, and their workers assigned, at the beginning of the year."""
_IN_A_COMMUNITY = 8
_VILLAGES_WITH_FIVE = 10
_GRIDS_OF_ANOTHER = (12, 30, 48, 66, 84, 102)
"""Places of the grids whose worker has the grid before them as well."""
_SHARED = (3, 9, 18, 27, 36, 45, 54, 63, 72, 81, 90, 99)
"""Places of the grids that two serve."""
_FULL_TIME = 58
_LEAVES, _COMES = date(2025, 3, 9), date(2025, 3, 17)
_STANDS_IN = date(2025, 7, 7), date(2025, 7, 13)

Row = tuple[str, ...]


def villages() -> Iterator[Row]:
    """The rows of the villages."""
    for name, code in all_villages_of(TOWNSHIP).items():
        yield code, name, "社区" if name.endswith("社区") else "村", "2015年1月1日"


def grids() -> Iterator[Row]:
    """The rows of the grids, village by village."""
    with_five = _VILLAGES_WITH_FIVE
    for name, code in all_villages_of(TOWNSHIP).items():
        if name.endswith("社区"):
            number = _IN_A_COMMUNITY
        else:
            number, with_five = (5, with_five - 1) if with_five else (4, 0)
        for place in range(1, number + 1):
            yield f"{code}{place:03}", f"{name}第{place}网格", "基础网格", written(SINCE)


def workers() -> Iterator[Row]:
    """The rows of the workers, one for each grid that they serve."""
    chance, codes = Chance(519900112), [row[0] for row in grids()]
    people = list(_people(chance))
    own = [place for place in range(len(codes)) if place not in _GRIDS_OF_ANOTHER]
    sharing = people[len(own) :]
    for person, place in zip(people, own, strict=False):
        yield _serving(person, codes[place], SINCE)
        if place + 1 in _GRIDS_OF_ANOTHER:
            late = place + 1 == _GRIDS_OF_ANOTHER[0]
            yield _serving(person, codes[place + 1], _COMES if late else SINCE)
    for person, place in zip(sharing, _SHARED, strict=True):
        yield _serving(person, codes[place], SINCE)
    # who has the first of these grids until then goes on in the grid that they share
    yield _serving(sharing[0], codes[_GRIDS_OF_ANOTHER[0]], SINCE, until=_LEAVES)
    yield _serving(sharing[1], codes[0], _STANDS_IN[0], until=_STANDS_IN[1], duty="替班")


def _people(chance: Chance) -> Iterator[Row]:
    """Number, name, employment and the day since when, of each of the 112."""
    number = 112
    employed = chance.mixed(["专职"] * _FULL_TIME + ["兼职"] * (number - _FULL_TIME))
    for place in range(number):
        hundreds, rest = divmod(place, 100)
        name = f"测试网{STEMS[hundreds]}{STEMS[rest // 10]}{STEMS[rest % 10]}"
        since = date(2020 + chance.below(5), 1 + chance.below(12), 1 + chance.below(28))
        yield f"W{place + 1:03}", name, employed[place], written(since)


def _serving(
    person: Row, grid: str, first: date, *, until: date | None = None, duty: str = "责任网格员"
) -> Row:
    return (*person, grid, duty, written(first), written(until) if until else "")


_TABLES = (
    (VILLAGES, _VILLAGE_COLUMNS, villages),
    (GRIDS, _GRID_COLUMNS, grids),
    (WORKERS, _WORKER_COLUMNS, workers),
)


def write(folder: Path) -> None:
    """The three tables as an office would save them from its spreadsheets."""
    for table, columns, rows in _TABLES:
        _write(folder / table.name, columns, list(rows()))


def _write(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


if __name__ == "__main__":
    write(_HERE)
    for table, _, rows in _TABLES:
        print(f"{sum(1 for _ in rows())} rows in {table}")
