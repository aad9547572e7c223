"""One export made once, and a copy of it for every test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running_parts import folder_that_vanishes
from tests.stats.lives import COUNTY
from tests.verify.exports import write_export
from tests.verify.tampering import townships


@pytest.fixture(scope="session")
def original() -> Iterator[Path]:
    with folder_that_vanishes() as folder:
        yield write_export(folder, townships(), division=COUNTY)


@pytest.fixture
def export(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "export"))
