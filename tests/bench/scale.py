"""scale: filing, accepting and listing with a million cases in the store, against ten thousand.

Two databases of the same shape, each behind a door of its own; the store is filled from beneath.
What is told is the time that a round of the three takes, with a few rounds at once.
"""

import itertools
from collections.abc import Iterator
from contextlib import ExitStack

import orjson

from shared.identity import Role
from shared.testing.tokens import TokenMaker
from tests.bench.command_http import filings
from tests.bench.doors import intake
from tests.bench.figures import Measure, Reach, Result, alternate
from tests.bench.filling import fill
from tests.bench.issuer import issuing
from tests.bench.stage import TOWNSHIPS, Stage
from tests.bench.wire import Answer, Caller, Line, get, post, rounds_a_second
from tests.intake.doors import ACCEPT, fresh_intake

_LINES = 4
_FEW = 10_000


async def bench(stage: Stage) -> list[Result]:
    many, seconds = int(stage.sized(1_000_000, 100_000)), stage.sized(6, 4)
    with ExitStack() as stack:
        tokens = stack.enter_context(issuing(stage.port()))
        ours = _round_over(stage, stack, tokens, cases=many, seconds=seconds)
        floor = _round_over(stage, stack, tokens, cases=_FEW, seconds=seconds)
        runs = await alternate(ours, floor)
    return [Result("scale", "ms/round", Reach(1.2, "at most"), runs, {"cases": many})]


def _round_over(
    stage: Stage, stack: ExitStack, tokens: TokenMaker, *, cases: int, seconds: float
) -> Measure:
    database = fresh_intake(stage.postgres)
    fill(database, cases)
    port = stack.enter_context(intake(stage, database.dsn, issuer=tokens.issuer))
    caller = _round(tokens)

    async def measure() -> float:
        return 1000 / await rounds_a_second(port, caller, lines=_LINES, seconds=seconds)

    return measure


def _round(tokens: TokenMaker) -> Caller:
    """File a case, accept it, look at the township's list."""
    townships = itertools.cycle(zip(TOWNSHIPS, _handlers(tokens), strict=True))
    # in step with the townships: both go round the same list
    begun = filings(tokens)

    async def go(line: Line) -> None:
        (code, headers), filing = next(townships), next(begun)
        case = _checked(await line.ask(filing), 201)["case_id"]
        verb, body = ACCEPT
        _checked(await line.ask(post(f"/cases/{case}/{verb}", body, **headers)), 200)
        _checked(await line.ask(get(f"/cases?division={code}", **headers)), 200)

    return go


def _handlers(tokens: TokenMaker) -> Iterator[dict[str, str]]:
    for code in TOWNSHIPS:
        token = tokens.token(Role.HANDLER, code, expires_in=3600)
        yield {"Authorization": f"Bearer {token}"}


def _checked(answer: Answer, status: int) -> dict[str, str]:
    if answer.status != status:
        raise AssertionError(answer.body.decode())
    found: dict[str, str] = orjson.loads(answer.body)
    return found
