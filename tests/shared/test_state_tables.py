"""Each page of states says what its decider does, and leaves nothing out."""

from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Any, get_args

import pytest

from services.grid.domain.early_warning import WarningCommand, WarningState
from services.grid.domain.report import ReportCommand, ReportState
from services.grid.domain.signal import SignalCommand, SignalState
from services.grid.signal_state_table import SIGNAL_STATES
from services.grid.state_table import REPORT_STATES
from services.grid.warning_state_table import WARNING_STATES
from services.intake.accusation_state_table import ACCUSATION_STATES
from services.intake.domain.accusation import AccusationCommand, AccusationState
from services.intake.domain.case import CaseCommand, CaseState
from services.intake.domain.posts import PostCommand, PostState
from services.intake.post_state_table import POST_STATES
from services.intake.state_table import CASE_STATES
from services.mediation.domain.mediation import MediationCommand
from services.mediation.domain.mediation_state import MediationState
from services.mediation.state_table import MEDIATION_STATES
from shared.contracts.event import Code
from shared.state_table import StateTable

DOCS = Path(__file__).resolve().parents[2] / "docs"


@dataclass(frozen=True, kw_only=True)
class Page:
    file_name: str
    table: StateTable[Any, Any]
    commands: UnionType
    states: type[Code]
    never_refused: frozenset[str] = frozenset()
    """Commands that only differing particulars could have refused."""
    never_recorded: frozenset[str] = frozenset()
    """Commands that ask without recording anything."""


PAGES = [
    Page(
        file_name="case-states.md",
        table=CASE_STATES,
        commands=CaseCommand,
        states=CaseState,
        never_recorded=frozenset({"CiteFiling"}),
    ),
    Page(
        file_name="post-states.md",
        table=POST_STATES,
        commands=PostCommand,
        states=PostState,
    ),
    Page(
        file_name="accusation-states.md",
        table=ACCUSATION_STATES,
        commands=AccusationCommand,
        states=AccusationState,
        never_refused=frozenset({"RegisterAccusation"}),
    ),
    Page(
        file_name="mediation-states.md",
        table=MEDIATION_STATES,
        commands=MediationCommand,
        states=MediationState,
    ),
    Page(
        file_name="report-states.md",
        table=REPORT_STATES,
        commands=ReportCommand,
        states=ReportState,
        never_refused=frozenset({"SubmitReport"}),
    ),
    Page(
        file_name="signal-states.md",
        table=SIGNAL_STATES,
        commands=SignalCommand,
        states=SignalState,
    ),
    Page(
        file_name="warning-states.md",
        table=WARNING_STATES,
        commands=WarningCommand,
        states=WarningState,
        never_refused=frozenset({"RaiseWarning"}),
    ),
]
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file_name)


@every_page
def test_the_page_is_up_to_date(page: Page) -> None:
    written = (DOCS / page.file_name).read_text(encoding="utf-8")
    assert written == page.table.page(), "run `make docs`"


@every_page
def test_every_kind_of_command_is_in_the_table_once(page: Page) -> None:
    kinds = list(page.table.answers(next(iter(page.table.moments))))
    assert set(kinds) == {each.__name__ for each in get_args(page.commands)}
    assert len(kinds) == len(page.table.commands)


@every_page
def test_every_state_is_in_the_table(page: Page) -> None:
    state_of = page.table.state_of
    assert state_of is not None
    assert {state_of(page.table.at(moment)) for moment in page.table.moments} == set(page.states)


@every_page
def test_every_command_is_recorded_at_some_moment_and_refused_at_another(page: Page) -> None:
    at_moments = [page.table.answers(moment) for moment in page.table.moments]
    for name in at_moments[0]:
        answers = [each[name] for each in at_moments]
        assert any(answer.events for answer in answers) is (name not in page.never_recorded), name
        assert any(answer.refusal for answer in answers) is (name not in page.never_refused), name


@every_page
def test_every_command_towards_a_moment_is_recorded(page: Page) -> None:
    for moment in page.table.moments:
        page.table.at(moment)
