"""Somebody who writes the database takes events and seals away: the service signs nothing for them."""

from datetime import UTC, datetime

import pytest

from shared.contracts.ledger_codes import RestoreReason
from shared.ledger.errors import StreamOutOfOrder
from shared.sealing import SealJournal
from shared.sealing.history import HistoryRewritten
from shared.sealing.restoring import Restores
from shared.sealing.scheduler import SealScheduler
from shared.sealing.seal import stream_of
from tests.intake.doors import ACCEPT, COUNTY, TOWNSHIP, Doors
from tests.intake.sealing import as_superuser, journal_of, later, scheduler, seal

pytestmark = pytest.mark.parts

ERASE_ALL = "truncate event, ledger, command_receipt, due_row, case_board cascade"


@pytest.fixture
def doors(empty_doors: Doors) -> Doors:
    return empty_doors


async def refused(doors: Doors, *, days_later: int = 9) -> None:
    """Sealing fails with what the due runner logs and tries again; no seal is set."""
    asked = scheduler(doors, days_later=days_later)
    with pytest.raises(HistoryRewritten):
        await asked._seal_up_to_yesterday(TOWNSHIP, [])
    assert await asked.seal_what_is_due() == 0


async def test_a_ledger_begun_anew_without_its_petition_is_not_signed(doors: Doors) -> None:
    await doors.file()
    await doors.file()
    later(doors, 1)
    assert await seal(doors, days_later=9) == 1
    as_superuser(doors, ERASE_ALL, ())
    await doors.file()
    later(doors, 1)
    await refused(doors)
    found = await scheduler(doors).look_for_rewritten_ledgers()
    assert found == {f"intake/{TOWNSHIP}"}


async def test_a_ledger_erased_is_told_though_nothing_is_to_be_sealed(doors: Doors) -> None:
    await doors.file()
    await seal(doors)
    as_superuser(doors, ERASE_ALL, ())
    assert await seal(doors, days_later=9) == 0
    assert await scheduler(doors).look_for_rewritten_ledgers() == {f"intake/{TOWNSHIP}"}


CHANGE_A_HASH = "update event set hash = sha256(hash) where seq = %s"


@pytest.mark.parametrize(
    ("statement", "value"),
    [(CHANGE_A_HASH, 1), (CHANGE_A_HASH, 2), ("delete from event where seq >= %s", 2)],
    ids=["an event under the head", "the head", "the head and all behind it"],
)
async def test_changed_history_is_not_signed(doors: Doors, statement: str, value: int) -> None:
    await doors.file()
    await doors.file()
    later(doors, 1)
    await seal(doors, days_later=9)
    await doors.file()
    later(doors, 2)
    as_superuser(doors, statement, (value,))
    await refused(doors)


async def test_what_was_sealed_before_there_was_a_journal_is_taken_over(doors: Doors) -> None:
    await doors.file()
    await seal(doors)
    file = scheduler(doors)._journal.file
    known = file.read_bytes()
    file.unlink()
    await doors.file()
    later(doors, 1)
    assert await seal(doors, days_later=9) == 1
    assert file.read_bytes().startswith(known)
    assert len(file.read_bytes().splitlines()) == 2


async def test_a_seal_that_a_crash_kept_out_of_the_ledger_is_set_afterwards(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    await doors.file()

    async def crash(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(SealScheduler, "_publish", crash)
        assert await seal(doors) == 0
    [journaled] = scheduler(doors)._journal.seals_after(0)[0]
    await doors.file()
    later(doors, 1)
    asked = scheduler(doors, days_later=9)
    await asked._seal_up_to_yesterday(TOWNSHIP, [])
    seals, _ = asked._journal.seals_after(0)
    assert seals[0] == journaled
    assert [seal.previous_seal for seal in seals[1:]] == [journaled.digest]


async def test_each_seal_names_the_one_before(doors: Doors) -> None:
    for days in (1, 1, 1):
        await doors.file()
        later(doors, days)
    assert await seal(doors, days_later=9) == 3
    seals, _ = scheduler(doors)._journal.seals_after(0)
    assert [seal.previous_seal for seal in seals] == [
        "0" * 64,
        seals[0].digest,
        seals[1].digest,
    ]


async def test_a_restore_is_accepted_once_as_an_event_and_then_sealed(doors: Doors) -> None:
    await doors.file()
    later(doors, 1)
    await seal(doors, days_later=9)
    as_superuser(doors, ERASE_ALL, ())
    await doors.file()
    later(doors, 2)
    await refused(doors)
    restores = Restores(
        doors.office.ledger, SealJournal(journal_of(doors)), service="intake", county=COUNTY
    )
    [accepted] = await restores.accept(RestoreReason.BACKUP_RESTORED, datetime.now(UTC))
    assert (accepted.ledger, accepted.head_sequence) == (f"intake/{TOWNSHIP}", 1)
    assert await restores.accept(RestoreReason.DRILL, datetime.now(UTC)) == []
    events = await doors.office.ledger.read(COUNTY, TOWNSHIP)
    assert [event.kind for event in events] == ["case-filed", "ledger-restore-accepted"]
    assert await scheduler(doors).look_for_rewritten_ledgers() == set()
    asked = scheduler(doors, days_later=12)
    await asked._seal_up_to_yesterday(TOWNSHIP, [])
    events = await doors.office.ledger.read(COUNTY, TOWNSHIP)
    assert [event.kind for event in events[2:]] == ["ledger-sealed"] * 2
    assert events[2].load()["previous_seal"] == "0" * 64


async def accepted(doors: Doors) -> list[str]:
    """Digests of the seals whose loss is accepted now."""
    restores = Restores(
        doors.office.ledger, SealJournal(journal_of(doors)), service="intake", county=COUNTY
    )
    said = await restores.accept(RestoreReason.STORAGE_FAILED, datetime.now(UTC))
    return [each.seal for each in said]


async def sealed_again(doors: Doors) -> None:
    """Nothing more is to be accepted, and the ledger is sealed as any other, day after day."""
    assert await accepted(doors) == []
    for days in (20, 30):
        await doors.file()
        later(doors, 10)
        asked = scheduler(doors, days_later=days)
        assert await asked.look_for_rewritten_ledgers() == set()
        await asked._seal_up_to_yesterday(TOWNSHIP, [])
        assert await asked.look_for_rewritten_ledgers() == set()
    seals, _ = scheduler(doors)._journal.seals_after(0)
    published = [
        event.load()
        for event in await doors.office.ledger.read(COUNTY, TOWNSHIP)
        if event.kind == "ledger-sealed"
    ]
    assert published[-1]["previous_seal"] == seals[-2].digest
    assert published[-1]["merkle_root"] == seals[-1].merkle_root


@pytest.mark.parametrize("journal", ["kept", "lost"])
@pytest.mark.parametrize("changed", [1, 2])
async def test_a_ledger_that_contradicts_its_own_seal_is_sealed_again_once_that_is_accepted(
    doors: Doors, changed: int, journal: str
) -> None:
    await doors.file()
    await doors.file()
    later(doors, 1)
    assert await seal(doors, days_later=9) == 1
    [broken], _ = scheduler(doors)._journal.seals_after(0)
    as_superuser(doors, CHANGE_A_HASH, (changed,))
    if journal == "lost":
        journal_of(doors).unlink()
    await doors.file()
    await refused(doors)
    assert await accepted(doors) == [broken.digest]
    await sealed_again(doors)


async def test_the_loss_of_a_seal_and_a_change_under_the_one_before_are_accepted_together(
    doors: Doors,
) -> None:
    await doors.file()
    later(doors, 1)
    await seal(doors, days_later=9)
    await doors.file()
    later(doors, 1)
    await seal(doors, days_later=12)
    before, last = scheduler(doors)._journal.seals_after(0)[0]
    as_superuser(doors, "delete from event where seq > %s", (2,))
    as_superuser(doors, "update ledger set head_seq = %s", (2,))
    as_superuser(doors, CHANGE_A_HASH, (1,))
    await doors.file()
    assert await accepted(doors) == [last.digest, before.digest]
    await sealed_again(doors)


async def test_nothing_is_accepted_where_nothing_was_lost(doors: Doors) -> None:
    await doors.file()
    await seal(doors)
    restores = Restores(
        doors.office.ledger, SealJournal(journal_of(doors)), service="intake", county=COUNTY
    )
    assert await restores.accept(RestoreReason.DRILL, datetime.now(UTC)) == []


SWAP_VERSIONS = (
    "update event set version = -version where stream_id = %s",
    "update event set version = 3 + version where stream_id = %s",
)


@pytest.mark.parametrize("name", ["case", "seals"])
async def test_events_whose_versions_were_exchanged_are_not_folded(
    doors: Doors, name: str
) -> None:
    case = await doors.file()
    later(doors, 1)
    await doors.tell(case, ACCEPT)
    later(doors, 1)
    assert await seal(doors, days_later=9) == 2
    stream = case if name == "case" else stream_of("intake", TOWNSHIP)
    swapped = [part for each in SWAP_VERSIONS for part in (each, (stream,))]
    as_superuser(doors, *swapped)
    with pytest.raises(StreamOutOfOrder):
        await doors.office.ledger.stream(COUNTY, stream)
    with pytest.raises(StreamOutOfOrder):
        await doors.office.ledger.streams(COUNTY, TOWNSHIP, [stream])
    if name == "case":
        answer = await doors.post(f"/cases/{case}/divert", {"route": "litigation"})
        assert answer.status_code == 500
        assert len(await doors.office.ledger.read(COUNTY, TOWNSHIP)) == 5
