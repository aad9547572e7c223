"""The board's reached states are what the figures of these names count, in every life of a case."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.case import CaseFile, CaseState
from services.intake.domain.case.answering import ReplyToCase
from services.intake.domain.case.closing import CloseCase
from services.intake.domain.case.closing_check import CheckClosing
from services.intake.domain.case.correction import VoidFiling
from services.intake.domain.case.declining import DeclineCase
from services.intake.domain.case.linking import LinkCase
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.reopening import ReopenCase
from services.intake.store.case_work import ENDS, reached, work_columns
from services.stats.domain.case_subject import CASE
from shared.contracts.case_codes import LinkReason, Outcome, ReopenReason
from shared.contracts.case_handling_codes import ClosingChecker, DeclineGround, FilingVoidReason
from tests.intake.facts import DIGEST
from tests.intake.test_random_lives import OFTEN, STEPS, Life, Step, lived
from tests.stats.made_up_ledger import MadeUpLedger

COUNTER_OF = {
    CaseState.FILED: "filed",
    CaseState.ACCEPTED: "accepted",
    CaseState.ANSWERED: "answered",
    CaseState.RESOLVED: "resolved",
    CaseState.WITHDRAWN: "withdrawn",
    CaseState.DIVERTED: "diverted",
    CaseState.LINKED: "linked",
    CaseState.CLOSED: "closed",
}
"""The counter from which the figure is made."""


def close(case: CaseFile, _: datetime) -> CloseCase:
    """With the outcome of its end; a register says so, without the checks of an office."""
    outcome = {
        CaseState.WITHDRAWN: Outcome.WITHDRAWN,
        CaseState.DIVERTED: Outcome.DIVERTED,
        CaseState.LINKED: Outcome.LINKED,
        CaseState.DECLINED: Outcome.DECLINED,
    }.get(case.state, Outcome.SUPPORTED)
    return CloseCase(outcome=outcome, origin=Origin.REGISTER)


ENDING: tuple[Step, ...] = (
    close,
    close,
    lambda _, __: ReopenCase(reason=ReopenReason.NEW_FACTS),
    lambda _, __: CheckClosing(by=ClosingChecker.UNIT_HEAD),
    lambda _, __: ReplyToCase(reply_digest=DIGEST, origin=Origin.REGISTER),
    lambda _, __: DeclineCase(ground=DeclineGround.IN_PROCESS),
    lambda _, __: LinkCase(to_case_id=None, why=LinkReason.CONCLUDED, origin=Origin.REGISTER),
    lambda _, __: VoidFiling(why=FilingVoidReason.REGISTERED_TWICE),
)
lives = st.lists(
    st.tuples(st.sampled_from([*OFTEN, *STEPS, *ENDING]), st.integers(0, 9), st.booleans()),
    max_size=25,
)


def counted(life: Life) -> set[str]:
    """The names of the counters that count the case."""
    ledger = MadeUpLedger()
    ledger.source = "/intake"  # type: ignore[misc]
    for event, mark in life.events:
        ledger.record(event, life.case.required.case_id, mark.occurred_at)
    steps = [step for event in ledger.events for step in CASE.steps_of(event)]
    facts = CASE.fold_onto({}, steps)
    return {name for fact in facts.values() for name, _, *_ in CASE.contributions(fact)}


@given(lives)
def test_a_case_has_reached_what_the_figures_count(steps: list[tuple[Step, int, bool]]) -> None:
    life = lived(steps)
    found, names = reached(life.case), counted(life)
    for state, counter in COUNTER_OF.items():
        assert (state in found) is (counter in names), (state, [kind for kind, _ in life.events])


@given(lives)
def test_the_state_filter_finds_an_end_whether_or_not_it_was_closed_since(
    steps: list[tuple[Step, int, bool]],
) -> None:
    life = lived(steps)
    columns, names = work_columns(life.case), counted(life)
    for state in set(ENDS) - {CaseState.DECLINED}:
        assert (columns["came_to"] == state) is (COUNTER_OF[state] in names)
