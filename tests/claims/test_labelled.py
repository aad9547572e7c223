"""The labelled passages: nothing sound is called wrong, and little that is wrong is missed."""

import pytest

from tests.claims.labelled import Labelled, labelled
from tests.claims.scores import Scores

PASSAGES = [*labelled()]
MOST_PRECISE, MOST_COMPLETE = 0.98, 0.9


def test_the_set_is_large_and_has_errors_of_every_kind() -> None:
    wrong = [kind for passage in PASSAGES for kind in passage.wrong.values()]
    assert len(PASSAGES) >= 150
    assert len(wrong) >= 60
    assert {*wrong} == {
        "ratio", "share", "sum", "part", "remainder", "change", "last-year", "hundred",
        "feasibility", "repeated",
    }  # fmt: skip


def test_precision_and_recall_of_what_does_not_follow() -> None:
    scores = Scores()
    for passage in PASSAGES:
        scores.add(passage)
    print(scores.table())  # noqa: T201 - pytest -s shows it
    assert scores.precision >= MOST_PRECISE
    assert scores.recall >= MOST_COMPLETE


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.name)
def test_each_passage_reads_as_a_reader_with_a_pencil_reads_it(passage: Labelled) -> None:
    scores = Scores()
    scores.add(passage)
    assert not scores.false
    assert not scores.missed
    assert not scores.unsaid
