"""The transport reaches into Faust: it is made for exact versions and has to be fast with them."""

import time
from importlib.metadata import version

import pytest

from shared.streaming import transport
from shared.streaming.transport import MADE_FOR
from tests.shared.ledgers import DIVISION
from tests.shared.streams import SlowAtFirst, Trial, ledger, until


@pytest.mark.parametrize("library", MADE_FOR)
def test_the_libraries_are_those_that_it_was_made_for(library: str) -> None:
    assert version(library) == MADE_FOR[library], "run these tests, then change MADE_FOR"


@pytest.mark.parts
async def test_full_buffers_cost_no_second(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    # 400 chunks for buffers of 16: Faust's own loop would sleep a second some 25 times
    monkeypatch.setattr(transport, "CHUNK_RECORDS", 50)
    await trial.send(ledger(20_000))
    async with trial.worker(SlowAtFirst(0.5)):
        await until(lambda: _count(trial) > 0, what="the first chunk")
        began = time.monotonic()
        await until(lambda: _count(trial) == 20_000, within=40, what="every event")
    assert time.monotonic() - began < 10
    assert trial.folded() == {DIVISION: list(range(1, 20_001))}


def _count(trial: Trial) -> int:
    return trial.count("select count(*) from folded")
