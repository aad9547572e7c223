"""Proofs are checked on this machine: a service that lies is found out."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from cli.sealing.proofs import ProofFails, check_consistency, check_inclusion
from cli.sealing.seal_api import as_pem
from cli.verify import PublicKeys, read_keys
from shared.canonical import canonical
from shared.cloudevents import to_structured
from shared.sealing import SealKeys
from shared.sealing.merkle import consistency_ranges, inclusion_ranges, path_of
from tests.stats.lives import TOWNSHIP
from tests.verify.exports import KEYS, OTHER_KEYS, Chained
from tests.verify.tampering import a_township

CHAINED = Chained(a_township(), [5, 9])
HASHES = [event.hash for event in CHAINED.events]
SEALS = [event.load() for event in CHAINED.events if event.kind == "ledger-sealed"]
EVENT = to_structured(CHAINED.events[2])


def keys_of(keys: Any) -> PublicKeys:
    return read_keys(canonical({"keys": keys.published()}))


def path(ranges: list[tuple[int, int]], size: int) -> list[str]:
    return [step.hex() for step in path_of(HASHES[:size], ranges)]


INCLUSION = {
    "event": EVENT,
    "seal": {"seal": SEALS[0]},
    "path": path(inclusion_ranges(2, 5), 5),
}
CONSISTENCY = {
    "first": {"seal": SEALS[0]},
    "second": {"seal": SEALS[1]},
    "path": path(consistency_ranges(5, 10), 10),
}


def changed(proof: dict[str, Any], *way: str, to: Any) -> dict[str, Any]:
    lie = deepcopy(proof)
    place = lie
    for name in way[:-1]:
        place = place[name]
    place[way[-1]] = to
    return lie


def test_true_proofs_pass() -> None:
    check_inclusion(INCLUSION, EVENT["id"], keys_of(KEYS))
    check_consistency(CONSISTENCY, f"intake/{TOWNSHIP}", keys_of(KEYS))


@pytest.mark.parametrize(
    ("proof", "why"),
    [
        (changed(INCLUSION, "event", "id", to="another"), "about another event"),
        (changed(INCLUSION, "event", "time", to="2025-01-01T00:00:00.000000Z"), "hash does not"),
        (changed(INCLUSION, "event", "partitionkey", to="519900102"), "about another event"),
        (changed(INCLUSION, "seal", "seal", "head_sequence", to=6), "not the key's"),
        (changed(INCLUSION, "seal", "seal", to=SEALS[1]), "not under the seal"),
        (changed(INCLUSION, "path", to=[]), "not under the seal"),
    ],
)
def test_a_false_inclusion_fails(proof: dict[str, Any], why: str) -> None:
    with pytest.raises(ProofFails, match=why):
        check_inclusion(proof, EVENT["id"], keys_of(KEYS))


@pytest.mark.parametrize(
    ("proof", "why"),
    [
        (changed(CONSISTENCY, "first", "seal", "ledger", to="intake/519900102"), "another ledger"),
        (changed(CONSISTENCY, "first", "seal", "merkle_root", to="00" * 32), "not the key's"),
        (changed(CONSISTENCY, "path", to=["00" * 32]), "does not go on"),
        (changed(CONSISTENCY, "second", to={"seal": SEALS[0]}), "does not go on"),
    ],
)
def test_a_false_consistency_fails(proof: dict[str, Any], why: str) -> None:
    with pytest.raises(ProofFails, match=why):
        check_consistency(proof, f"intake/{TOWNSHIP}", keys_of(KEYS))


def test_a_key_that_is_not_the_one_kept_elsewhere_is_refused() -> None:
    with pytest.raises(ProofFails, match="a key that is not known"):
        check_inclusion(INCLUSION, EVENT["id"], keys_of(OTHER_KEYS))


def test_keys_printed_as_pem_go_behind_a_new_private_key(tmp_path: Path) -> None:
    file = tmp_path / "intake.pem"
    told = {"keys": OTHER_KEYS.published()}
    private = KEYS.signing.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.touch(0o600)
    file.write_bytes(private + as_pem(told).encode() + b"\n")
    published = {key["key_id"] for key in SealKeys.from_file(file).published()}
    assert published == {key["key_id"] for keys in (KEYS, OTHER_KEYS) for key in keys.published()}
    assert read_keys(as_pem(told).encode()) == keys_of(OTHER_KEYS)
