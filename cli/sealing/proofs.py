"""Checks proofs locally, without trusting the service."""

from typing import Any

from cli.refusals import CommandRefused
from cli.verify import PublicKeys, hash_of, is_signed
from shared.sealing.merkle import includes, is_consistent

Answer = dict[str, Any]


class ProofFails(CommandRefused):
    """The proof is not valid."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The proof fails: {why}.")


def check_inclusion(proof: Answer, event_id: str, keys: PublicKeys) -> None:
    """Check that the unchanged event is a leaf of the seal's tree; raises ProofFails."""
    event, seal = proof["event"], proof["seal"]["seal"]
    ledger = f"{event['source'].removeprefix('/')}/{event['partitionkey']}"
    if event["id"] != event_id or seal["ledger"] != ledger:
        raise ProofFails("it is about another event or ledger")
    if hash_of(event).hex() != event["hash"]:
        raise ProofFails("the event's hash does not follow from what it says")
    _check_signature(seal, keys)
    if not includes(
        bytes.fromhex(event["hash"]),
        int(event["sequence"]) - 1,
        seal["head_sequence"],
        _steps(proof),
        bytes.fromhex(seal["merkle_root"]),
    ):
        raise ProofFails("the event is not under the seal")


def check_consistency(proof: Answer, ledger: str, keys: PublicKeys) -> None:
    """Check that the second seal's tree begins with the first's; raises ProofFails."""
    first, second = proof["first"]["seal"], proof["second"]["seal"]
    if {first["ledger"], second["ledger"]} != {ledger}:
        raise ProofFails("it is about another ledger")
    for each in (first, second):
        _check_signature(each, keys)
    if not is_consistent(
        first=first["head_sequence"],
        second=second["head_sequence"],
        first_root=bytes.fromhex(first["merkle_root"]),
        second_root=bytes.fromhex(second["merkle_root"]),
        path=_steps(proof),
    ):
        raise ProofFails("the later seal does not go on from the earlier one")


def _check_signature(seal: Answer, keys: PublicKeys) -> None:
    if seal["key_id"] not in keys:
        raise ProofFails(f"the seal of {seal['day']} was signed by a key that is not known")
    if not is_signed(seal, keys):
        raise ProofFails(f"the signature of the seal of {seal['day']} is not the key's")


def _steps(proof: Answer) -> list[bytes]:
    return [bytes.fromhex(step) for step in proof["path"]]
