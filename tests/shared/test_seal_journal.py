"""The journal of seals: on disk before a seal is used, shared by processes, and never guessed at."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.ledger import LedgerRestoreAccepted, LedgerSealed
from shared.contracts.ledger_codes import RestoreReason
from shared.ledger.errors import StreamOutOfOrder
from shared.ledger.read import StreamEvent, in_order
from shared.sealing import JournalUnusable, SealJournal
from shared.sealing.days import Root
from shared.sealing.history import HistoryRewritten, compare
from shared.sealing.seal import is_signed, sign
from tests.shared.test_seals import HEAD, KEYS, LEDGER, SEAL

NEXT = sign(
    replace(HEAD, day=date(2025, 3, 5), sequence=50),
    ledger=LEDGER,
    keys=KEYS,
    previous=SEAL.digest,
)
AT = datetime(2025, 3, 6, tzinfo=UTC)


def file_in(folder: Path) -> Path:
    return folder / "intake.journal"


async def written(folder: Path, *seals: LedgerSealed) -> SealJournal:
    journal = SealJournal(file_in(folder))
    async with journal.locked():
        for seal in seals:
            journal.write_seal(seal)
    return journal


async def test_what_one_process_writes_another_reads(tmp_path: Path) -> None:
    other = await written(tmp_path)
    await written(tmp_path, SEAL)
    async with other.locked():
        assert other.latest == {LEDGER: SEAL}
    await written(tmp_path, NEXT)
    async with other.locked():
        assert other.latest == {LEDGER: NEXT}
    assert other.seals_after(0)[0] == [SEAL, NEXT]
    assert file_in(tmp_path).stat().st_mode & 0o777 == 0o600


async def test_one_holds_the_journal_at_a_time(tmp_path: Path) -> None:
    first, second = SealJournal(file_in(tmp_path)), SealJournal(file_in(tmp_path))
    async with first.locked():
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3), second.locked():
                pass
    async with second.locked():
        pass


async def test_a_line_that_a_crash_cut_short_is_dropped(tmp_path: Path) -> None:
    await written(tmp_path, SEAL)
    file = file_in(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole + whole[:40])
    journal = await written(tmp_path, NEXT)
    assert journal.latest == {LEDGER: NEXT}
    assert len(file.read_bytes().splitlines()) == 2


async def test_a_journal_that_was_put_back_is_read_anew(tmp_path: Path) -> None:
    journal = await written(tmp_path, SEAL)
    before = file_in(tmp_path).read_bytes()
    async with journal.locked():
        journal.write_seal(NEXT)
    file_in(tmp_path).write_bytes(before)
    async with journal.locked():
        assert journal.latest == {LEDGER: SEAL}


async def test_an_accepted_restore_ends_what_was_sealed_before(tmp_path: Path) -> None:
    journal = await written(tmp_path, SEAL)
    said = LedgerRestoreAccepted(
        ledger=LEDGER,
        reason=RestoreReason.DRILL,
        head_sequence=SEAL.head_sequence,
        head_hash=SEAL.head_hash,
        sealed_day=SEAL.day,
        seal=SEAL.digest,
    )
    async with journal.locked():
        journal.write_restore(said, AT)
    again = await written(tmp_path)
    assert journal.latest == again.latest == {}


@pytest.mark.parametrize("line", [b"{}\n", b'{"entry":"other"}\n', b"[]\n", b"\xff\n", b"\n"])
async def test_a_line_of_another_kind_stops_all_signing(tmp_path: Path, line: bytes) -> None:
    file_in(tmp_path).write_bytes(line)
    with pytest.raises(JournalUnusable, match="none of its own"):
        await written(tmp_path, SEAL)


async def test_a_journal_that_others_may_write_is_refused(tmp_path: Path) -> None:
    await written(tmp_path, SEAL)
    file_in(tmp_path).chmod(0o660)
    with pytest.raises(JournalUnusable, match="0600"):
        SealJournal(file_in(tmp_path))
    with pytest.raises(JournalUnusable, match="cannot be used"):
        await written(tmp_path / "nowhere", SEAL)


def root_of(seal: LedgerSealed, **changed: str) -> dict[int, Root]:
    said = {"head_hash": seal.head_hash, "merkle_root": seal.merkle_root} | changed
    return {seal.head_sequence: Root(seal.head_sequence, **said)}


BOTH = root_of(SEAL) | root_of(NEXT)
OTHER = sign(replace(HEAD, day=date(2025, 3, 6)), ledger=LEDGER, keys=KEYS)


@pytest.mark.parametrize(
    ("journaled", "last"),
    [(None, None), (None, SEAL), (SEAL, None), (SEAL, SEAL), (NEXT, SEAL), (SEAL, NEXT)],
)
def test_a_ledger_may_be_a_seal_behind_its_journal_or_ahead_of_it(
    journaled: LedgerSealed | None, last: LedgerSealed | None
) -> None:
    compare(journaled, last, BOTH)


@pytest.mark.parametrize(
    ("journaled", "last", "roots"),
    [
        (SEAL, None, {}),
        (SEAL, SEAL, root_of(SEAL, head_hash="00" * 32)),
        (SEAL, None, root_of(SEAL, merkle_root="00" * 32)),
        (None, SEAL, root_of(SEAL, merkle_root="00" * 32)),
        (NEXT, None, BOTH),
        (NEXT, OTHER, BOTH),
        (SEAL, OTHER, BOTH),
    ],
    ids=["behind", "head", "root", "root of an unknown seal", "two behind", "fork", "another"],
)
def test_a_ledger_that_holds_something_else_is_refused(
    journaled: LedgerSealed | None, last: LedgerSealed | None, roots: dict[int, Root]
) -> None:
    with pytest.raises(HistoryRewritten):
        compare(journaled, last, roots)


def test_a_seal_is_signed_over_the_one_before() -> None:
    assert is_signed(NEXT, KEYS.public)
    assert not is_signed(NEXT.model_copy(update={"previous_seal": "00" * 32}), KEYS.public)
    first = LedgerSealed.model_validate(
        {name: value for name, value in SEAL.to_data().items() if name != "previous_seal"}
    )
    assert not is_signed(first, KEYS.public)


def event(stream: str, version: int, sequence: int) -> StreamEvent:
    return StreamEvent(
        sequence=sequence,
        stream_id=stream,
        version=version,
        event_id=f"{sequence}",
        kind="loan-made",
        schema_version=1,
        data="{}",
        actor_ref=None,
        occurred_at=AT,
        recorded_at=AT,
    )


@given(st.permutations([1, 2, 3, 4]), st.permutations([1, 2, 3]))
def test_a_stream_is_read_only_in_the_order_of_its_ledger(
    first: list[int], second: list[int]
) -> None:
    events = [event("a", version, place) for place, version in enumerate(first, 1)]
    events += [event("b", version, 9 + place) for place, version in enumerate(second, 1)]
    found = sorted(events, key=lambda each: (each.stream_id, each.version))
    if first == sorted(first) and second == sorted(second):
        assert in_order(found) == found
    else:
        with pytest.raises(StreamOutOfOrder):
            in_order(found)


@pytest.mark.parametrize("versions", [[2], [1, 3], [0, 1], [1, 1]])
def test_a_stream_with_a_missing_version_is_not_read(versions: list[int]) -> None:
    with pytest.raises(StreamOutOfOrder):
        in_order([event("a", version, place) for place, version in enumerate(versions, 1)])
