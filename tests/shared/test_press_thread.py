"""The printer: one job at a time, a bounded queue, and a job that nobody waits for still counts."""

import asyncio
import threading

import pytest

from shared.http.refusals import TooBusy
from shared.office.press_thread import _MOST_WAITING, PressThread
from shared.papers import Press


class Slow:
    """A job that ends when it may."""

    def __init__(self) -> None:
        self.may_end = threading.Event()

    def __call__(self, _: Press) -> int:
        self.may_end.wait(20)
        return 7


async def test_no_more_than_so_many_jobs_wait() -> None:
    thread, slow = PressThread(), Slow()
    jobs = [asyncio.create_task(thread.run(slow)) for _ in range(_MOST_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(TooBusy):
        await thread.run(slow)
    for job in jobs[:5]:
        job.cancel()
    await asyncio.sleep(0)
    with pytest.raises(TooBusy):
        await thread.run(slow)
    slow.may_end.set()
    assert await asyncio.gather(*jobs[5:]) == [7] * (_MOST_WAITING - 5)
    assert await thread.run(slow) == 7
