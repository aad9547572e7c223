import json

from hypothesis import given
from hypothesis import strategies as st

from cli.importing import batches
from cli.importing.batches import batched
from cli.register.rows import Ready


def ready(number: int, size: int = 1) -> Ready:
    return Ready(number, {"row": number, "narrative": "水" * size}, ())


@given(st.integers(0, 40), st.integers(1, 9))
def test_every_row_is_in_one_batch_in_its_order(count: int, most: int) -> None:
    made = list(batched("s", (ready(number) for number in range(count)), most))
    told = [row["row"] for batch in made for row in json.loads(batch.body)["rows"]]
    assert told == list(range(count))
    assert all(0 < len(batch.rows) <= most for batch in made)
    assert all(json.loads(batch.body)["source"] == "s" for batch in made)


def test_a_batch_stays_below_its_size_unless_one_row_is_larger() -> None:
    large = batches.MOST_BYTES // 3  # a Chinese character is three bytes
    made = list(batched("s", [ready(1), ready(2, large), ready(3), ready(4)]))
    assert [[row.row for row in batch.rows] for batch in made] == [[1], [2], [3, 4]]
