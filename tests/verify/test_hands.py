"""Who holds a case: a hand-over goes from the holder, and whoever was recused does nothing more."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from cli.verify import NoExport, check_export
from shared.canonical import canonical
from shared.contracts.case_codes import Purpose
from shared.contracts.case_holding import CaseHandedOver, CaseRouted, RecusalRecorded
from shared.contracts.case_holding_codes import Lane, RecusalReason, RoutingGround
from shared.contracts.event import Event
from shared.contracts.unit_codes import HandOverReason
from tests.office_doors import MARKS
from tests.stats.lives import TOWNSHIP, Ledger
from tests.verify.exports import Chained, write_export
from tests.verify.tampering import found_in


class Held:
    """A case and what is done with it, each act on the next day."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.case = self.ledger.file("2025-03-03")

    def about(self) -> dict[str, Any]:
        return {"case_id": self.case, "matter_id": self.case}

    def record(self, event: Event, actor: str | None = "post-1") -> None:
        self.ledger.record(event, self.case, "2025-03-04")
        self.by(actor)

    def by(self, actor: str | None) -> None:
        self.ledger.events[-1] = replace(self.ledger.events[-1], actor_ref=actor)

    def route(self, lane: Lane | None) -> None:
        purpose = Purpose.REQUEST if lane else Purpose.SUGGESTION
        self.record(
            CaseRouted(
                purpose=purpose,
                lane=lane,
                ground=RoutingGround.BY_LAW,
                by_post="post-1",
                **self.about(),
            )
        )

    def accept(self, days: int | None = 60) -> None:
        """By `post-1` of the justice office."""
        self.ledger.accept(self.case, "2025-03-04", days=days)
        self.by("post-1")

    def hand_over(
        self,
        from_unit: str = "justice-office",
        from_post: str | None = "post-1",
        to_post: str | None = "post-2",
        actor: str = "post-1",
    ) -> None:
        self.record(
            CaseHandedOver(
                from_unit=from_unit,
                from_post=from_post,
                to_unit="water-station",
                to_post=to_post,
                reason=HandOverReason.RECUSAL,
                **self.about(),
            ),
            actor,
        )

    def recuse(self, post: str, actor: str = "post-1") -> None:
        recused = RecusalRecorded(post=post, reason=RecusalReason.RELATIVE, **self.about())
        self.record(recused, actor)

    def findings(self, folder: Path) -> list[str]:
        return found_in(write_export(folder, [Chained(self.ledger)], division=TOWNSHIP))


@pytest.fixture
def held() -> Held:
    return Held()


def test_a_case_goes_from_hand_to_hand(held: Held, tmp_path: Path) -> None:
    held.accept()
    held.hand_over()
    held.hand_over("water-station", "post-2", None, actor="post-2")
    assert held.findings(tmp_path) == []


@pytest.mark.parametrize(
    ("unit", "post"), [("water-station", "post-1"), ("justice-office", "post-9")]
)
def test_nobody_hands_over_what_another_has(
    held: Held, tmp_path: Path, unit: str, post: str
) -> None:
    held.accept()
    held.hand_over(unit, post)
    (found,) = held.findings(tmp_path)
    assert "hands over what another unit or post has" in found


def test_a_recused_handler_hands_over_and_does_nothing_more(held: Held, tmp_path: Path) -> None:
    held.accept()
    held.recuse("post-1")
    held.hand_over()
    assert held.findings(tmp_path / "before") == []
    held.ledger.serve(held.case, "2025-03-10")
    held.by("post-1")
    (found,) = held.findings(tmp_path / "after")
    assert "is an act of post-1, who was recused from its case" in found


def test_a_case_does_not_come_back_to_a_recused_post(held: Held, tmp_path: Path) -> None:
    held.accept()
    held.recuse("post-2")
    held.hand_over()
    (found,) = held.findings(tmp_path)
    assert "gives a case to a post that was recused" in found


def test_only_the_petition_procedure_has_a_term(held: Held, tmp_path: Path) -> None:
    held.route(Lane.STATUTORY_DUTY)
    held.accept(days=60)
    (found,) = held.findings(tmp_path)
    assert "has a term, or none, against the way of its case" in found


@pytest.mark.parametrize("lane", [Lane.STATUTORY_DUTY, None])
def test_what_has_no_term_is_accepted_without(
    held: Held, tmp_path: Path, lane: Lane | None
) -> None:
    held.route(lane)
    held.accept(days=None)
    assert held.findings(tmp_path) == []


def test_what_goes_to_a_court_is_not_accepted(held: Held, tmp_path: Path) -> None:
    held.route(Lane.LITIGATION)
    held.accept(days=None)
    (found,) = held.findings(tmp_path)
    assert "accepts a case that was routed to litigation" in found


@pytest.mark.parametrize(("home", "is_found"), [(TOWNSHIP, True), ("519900199", False)])
def test_a_complaint_means_a_unit_of_the_division_that_filed_the_matter(
    held: Held, tmp_path: Path, home: str, is_found: bool
) -> None:
    filed = held.ledger.events[0]
    data = orjson.loads(filed.data) | {
        "complained_unit": "water-station",
        "home_case_id": held.case.replace(TOWNSHIP, home),
    }
    held.ledger.events[0] = replace(filed, data=canonical(data))
    held.accept()
    held.hand_over()
    found = held.findings(tmp_path)
    said = [each for each in found if "gives a case to the unit that it complains of" in each]
    assert bool(said) is is_found


@pytest.mark.parametrize("complained", ["water-station", "roads-office"])
@pytest.mark.parametrize("has_key", [True, False])
def test_a_mark_is_compared_with_the_key_of_units_alone(
    held: Held, tmp_path: Path, complained: str, *, has_key: bool
) -> None:
    """Without it the acts that are not compared are counted."""
    filed = held.ledger.events[0]
    data = orjson.loads(filed.data) | {"complained_mark": MARKS.of_unit(complained)}
    held.ledger.events[0] = replace(filed, data=canonical(data))
    held.accept()
    held.hand_over()
    export = write_export(tmp_path, [Chained(held.ledger)], division=TOWNSHIP)
    key = tmp_path / "unit_mark_key"
    key.write_text(f"{MARKS.unit_key}\n", encoding="ascii")
    said: list[str] = []
    found = check_export(export, None, said.append, None, key if has_key else None)
    is_found = any("gives a case to the unit that it complains of" in each for each in found)
    assert is_found is (has_key and complained == "water-station")
    counted = [each for each in said if "2 acceptances and hand-overs not compared" in each]
    assert bool(counted) is not has_key


def test_a_key_of_units_that_is_none_is_said(held: Held, tmp_path: Path) -> None:
    export = write_export(tmp_path, [Chained(held.ledger)], division=TOWNSHIP)
    key = tmp_path / "unit_mark_key"
    key.write_text("c2hvcnQ=", encoding="ascii")
    with pytest.raises(NoExport, match="key of units"):
        check_export(export, None, lambda _: None, None, key)
