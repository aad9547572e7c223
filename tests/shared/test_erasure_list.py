"""The list of erased files: outside the database, and applied again before anybody is answered."""

import asyncio
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.http import Router, build_app
from shared.vault.erasure_list import ErasedFile, ErasureList, ErasureListUnusable

FILES = st.frozensets(
    st.builds(ErasedFile, st.just("519900101"), st.text("0123456789abcdef-", min_size=1)),
    max_size=8,
)


@given(FILES, FILES)
def test_what_was_added_is_read(
    tmp_path_factory: pytest.TempPathFactory,
    first: frozenset[ErasedFile],
    second: frozenset[ErasedFile],
) -> None:
    kept = ErasureList(tmp_path_factory.mktemp("list") / "intake.erased")
    assert kept.read() == frozenset()
    kept.add(first)
    kept.add(second)
    assert kept.read() == first | second
    assert not kept.file.exists() or kept.file.stat().st_mode & 0o077 == 0


def test_a_line_that_a_crash_cut_short_is_written_again(tmp_path: Path) -> None:
    kept = ErasureList(tmp_path / "intake.erased")
    first, second = ErasedFile("519900101", "a"), ErasedFile("519900101", "b")
    kept.add([first])
    with kept.file.open("ab") as opened:
        opened.write(b'{"division":"5199')
    assert kept.read() == {first}
    kept.add([second])
    assert kept.read() == {first, second}


def test_a_list_that_somebody_broke_is_refused(tmp_path: Path) -> None:
    kept = ErasureList(tmp_path / "intake.erased")
    kept.file.write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(ErasureListUnusable):
        kept.read()


async def test_nobody_is_answered_before_the_list_is_applied() -> None:
    router = Router(open_to_all=True)

    @router.get("/something")
    async def something() -> dict[str, str]:
        return {"said": "something"}

    app = build_app(service="trial", routers=[router])
    app.state.begun = asyncio.Event()
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://trial") as client:
        early = await client.get("/something")
        assert (early.status_code, early.json()["type"]) == (503, "/problems/not-begun")
        assert (await client.get("/healthz")).status_code == 200
        app.state.begun.set()
        assert (await client.get("/something")).status_code == 200
