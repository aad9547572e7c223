"""The views say of a dispute what folding its events gives, whatever commands are issued."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.mediation_commands import FillInPaper
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_papers import OF_AN_END, SEVERAL, current_papers
from services.mediation.domain.void_commands import VoidPaper
from services.mediation.examples import (
    ASSIGN,
    CONSENT,
    EXTEND,
    FAIL,
    MEDIATION_ID,
    RECUSE,
    REFUSE,
    SIGN,
    SIGNED_ON,
    TERMINATE,
    VOID_ASSIGNMENT,
    VOID_CONSENT,
    VOID_END,
    VOID_EXTENSION,
    VOID_RECUSAL,
    WITHDRAW,
)
from services.mediation.store import mediation_board
from services.mediation.store.mediation_paper import papers_of
from shared.contracts.agreements import MediationSucceeded
from shared.contracts.event import Event
from shared.contracts.mediation import (
    MediationEndVoided,
    MediationFailed,
    MediationRefused,
    MediationTerminated,
)
from shared.contracts.mediation_codes import PaperForm, PartySide, VoidReason
from shared.divisions import division_of
from shared.handling import CommandRequest, Handling, ready
from shared.ledger import Author, Ledger
from shared.postgres import Pool, new_pool
from shared.refusals import Refusal
from tests.mediation.doors import fresh_mediation
from tests.mediation.mediation_commands import histories
from tests.parts import FreshDatabase, PostgresForTests

pytestmark = pytest.mark.parts
DIVISION = division_of(MEDIATION_ID)
WU = Author(scope=DIVISION, actor_ref="post-wu")
NOON = datetime(2025, 4, 1, 4, tzinfo=UTC)
BY_MISTAKE = VoidReason.BY_MISTAKE
ENDS = MediationSucceeded | MediationFailed | MediationRefused | MediationTerminated


@pytest.fixture(scope="module")
def database(postgres: PostgresForTests) -> FreshDatabase:
    return fresh_mediation(postgres)


@contextmanager
def emptied(database: FreshDatabase) -> Iterator[psycopg.Connection[Any]]:
    """What is there is gone at the end: every history is of the same dispute."""
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        yield connection
        connection.execute(
            "truncate event, ledger, mediation_board, mediation_hand, mediation_paper"
        )


FORMS = (PaperForm.AGREEMENT, PaperForm.ORAL_AGREEMENT, PaperForm.SESSION_RECORD)
PAPERS = [
    FillInPaper(form=form, digest=f"{place}{version}" * 32, dated=SIGNED_ON)
    for place, form in enumerate(FORMS)
    for version in range(2)
]
taken_back_and_done_again: st.SearchStrategy[tuple[MediationCommand, ...]] = st.sampled_from(
    [
        *((end, VOID_END) for end in (REFUSE, WITHDRAW, FAIL, TERMINATE)),
        (RECUSE, VOID_RECUSAL),
        (VOID_ASSIGNMENT, ASSIGN),
        (VOID_CONSENT, CONSENT),
        (EXTEND, VOID_EXTENSION),
        *((paper, VoidPaper(digest=paper.digest, reason=BY_MISTAKE)) for paper in PAPERS),
        *((first, second, first) for first, second in zip(PAPERS[::2], PAPERS[1::2], strict=True)),
        (replace(SIGN, agreement_digest=PAPERS[1].digest),),
    ]
)


@st.composite
def histories_taken_back(draw: st.DrawFn) -> list[MediationCommand]:
    """A history with more in it of what is recorded, taken back and perhaps recorded again."""
    issued = draw(histories())
    for burst in draw(st.lists(taken_back_and_done_again, max_size=6)):
        at = draw(st.integers(0, len(issued)))
        issued[at:at] = burst[: draw(st.integers(1, len(burst)))]
    return issued


def ended_at(happened: Sequence[tuple[datetime, Event]]) -> datetime | None:
    found = None
    for at, event in happened:
        if isinstance(event, ENDS):
            found = at
        elif isinstance(event, MediationEndVoided):
            found = None
    return found


async def carried_out(
    pool: Pool, issued: list[MediationCommand]
) -> tuple[MediationFile, list[tuple[datetime, Event]]]:
    """What the facts come to, and each with its moment."""
    ledger = Ledger(pool, source="/mediation")
    mediations = Handling(
        ledger=ledger,
        decider=MEDIATION,
        answer=lambda _: None,
        view_writes=mediation_board.view_writes,
    )
    happened: list[tuple[datetime, Event]] = []
    for hour, command in enumerate(issued):
        at = NOON + timedelta(hours=hour)
        request: CommandRequest[MediationCommand, MediationFile] = CommandRequest(
            stream_id=MEDIATION_ID, author=WU, prepare=ready(command, at=at)
        )
        with suppress(Refusal):
            happened += [(at, event) for event in (await mediations.handle(request)).events]
    return mediations.fold(await ledger.stream(DIVISION, MEDIATION_ID)).state, happened


async def papers(pool: Pool, mediation: MediationFile) -> list[str]:
    agreed = mediation.agreement.succeeded
    found = await papers_of(
        pool,
        DIVISION,
        MEDIATION_ID,
        several=SEVERAL,
        of_an_end=OF_AN_END,
        signed=agreed.agreement_digest if agreed else None,
    )
    return [paper.digest for paper in found]


def papers_expected(mediation: MediationFile) -> list[str]:
    """Those that stand; of agreements only the signed one, where it is a paper of this dispute."""
    agreed = mediation.agreement.succeeded
    if agreed is None or agreed.agreement_digest not in mediation.papers:
        return [paper.digest for paper in current_papers(mediation.papers)]
    signed = agreed.agreement_digest
    others = {
        digest: paper
        for digest, paper in mediation.papers.items()
        if digest == signed or paper.form not in OF_AN_END
    }
    return [paper.digest for paper in current_papers(others)]


async def views_of(
    database: FreshDatabase, issued: list[MediationCommand]
) -> tuple[MediationFile, list[tuple[datetime, Event]], list[str]]:
    async with new_pool(database.dsn, name="views", size=1) as pool:
        mediation, happened = await carried_out(pool, issued)
        return mediation, happened, await papers(pool, mediation)


@settings(max_examples=60, deadline=None)
@given(issued=histories_taken_back())
def test_board_hands_and_papers_say_what_the_facts_come_to(
    database: FreshDatabase, issued: list[MediationCommand]
) -> None:
    with emptied(database) as connection:
        mediation, happened, listed = asyncio.run(views_of(database, issued))
        board = connection.execute(
            "select state, version, due_at, next_due_on, ended_at, signed_by, applicants,"
            " respondents from mediation_board"
        ).fetchall()
        participants = connection.execute(
            "select mediator_id from mediation_hand where takes_part"
        ).fetchall()
    succeeded = mediation.agreement.succeeded
    row = (
        mediation.state,
        mediation.version,
        mediation.due_at,
        mediation.agreement.next_due_on,
        ended_at(happened),
        succeeded and succeeded.mediator_id,
        list(mediation.parties_of(PartySide.APPLICANT)),
        list(mediation.parties_of(PartySide.RESPONDENT)),
    )
    # a referral that was declined is a record, and no dispute
    assert board == ([row] if mediation.applied else [])
    assert {mediator for (mediator,) in participants} == mediation.mediators
    assert listed == papers_expected(mediation)
