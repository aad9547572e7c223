"""The three documents of the project's inputs say what their README says, where they are there."""

import os
from collections import Counter
from pathlib import Path

import pytest

from claims.documents.open_document import read_document
from claims.rules.check import check
from claims.rules.finding import Finding, Kind, Verdict

PROJECT = Path(__file__).resolve().parents[2]
CLAIMS = Path(os.environ.get("CONCORD_TEST_DATA", PROJECT.parent / "shared/data")) / "claims"
pytestmark = pytest.mark.skipif(
    not CLAIMS.is_dir(), reason=f"CONCORD_TEST_DATA names no folder with claims in it ({CLAIMS})"
)


def findings(name: str) -> tuple[Finding, ...]:
    return check(read_document(CLAIMS / name)).findings


def test_the_published_summary_has_one_figure_that_does_not_follow() -> None:
    found = findings("work_summary_2025.txt")
    (wrong,) = [each for each in found if each.verdict is Verdict.DOES_NOT_FOLLOW]
    assert (wrong.stated, wrong.computed) == ("98.6%", "98.4%")
    assert list(wrong.uses) == ["184件", "187件"]
    assert "没有哪个整数" in wrong.why
    said = {each.stated: each for each in found}
    assert said["12.6%"].computed == "214件"
    assert said["95.2%"].verdict is Verdict.CANNOT_CHECK
    for fits in ("1件", "19条", "95.5%", "12.6%"):
        assert said[fits].verdict is Verdict.FOLLOWS
    assert len(found) == 6


def test_a_list_that_may_lack_kinds_is_remarked() -> None:
    found = {each.stated: each for each in findings("huangshi_2020.txt")}
    assert found["97.6%"].verdict is Verdict.FOLLOWS
    assert found["1127个"].verdict is Verdict.NOTE
    assert found["1127个"].computed == "1111个"
    assert len(found) == 2


def test_everything_follows_in_the_town() -> None:
    found = findings("qingshui_town.txt")
    assert {each.verdict for each in found} == {Verdict.FOLLOWS}
    assert Counter(each.kind for each in found) == {Kind.SUM: 2, Kind.REMAINDER: 1, Kind.RATIO: 1}
