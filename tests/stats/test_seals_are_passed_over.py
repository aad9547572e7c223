"""Seals and erasures are about no case: they move the inbox, and no figure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.stats.domain.case_subject import CASE
from shared.cloudevents import RecordedEvent
from shared.contracts.ledger import LedgerSealed
from shared.contracts.vault import PersonErased
from shared.contracts.vault_codes import ErasingRole, ErasureReason
from shared.divisions import new_id
from shared.sealing import SealKeys
from shared.sealing.seal import Head, sign
from shared.times import china_day
from tests.parts import PostgresForTests
from tests.stats.doors import open_doors
from tests.stats.lives import TOWNSHIP, Ledger


def sealed(ledger: Ledger) -> RecordedEvent:
    """The seal of all that the ledger has, a day later."""
    last = ledger.events[-1]
    head = Head(china_day(last.recorded_at), last.sequence, bytes(32), bytes(32))
    keys = SealKeys.of(Ed25519PrivateKey.generate())
    seal = sign(head, ledger=f"intake/{TOWNSHIP}", keys=keys)
    return replace(
        last,
        sequence=last.sequence + 1,
        kind=LedgerSealed.kind,
        data=seal.to_canonical(),
        recorded_at=last.recorded_at + timedelta(days=1),
    )


def erased(ledger: Ledger) -> RecordedEvent:
    """The erasure of somebody, a day after the ledger's last event."""
    erasure_id = new_id(TOWNSHIP)
    said = PersonErased(
        erasure_id=erasure_id,
        reason_code=ErasureReason.AT_REQUEST,
        by_role=ErasingRole.TOWNSHIP_LEADER,
        files=1,
    )
    return replace(
        sealed(ledger),
        stream_id=erasure_id,
        kind=said.kind,
        schema_version=1,
        data=said.to_canonical(),
    )


@pytest.mark.parametrize("about_no_case", [sealed, erased])
def test_a_seal_or_an_erasure_is_no_step_of_any_case(
    about_no_case: Callable[[Ledger], RecordedEvent],
) -> None:
    ledger = Ledger()
    ledger.file("2025-01-10")
    assert CASE.steps_of(about_no_case(ledger)) == []


@pytest.mark.parts
@pytest.mark.parametrize("about_no_case", [sealed, erased])
async def test_a_seal_or_an_erasure_moves_the_position_and_no_figure(
    postgres: PostgresForTests, about_no_case: Callable[[Ledger], RecordedEvent]
) -> None:
    ledger = Ledger()
    ledger.accept(ledger.file("2025-12-17"), "2025-12-20")
    async with open_doors(postgres) as doors:
        await doors.fold(ledger.events)
        before = await doors.figures("2026")
        assert before["timely_acceptance_rate"]["denominator"] == 1
        await doors.fold([about_no_case(ledger)])
        after = await doors.figures("2026")
        assert after["as_of"] == {f"intake/{TOWNSHIP}": 3}
        assert after["figures"] == before["figures"]
