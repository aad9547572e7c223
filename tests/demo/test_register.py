import csv
from collections import Counter
from pathlib import Path

import pytest

from cli.register.mapping_file import read_mapping
from demo.expected import expected_figures
from demo.generate import REGISTER, ROWS, write
from demo.scene import REGISTER_YEAR as YEAR
from demo.scene import chosen_scene
from tests.cli.registers import bodies, read_all

MAPPING = REGISTER.with_suffix(".toml")


def test_the_bundled_register_is_the_one_that_the_generator_makes(tmp_path: Path) -> None:
    write(tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == REGISTER.read_bytes()


def test_every_row_of_it_is_read_by_its_mapping() -> None:
    rows = bodies(read_all(REGISTER, read_mapping(MAPPING)))
    assert len(rows) == ROWS
    assert {row["division"] for row in rows} == {"519900102"}
    done = Counter(fact["do"] for row in rows for fact in row["facts"])
    assert done.keys() == {"accept", "reply", "resolve", "close", "withdraw", "divert"}


def test_nobody_in_it_exists() -> None:
    with REGISTER.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text))
    assert all(row["联系人"].startswith("测试") for row in rows)
    assert all(row["联系电话"].startswith("000-0000-") for row in rows)


def test_its_figures_are_worth_looking_at() -> None:
    expected = expected_figures(REGISTER, YEAR)
    assert expected["cases_filed"] == (str(ROWS), None, None)
    value, part, whole = expected["resolution_rate"]
    assert part is not None
    assert whole is not None
    assert 0 < part < whole
    assert value == f"{100 * part / whole:.1f}"


def test_another_register_may_be_played(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEMO_REGISTER", raising=False)
    assert chosen_scene().is_bundled
    monkeypatch.setenv("DEMO_REGISTER", "book.xlsx")
    monkeypatch.delenv("DEMO_MAPPING", raising=False)
    assert chosen_scene().mapping == Path("book.toml")
    monkeypatch.setenv("DEMO_MAPPING", "other.toml")
    scene = chosen_scene()
    assert (scene.mapping, scene.is_bundled) == (Path("other.toml"), False)
