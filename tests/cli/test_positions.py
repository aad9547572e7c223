import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.as_of import read_as_of
from cli.positions import furthest, read_positions, write_positions
from cli.refusals import BadInput

LEDGERS = st.sampled_from(["intake", "grid"]).flatmap(
    lambda service: st.integers(100000000, 999999999).map(lambda code: f"{service}/{code}")
)
POSITIONS = st.dictionaries(LEDGERS, st.integers(0, 2**53 - 1), max_size=5)


@given(POSITIONS)
def test_positions_are_read_as_they_are_written(positions: dict[str, int]) -> None:
    assert read_positions(write_positions(positions)) == positions


@given(POSITIONS, POSITIONS)
def test_of_a_ledger_told_twice_the_furthest_place_counts(
    one: dict[str, int], other: dict[str, int]
) -> None:
    reached = furthest(one, other)
    assert reached.keys() == one.keys() | other.keys()
    assert all(place == max(one.get(k, 0), other.get(k, 0)) for k, place in reached.items())


def test_as_of_takes_positions_a_file_or_a_time(tmp_path: Path) -> None:
    vector = {"intake/519900101": 42}
    (tmp_path / "vector.json").write_text(json.dumps(vector))
    (tmp_path / "answer.json").write_text(json.dumps({"as_of": vector, "figures": []}))
    for given_as in (
        "intake/519900101@42",
        f"@{tmp_path / 'vector.json'}",
        f"@{tmp_path / 'answer.json'}",
    ):
        assert read_as_of(given_as) == "intake/519900101@42"
    assert read_as_of("2025-03-04T12:00:00+08:00") == "2025-03-04T12:00:00+08:00"
    assert read_as_of(None) is None


@pytest.mark.parametrize(
    "text", ["yesterday", "intake@42", "519900101@42", "2025-03-04T12:00:00", "@/no/such/file"]
)
def test_as_of_that_is_none_of_these_is_bad_input(text: str) -> None:
    with pytest.raises(BadInput):
        read_as_of(text)


@pytest.mark.parametrize("content", ["", "[]", '{"as_of": {"x": 1}}', "\xff"])
def test_a_file_without_a_vector_is_bad_input(tmp_path: Path, content: str) -> None:
    (tmp_path / "v.json").write_bytes(content.encode("latin-1"))
    with pytest.raises(BadInput):
        read_as_of(f"@{tmp_path / 'v.json'}")
