"""The mediations that the demonstration plays: the file, and what it comes to at the doors."""

import csv
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from demo.expected_mediations import expected_mediations
from demo.generate_mediations import MEDIATIONS, write
from demo.mediating.committee import MEDIATORS, MEMBERS, Committee, establishment
from demo.mediating.disputes import Dispute, read_disputes
from demo.scene import REFERENCE_TOWNSHIP, chosen_scene
from demo.scene import REFERENCE_YEAR as YEAR
from shared.contracts.mediation_codes import MediatorKind

COMMITTEE = Committee("519900101-committee", {name: f"id-of-{name}" for name in MEDIATORS})


def table() -> list[dict[str, str]]:
    with MEDIATIONS.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def disputes() -> list[Dispute]:
    return read_disputes(MEDIATIONS, REFERENCE_TOWNSHIP, COMMITTEE)


def test_the_bundled_mediations_are_those_that_the_generator_makes(tmp_path: Path) -> None:
    write(tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == MEDIATIONS.read_bytes()


def test_312_disputes_ended_with_298_agreements() -> None:
    expected = expected_mediations(MEDIATIONS, YEAR)
    assert expected["mediations_ended"] == ("312", None, None)
    assert expected["mediations_succeeded"] == ("298", None, None)
    assert expected["mediation_rate"] == ("95.5", 298, 312)


def test_what_was_not_mediated_is_still_open_or_ended_later_is_not_among_them() -> None:
    ended = Counter((row["结果"], row["结果日期"][:4]) for row in table())
    assert ended["达成协议", "2025"] + ended["调解不成", "2025"] == 312
    others = ("不同意调解", "2025"), ("终止", "2025"), ("在调", ""), ("达成协议", "2026")
    assert all(ended[other] for other in others)


def test_the_roster_is_that_of_the_reference_year() -> None:
    kinds = Counter(kind for of_one in MEDIATORS.values() for kind in of_one)
    assert len(MEDIATORS) == 75
    assert [
        kinds[each]
        for each in (
            MediatorKind.RETIRED_CADRE,
            MediatorKind.CERTIFIED,
            MediatorKind.RESPECTED_ELDER,
        )
    ] == [32, 15, 28]
    assert 3 <= len(MEMBERS) <= 9


def test_sessions_are_another_number_than_disputes() -> None:
    sessions, *_ = expected_mediations(MEDIATIONS, YEAR)["mediation_sessions"]
    assert int(sessions) > len(table())
    assert any("2026年" in row["调解情况"] for row in table())


def test_some_promises_were_kept_and_some_were_not() -> None:
    value, kept, due = expected_mediations(MEDIATIONS, YEAR)["agreement_performance_rate"]
    assert kept is not None
    assert due is not None
    assert 0 < kept < due < 298
    assert value == f"{100 * kept / due:.1f}"


def test_nobody_in_it_exists() -> None:
    people = {row[side] for row in table() for side in ("申请方", "被申请方", "调解员")}
    assert all(name.startswith("测试") for name in people if name)
    assert all(row["申请方"] != row["被申请方"] for row in table())


def test_every_row_is_a_dispute_with_its_steps_in_the_order_of_their_days() -> None:
    found = disputes()
    assert [dispute.number for dispute in found] == [row["登记编号"] for row in table()]
    for dispute in found:
        bodies = [dispute.application, *(step.body for step in dispute.steps)]
        moments = [datetime.fromisoformat(body["occurred_at"]) for body in bodies]
        assert len(moments) > 1
        assert moments == sorted(moments)


def test_the_steps_are_as_many_as_the_file_tells_of() -> None:
    steps = Counter(step.verb for dispute in disputes() for step in dispute.steps)
    rows = table()
    ended = Counter(row["结果"] for row in rows)
    assert steps["hold-session"] == sum(row["调解情况"].count("年") for row in rows)
    assert (steps["sign"], steps["fail"]) == (ended["达成协议"], ended["调解不成"])
    assert (steps["refuse"], steps["terminate"]) == (ended["不同意调解"], ended["终止"])
    kept = sum(row["履行情况"].count("年") for row in rows)
    assert steps["perform-instalment"] + steps["breach"] == kept
    assert steps["breach"]


def test_the_committee_sits_as_long_as_there_are_disputes() -> None:
    sits_from = date.fromisoformat(establishment(list(MEMBERS))["term_from"])
    assert sits_from < date(2024, 1, 1)
    assert date(2025, 12, 31) < sits_from.replace(year=sits_from.year + 3)


@pytest.mark.parametrize(
    ("column", "word", "told"),
    [
        ("纠纷类型", "吵架", "'吵架' is no DisputeKind"),
        ("结果", "不了了之", "'不了了之' is no result of a mediation"),
        ("双方同意日期", "次日", "'次日' begins with no day"),
        ("调解情况", "面对面", "'面对面' begins with no day"),
    ],
)
def test_a_word_that_nobody_knows_is_named(
    column: str, word: str, told: str, tmp_path: Path
) -> None:
    row = table()[0] | {column: word}
    with (tmp_path / "other.csv").open("w", encoding="utf-8-sig", newline="") as text:
        writer = csv.DictWriter(text, row)
        writer.writeheader()
        writer.writerow(row)
    with pytest.raises((LookupError, ValueError), match=told):
        read_disputes(tmp_path / "other.csv", REFERENCE_TOWNSHIP, COMMITTEE)


def test_beside_a_register_of_one_s_own_no_reference_year_is_played(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DEMO_REGISTER", raising=False)
    assert any("mediation_rate" in each.figures for each in chosen_scene().watched)
    monkeypatch.setenv("DEMO_REGISTER", "book.xlsx")
    assert not chosen_scene().is_bundled
    assert not any("mediation_rate" in each.figures for each in chosen_scene().watched)
