"""An attachment under its file's key: what was sealed comes back, and nothing passes for it."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.attachments.sealing import PART, AttachmentKey, parts_of
from shared.keys import Keys, NotUnsealed
from shared.vault import PersonFile, Vault

RECORD, OTHER = "519900101-r1", "519900101-r2"
sizes = st.sampled_from([1, PART - 1, PART, PART + 1, 3 * PART])


@cache
def file(person: str) -> PersonFile:
    vault = Vault.__new__(Vault)
    vault._wrapping = Keys(bytes(32)).for_purpose("vault-wrap")
    return vault.begin(person)


def key(record: str = RECORD, person: str = "p1") -> AttachmentKey:
    return AttachmentKey(record, file(person))


@given(sizes)
def test_what_was_sealed_comes_back(size: int) -> None:
    content = bytes(range(256)) * (size // 256) + bytes(size % 256)
    digest = key().digest(content)
    sealed = list(key().seal(content, digest))
    assert len(sealed) == parts_of(size)
    parts = [key().unseal(each, digest, n, len(sealed)) for n, each in enumerate(sealed)]
    assert b"".join(parts) == content
    assert all(content[:40] not in each for each in sealed if size > 40)


def test_the_same_bytes_of_two_people_have_two_digests() -> None:
    assert key(person="p1").digest(b"x") != key(person="p2").digest(b"x")
    assert key(person="p1").digest(b"x") == key(OTHER, "p1").digest(b"x")


def test_an_attachment_is_no_text() -> None:
    assert key().digest(b'{"text":"x"}') != file("p1").digest({"text": "x"})


@pytest.mark.parametrize(
    ("record", "person", "digest", "part", "parts"),
    [
        (OTHER, "p1", None, 0, 2),
        (RECORD, "p2", None, 0, 2),
        (RECORD, "p1", "0" * 64, 0, 2),
        (RECORD, "p1", None, 1, 2),
        (RECORD, "p1", None, 0, 1),
    ],
    ids=["record", "person", "digest", "part", "parts"],
)
def test_a_part_in_another_place_is_not_opened(
    record: str, person: str, digest: str | None, part: int, parts: int
) -> None:
    content = bytes(PART + 1)
    its = key().digest(content)
    first = next(key().seal(content, its))
    with pytest.raises(NotUnsealed):
        key(record, person).unseal(first, digest or its, part, parts)
