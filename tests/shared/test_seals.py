"""What is sealed, by which key, and that a seal says nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from shared.divisions import check_id
from shared.sealing import KeyUnusable, SealKeys
from shared.sealing.days import Entry, LastSeal, heads_to_seal
from shared.sealing.merkle import GrowingTree
from shared.sealing.seal import Head, is_signed, sealed_event, sign
from shared.sealing.seal_key import fresh_key_pem, read_published
from shared.times import china_day, start_of

LEDGER = "intake/519900101"
FIRST_DAY = date(2025, 3, 4)
NOON = start_of(FIRST_DAY) + timedelta(hours=12)
KEYS = SealKeys.of(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
HEAD = Head(FIRST_DAY, 42, bytes([1]) * 32, bytes([2]) * 32)
SEAL = sign(HEAD, ledger=LEDGER, keys=KEYS)


def entries(*days_and_kinds: tuple[int, str]) -> list[Entry]:
    """A ledger whose events were recorded so many days after the first."""
    return [
        Entry(number, sha256(bytes([number])).digest(), kind, NOON + timedelta(days=day))
        for number, (day, kind) in enumerate(days_and_kinds, start=1)
    ]


def heads(
    ledger: list[Entry], last: LastSeal | None = None, *, until: int
) -> list[tuple[int, int]]:
    """Day and sequence of every head that is to be sealed on that day."""
    today = FIRST_DAY + timedelta(days=until)
    found = heads_to_seal(ledger, last or LastSeal(), until=today)
    return [((head.day - FIRST_DAY).days, head.sequence) for head in found]


FACT, SEALED = "case-filed", "ledger-sealed"


def test_a_day_that_is_not_over_is_left_alone() -> None:
    assert heads(entries((0, FACT), (1, FACT)), until=0) == []
    assert heads(entries((0, FACT), (1, FACT)), until=1) == [(0, 1)]


def test_each_day_with_news_is_sealed_where_it_ends() -> None:
    ledger = entries((0, FACT), (0, FACT), (3, FACT), (5, FACT))
    assert heads(ledger, until=9) == [(0, 2), (3, 3), (5, 4)]


def test_a_ledger_whose_only_news_is_its_own_seal_is_not_sealed_again() -> None:
    ledger = entries((0, FACT), (1, SEALED))
    assert heads(ledger, LastSeal(1, 1, FIRST_DAY), until=9) == []


def test_the_next_seal_covers_the_one_before_it() -> None:
    ledger = entries((0, FACT), (1, SEALED), (1, FACT))
    assert heads(ledger, LastSeal(1, 1, FIRST_DAY), until=9) == [(1, 3)]


def test_what_was_recorded_late_on_a_day_sealed_already_belongs_to_the_next_day() -> None:
    ledger = entries((0, FACT), (0, FACT))
    assert heads(ledger, LastSeal(1, 1, FIRST_DAY), until=1) == []
    assert heads(ledger, LastSeal(1, 1, FIRST_DAY), until=2) == [(1, 2)]


def test_a_day_is_chinas() -> None:
    before = datetime(2025, 3, 3, 15, 59, 59, tzinfo=UTC)
    ledger = [replace(entry, recorded_at=before) for entry in entries((0, FACT))]
    assert heads(ledger, until=0) == [(-1, 1)]


ledgers = st.lists(st.tuples(st.integers(0, 6), st.sampled_from([FACT, SEALED])), max_size=30)


@given(ledgers, st.integers(0, 8), st.integers(0, 30))
def test_every_event_of_a_day_that_is_over_is_sealed_exactly_once(
    days_and_kinds: list[tuple[int, str]], until: int, sealed: int
) -> None:
    ledger = entries(*sorted(days_and_kinds, key=lambda each: each[0]))
    today = FIRST_DAY + timedelta(days=until)
    covered = ledger[: min(sealed, len(ledger))]
    last = (
        LastSeal(1, covered[-1].sequence, china_day(covered[-1].recorded_at))
        if covered
        else LastSeal()
    )
    found = list(heads_to_seal(ledger, last, until=today))
    assert [head.day for head in found] == sorted({head.day for head in found})
    for head in found:
        under = [entry.hash for entry in ledger[: head.sequence]]
        assert head.merkle_root == GrowingTree(under).root()
        assert head.hash == under[-1]
        assert last.day < head.day < today
    reached = found[-1].sequence if found else last.head_sequence
    news = [
        entry
        for entry in ledger[reached:]
        if entry.kind == FACT
        and max(china_day(entry.recorded_at), last.day + timedelta(days=1)) < today
    ]
    assert news == []
    if found:
        again = LastSeal(2, found[-1].sequence, found[-1].day)
        assert list(heads_to_seal(ledger, again, until=today)) == []


def test_a_seal_is_checked_by_the_key_that_it_names() -> None:
    known = read_published(KEYS.published())
    assert is_signed(SEAL, known)
    assert not is_signed(SEAL, {})
    stranger = SealKeys.of(Ed25519PrivateKey.generate())
    assert not is_signed(SEAL, stranger.public)


@pytest.mark.parametrize(
    "change",
    [
        {"ledger": "intake/519900102"},
        {"day": "2025-03-05"},
        {"head_sequence": 43},
        {"head_hash": "00" * 32},
        {"merkle_root": "00" * 32},
        {"signature": "00" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_seal_that_was_changed_is_no_seal(change: dict[str, object]) -> None:
    assert not is_signed(SEAL.model_copy(update=change), KEYS.public)


def test_a_day_of_a_ledger_has_one_seal_whoever_sets_it() -> None:
    other = sign(replace(HEAD, sequence=43), ledger=LEDGER, keys=KEYS)
    events = [sealed_event(seal, version=1, at=NOON) for seal in (SEAL, other)]
    assert len({event.event_id for event in events}) == 1
    assert len({event.stream_id for event in events}) == 1
    check_id(events[0].event_id)
    check_id(events[0].stream_id)
    next_day = sign(replace(HEAD, day=date(2025, 3, 5)), ledger=LEDGER, keys=KEYS)
    assert sealed_event(next_day, version=2, at=NOON).event_id != events[0].event_id


def key_file(folder: Path, *pems: str, mode: int = 0o600) -> Path:
    file = folder / "seal.pem"
    file.write_text("".join(pems))
    file.chmod(mode)
    return file


def test_the_first_private_key_signs_and_the_others_stay_known(tmp_path: Path) -> None:
    retired = Ed25519PrivateKey.generate().public_key()
    as_pem = retired.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    new, old = fresh_key_pem(), fresh_key_pem()
    signed_before = sign(HEAD, ledger=LEDGER, keys=SealKeys.from_file(key_file(tmp_path, old)))
    keys = SealKeys.from_file(key_file(tmp_path, new, old, as_pem))
    assert next(key["key_id"] for key in keys.published()) == keys.signing_id
    assert len(keys.published()) == 3
    assert is_signed(signed_before, keys.public)


def rsa_pem() -> str:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.mark.parametrize(
    ("pem", "why"),
    [
        ("", "holds no private key"),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "cannot be read"),
        (rsa_pem(), "is not Ed25519"),
        (
            fresh_key_pem() + "-----BEGIN PUBLIC KEY-----\nAA\n-----END PUBLIC KEY-----\n",
            "cannot be read",
        ),
    ],
    ids=["empty", "torn", "rsa", "torn public key"],
)
def test_a_file_without_a_usable_key_is_refused(tmp_path: Path, pem: str, why: str) -> None:
    with pytest.raises(KeyUnusable, match=why):
        SealKeys.from_file(key_file(tmp_path, pem))


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyUnusable, match="0600"):
        SealKeys.from_file(key_file(tmp_path, fresh_key_pem(), mode=0o640))
    with pytest.raises(KeyUnusable, match="cannot be read"):
        SealKeys.from_file(tmp_path / "nowhere.pem")
