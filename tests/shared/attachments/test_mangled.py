"""Files with bytes changed, cut or doubled: cleaned or refused, and never anything else."""

import asyncio
import gc
import warnings
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.attachments import cleaner as cleaner_module
from shared.attachments.cleaner import Cleaner
from shared.attachments.limits import LARGEST
from shared.attachments.refusals import (
    CLEANING_REFUSALS,
    AttachmentTooCostly,
    AttachmentTypeNotTaken,
)
from shared.contracts.attachment_codes import MediaType
from tests.examples import THOROUGH
from tests.shared.attachments import files

MAKERS: tuple[Callable[[], bytes], ...] = (
    # each once: some have the time at which they were made
    cache(files.jpeg),
    cache(files.png),
    lambda: files.HEIC,
    cache(files.pdf),
    cache(files.document),
    cache(files.workbook),
)


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    content = bytearray(draw(st.sampled_from(MAKERS))())
    places = st.integers(0, len(content) - 1)
    for _ in range(draw(st.integers(1, 8))):
        place = draw(places)
        match draw(st.sampled_from(["change", "cut", "double", "zero"])):
            case "change":
                content[place : place + 1] = draw(st.binary(min_size=1, max_size=4))
            case "cut":
                del content[place : place + draw(st.integers(1, 200))]
            case "double":
                content[place:place] = content[place : place + 500]
            case _:
                content[place : place + 16] = bytes(16)
        if len(content) < 20:
            break
        places = st.integers(0, len(content) - 1)
    return bytes(content)


@pytest.mark.slow
@settings(
    max_examples=300 if THOROUGH else 25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(mangled())
async def test_a_mangled_file_is_cleaned_or_refused(content: bytes) -> None:
    try:
        kept = await Cleaner().clean(content)
    except CLEANING_REFUSALS:
        return
    assert kept.media_type in set(MediaType)
    assert 0 < len(kept.content) <= LARGEST


@pytest.mark.parametrize(
    "ends",
    [
        "os.abort()",
        "os._exit(1)",
        'sys.stdout.write(\'{"media_type": "image/png", "same": false}\\n\' + \'x\' * 11 * 2**20)',
        "bytes(4 * 2**30)",
    ],
    ids=["crashes", "ends", "writes on and on", "swells"],
)
async def test_however_the_process_ends_the_file_is_refused(
    ends: str, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    _replace_the_process(monkeypatch, tmp_path_factory, ends)
    with pytest.raises(AttachmentTooCostly):
        await Cleaner().clean(files.jpeg())


def test_a_process_that_writes_on_after_its_refusal_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ends = "sys.stdout.write('{\"refused\": \"type\"}\\n' + 'x' * 11 * 2**20)"
    _replace_the_process(monkeypatch, tmp_path_factory, ends)

    async def clean() -> None:
        with pytest.raises(AttachmentTypeNotTaken):
            await Cleaner().clean(files.jpeg())

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ResourceWarning)
        loop = asyncio.new_event_loop()
        loop.run_until_complete(clean())
        loop.close()
        gc.collect()
    assert [str(each.message) for each in caught] == []


def _replace_the_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, ends: str
) -> None:
    folder = tmp_path_factory.mktemp("child")
    (folder / "ending.py").write_text(
        "import os, sys\nfrom shared.attachments import clean_file\nclean_file._bound()\n" + ends
    )
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr(cleaner_module, "_MODULE", "ending")
