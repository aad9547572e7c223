"""board: how long readers wait at intake's API with a million cases, asked fifty times a second.

Each of the questions of a day's work is asked at the pace of an open loop: what is late is not
asked later, so that waiting shows. A petitioner is looked up by telephone, with a line of the log of
openings each time, as a clerk does before registering. The slowest hundredth is the figure; `rows`
tells of how many cases, `--quick` takes fewer.
"""

import asyncio
import itertools
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, LiteralString

import httpx
import psycopg

from shared.identity import Role
from shared.keyed_marks import KeyedMarks
from shared.testing.tokens import TokenMaker
from tests.bench.doors import MARK_KEY, intake
from tests.bench.figures import Reach, Result, Run
from tests.bench.filling import fill
from tests.bench.issuer import issuing
from tests.bench.sample import FILING
from tests.bench.stage import TOWNSHIPS, Stage
from tests.intake.doors import fresh_intake
from tests.parts import FreshDatabase

A_SECOND = 50
MOST_MILLISECONDS = 30
UNITS = ("petition-office", "justice-office", "water-station", "labour-office")
LOOK_UP = "/persons/look-up"
Ask = Callable[[int], tuple[str, dict[str, str], Mapping[str, Any]]]

# one case in twenty is open, with one of four units, and due within two months
_SPREAD: LiteralString = """
    update case_board as board set
        state = case when made.n %% 20 = 0 then 'accepted' else 'closed' end,
        came_to = case when made.n %% 20 = 0 then 'accepted'
                       when made.n %% 50 = 1 then 'withdrawn' else 'resolved' end,
        reached = case when made.n %% 20 = 0 then array['filed', 'accepted']
                       else array['filed', 'accepted', 'answered', 'resolved', 'closed'] end,
        at_division = board.division_code,
        at_unit = case when made.n %% 20 = 0
                       then (%(units)s::text[])[1 + (made.n / 20 %% 4)::integer] end,
        responsible_unit = (%(units)s::text[])[1 + (made.n %% 4)::integer],
        number = '519900-2025-LF-' || right(board.division_code, 2)
                 || lpad(made.n::text, 7, '0') || '-0',
        handler = 'post-' || made.n %% 40,
        urgent = made.n %% 97 = 0,
        due_at = now() + (made.n %% 60 - 5) * interval '1 day'
    from (select case_id, row_number() over (partition by division_code order by case_id) as n
          from case_board) as made
    where board.case_id = made.case_id
"""


# every case has the mark of a telephone; those of the sample one that can be asked for
_MARKS: LiteralString = """
    insert into person_mark (division_code, case_id, person_ref, digest, kind, mark)
    select division_code, case_id, person_ref, md5(case_id), 'phone',
           coalesce(sample.mark, md5(person_ref) || md5(case_id))
    from case_board
    left join unnest(%(case_ids)s::text[], %(marks)s::text[]) as sample (of_case, mark)
         on sample.of_case = case_id
"""


async def bench(stage: Stage) -> list[Result]:
    database = fresh_intake(stage.postgres)
    rows = int(stage.sized(1_000_000, 60_000))
    fill(database, rows)
    numbers = _spread(database)
    seconds = stage.sized(20, 4)
    with (
        issuing(stage.port()) as tokens,
        intake(stage, database.dsn, issuer=tokens.issuer) as port,
    ):
        real = await _filed(port, tokens)
        return [
            await _asked(port, tokens, name, ask, seconds=seconds, rows=rows)
            for name, ask in _questions(numbers, real).items()
        ]


async def _filed(port: int, tokens: TokenMaker) -> list[str]:
    """Cases with a petitioner's file that can be opened, one in each township."""
    async with httpx.AsyncClient(base_url=_base(port), trust_env=False, timeout=60) as http:
        found = []
        for division in TOWNSHIPS:
            headers = _bearer(tokens, division, UNITS[0])
            answer = await http.post(f"/townships/{division}/cases", json=FILING, headers=headers)
            assert answer.status_code == 201, answer.text
            found.append(str(answer.json()["case_id"]))
            body = {"responsible_unit": UNITS[0]}
            answer = await http.post(f"/cases/{found[-1]}/accept", json=body, headers=headers)
            assert answer.status_code == 200, answer.text
    return found


def _base(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _spread(database: FreshDatabase) -> list[tuple[str, str, str]]:
    """Division, id and number of some cases."""
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute("set synchronous_commit = off")
        connection.execute(_SPREAD, {"units": list(UNITS)})
        connection.execute("vacuum analyze case_board")
        found = connection.execute(
            "select division_code, case_id, number from case_board"
            " tablesample system (0.1) limit 500"
        ).fetchall()
        case_ids = [each[1] for each in found]
        marks = [_mark(turn) for turn in range(len(case_ids))]
        connection.execute(_MARKS, {"case_ids": case_ids, "marks": marks})
        connection.execute("analyze person_mark")
    return [(str(a), str(b), str(c)) for a, b, c in found]


def _phone(turn: int) -> str:
    """Of two cases of the sample each."""
    return f"138{turn // 2:08d}"


def _mark(turn: int) -> str:
    (mark,) = KeyedMarks.from_base64(MARK_KEY).of_phones(_phone(turn))
    return mark


def _questions(cases: list[tuple[str, str, str]], real: list[str]) -> Mapping[str, Ask]:
    def case(turn: int) -> tuple[str, str, str]:
        return cases[turn % len(cases)]

    def unit(turn: int) -> dict[str, str]:
        return {"unit": UNITS[turn % len(UNITS)], "post": f"post-{turn % 40}"}

    filters: list[Mapping[str, Any]] = [
        {},
        {"state": "withdrawn"},
        {"handler": "post-7"},
        {"responsible_unit": "water-station"},
        {"urgent": "true"},
        {"q": "land"},
        {"order": "due"},
    ]

    def person(turn: int) -> tuple[str, dict[str, str], Mapping[str, Any]]:
        asking = {"unit": UNITS[0], "post": f"post-{turn % 400}"}
        return LOOK_UP, asking, {"phone": _phone(turn % len(cases))}

    return {
        "look-up": person,
        "search by number": lambda turn: ("/cases", unit(turn), {"q": case(turn)[2]}),
        "one case": lambda turn: (f"/cases/{real[turn % len(real)]}", unit(0), {}),
        "board": lambda turn: ("/cases", unit(turn), filters[turn % len(filters)]),
        "work list": lambda turn: ("/work", unit(turn), {}),
    }


async def _asked(
    port: int, tokens: TokenMaker, name: str, ask: Ask, *, seconds: float, rows: int
) -> Result:
    took: list[float] = []

    @cache
    def bearer(division: str, unit: str, post: str) -> dict[str, str]:
        return _bearer(tokens, division, unit, post)

    async with httpx.AsyncClient(base_url=_base(port), trust_env=False, timeout=60) as http:

        async def one(turn: int) -> None:
            path, claims, query = ask(turn)
            division = path.removeprefix("/cases/")[:9] if path.startswith("/cases/") else None
            division = division or TOWNSHIPS[turn % len(TOWNSHIPS)]
            headers = bearer(division, claims["unit"], claims.get("post", "post-7"))
            began = time.perf_counter()
            if path == LOOK_UP:
                answer = await http.post(path, json=dict(query), headers=headers)
            else:
                answer = await http.get(path, params=dict(query), headers=headers)
            took.append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200, f"{path}: {answer.text}"

        for turn in range(A_SECOND):  # statements are prepared, the registry is read
            await one(turn)
        took.clear()
        async with asyncio.TaskGroup() as group:
            for turn in _paced(int(A_SECOND * seconds)):
                group.create_task(one(turn))
                await asyncio.sleep(1 / A_SECOND)
    slowest = statistics.quantiles(took, n=100)[98]
    beside = {"p50": statistics.median(took), "rows": float(rows), "asked": float(len(took))}
    reach = Reach(MOST_MILLISECONDS, "at most", "ours")
    return Result(f"board: {name}", "ms p99", reach, [Run(slowest, None)], beside)


def _paced(count: int) -> Iterator[int]:
    return itertools.islice(itertools.count(), count)


def _bearer(tokens: TokenMaker, division: str, unit: str, post: str = "post-7") -> dict[str, str]:
    claims = {"unit": unit, "post": post}
    token = tokens.token(Role.CLERK, division, expires_in=3600, **claims)
    return {"Authorization": f"Bearer {token}"}
