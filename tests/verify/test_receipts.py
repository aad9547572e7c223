"""A receipt is checked from its file alone; a bent one is refused, whatever was bent."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from cli import verify
from cli.verify import NotSealedYet, Report, check_receipt, hash_of, root_over
from shared.openings import OpeningsHead
from shared.sealing import SealKeys
from shared.sealing.merkle import GrowingTree, inclusion_ranges, path_of
from shared.sealing.seal import Head, sign

TOWNSHIP = "519900101"
CASE = f"{TOWNSHIP}-0198a5c0-0000-7000-8000-000000000001"
KEYS = SealKeys.of(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER_KEYS = SealKeys.of(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
PLACE, SIZE = 5, 11
OPENINGS = OpeningsHead(3, sha256(b"third line").digest())
OTHERS = [sha256(str(number).encode()).digest() for number in range(SIZE)]
Receipt = dict[str, Any]


def an_event(**changes: Any) -> dict[str, Any]:
    event = {
        "specversion": "1.0",
        "datacontenttype": "application/json",
        "id": f"{TOWNSHIP}-0198a5c0-0000-7000-8000-00000000e001",
        "type": "case-filed",
        "source": "/intake",
        "subject": CASE,
        "time": "2025-03-04T02:00:00.000000Z",
        "dataschema": "/contracts/case-filed/1",
        "partitionkey": TOWNSHIP,
        "actorref": "post-1",
        "sequence": str(PLACE + 1),
        "recordedtime": "2025-03-04T02:00:01.000000Z",
        "previoushash": OTHERS[PLACE - 1].hex(),
        "data": {"case_id": CASE, "number": "519900-2025-LF-000001-0"},
    } | changes
    return event | {"hash": hash_of(event).hex()}


def a_receipt(
    event: dict[str, Any] | None = None,
    *,
    day: str = "2025-03-04",
    openings: OpeningsHead | None = None,
) -> Receipt:
    event = event or an_event()
    leaves = [*OTHERS]
    leaves[PLACE] = bytes.fromhex(event["hash"])
    head = Head(
        day=datetime.fromisoformat(day).date(),
        sequence=SIZE,
        hash=leaves[-1],
        merkle_root=GrowingTree(leaves).root(),
        openings=openings,
    )
    seal = sign(head, ledger=f"intake/{TOWNSHIP}", keys=KEYS)
    return {
        "format": "concord-receipt",
        "format_version": 1,
        "number": "519900-2025-LF-000001-0",
        "received_on": "2025-03-04",
        "hash": event["hash"],
        "event": event,
        "seal": seal.to_data(),
        "path": [each.hex() for each in path_of(leaves, inclusion_ranges(PLACE, SIZE))],
        "keys": KEYS.published(),
    }


def findings(receipt: Any, keys: verify.PublicKeys | None = None) -> list[str]:
    report = Report(lambda _: None)
    text = receipt if isinstance(receipt, bytes) else orjson.dumps(receipt)
    check_receipt(text, keys, report)
    return report.findings


def test_a_good_receipt_holds_with_its_own_key_and_with_one_from_elsewhere() -> None:
    published = verify.read_keys(orjson.dumps({"keys": KEYS.published()}))
    assert findings(a_receipt()) == []
    assert findings(a_receipt(), published) == []


def test_a_receipt_under_a_seal_that_names_the_log_of_openings_holds() -> None:
    good = a_receipt(openings=OPENINGS)
    assert good["seal"]["openings"] == 3
    assert findings(good) == []
    assert findings(moved(good, "seal", "openings", to=2)) != []
    half = {name: value for name, value in good["seal"].items() if name != "openings_hash"}
    assert findings(good | {"seal": half}) != []


def test_a_day_of_receipt_that_the_event_states_is_the_receipts() -> None:
    event = an_event(data=an_event()["data"] | {"received_on": "2025-03-01"})
    assert findings(a_receipt(event) | {"received_on": "2025-03-01"}) == []
    assert findings(a_receipt(event)) != []


def test_one_without_a_seal_is_not_sealed_yet() -> None:
    with pytest.raises(NotSealedYet):
        findings(a_receipt() | {"seal": None, "path": []})


def moved(receipt: Receipt, *path: Any, to: Any) -> Receipt:
    bent = copy.deepcopy(receipt)
    inner: Any = bent
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = to
    return bent


def resigned(receipt: Receipt, **said: Any) -> Receipt:
    """Another seal, signed by another key that the receipt brings along."""
    seal = receipt["seal"] | said | {"key_id": OTHER_KEYS.signing_id}
    seal.pop("signature")
    signature = OTHER_KEYS.signing.sign(verify.canonical(seal)).hex()
    return receipt | {"seal": seal | {"signature": signature}, "keys": OTHER_KEYS.published()}


OF_ANOTHER_NUMBER = an_event(data={"case_id": CASE, "number": "519900-2025-LF-000002-Y"})
BENT: dict[str, Callable[[Receipt], Any]] = {
    "another number": lambda r: r | {"number": "519900-2025-LF-000002-Y"},
    "another day": lambda r: r | {"received_on": "2025-03-03"},
    "another hash": lambda r: r | {"hash": "0" * 64},
    "another number in the event": lambda r: moved(
        r | {"number": "x"}, "event", "data", "number", to="x"
    ),
    "another event, hashed anew": lambda r: r
    | {"event": OF_ANOTHER_NUMBER, "hash": OF_ANOTHER_NUMBER["hash"], "number": "519900-2025-LF-000002-Y"},
    "an event of another kind": lambda r: r
    | {"event": (e := an_event(type="case-closed", dataschema="/contracts/case-closed/1")), "hash": e["hash"]},
    "an event of a later version": lambda r: r
    | {"event": (e := an_event(dataschema="/contracts/case-filed/9")), "hash": e["hash"]},
    "an event of another service": lambda r: r
    | {"event": (e := an_event(source="/grid")), "hash": e["hash"]},
    "another place": lambda r: r
    | {"event": (e := an_event(sequence="7")), "hash": e["hash"]},
    "a place behind the seal": lambda r: r
    | {"event": (e := an_event(sequence="12")), "hash": e["hash"]},
    "another root": lambda r: moved(r, "seal", "merkle_root", to="0" * 64),
    "another day of the seal": lambda r: moved(r, "seal", "day", to="2025-03-05"),
    "the seal of another ledger": lambda r: moved(r, "seal", "ledger", to="intake/519900102"),
    "a seal with a member more": lambda r: moved(r, "seal", "more", to="x"),
    "a seal without a signature": lambda r: moved(r, "seal", "signature", to=""),
    "a shorter path": lambda r: r | {"path": r["path"][:-1]},
    "a longer path": lambda r: r | {"path": [*r["path"], "0" * 64]},
    "steps in another order": lambda r: r | {"path": r["path"][::-1]},
    "a step that is none": lambda r: r | {"path": ["x"]},
    "a path and no seal": lambda r: r | {"seal": None},
    "an endless path": lambda r: r | {"path": ["0" * 64] * 65},
    "no keys": lambda r: r | {"keys": []},
    "other keys": lambda r: r | {"keys": OTHER_KEYS.published()},
    "keys that are none": lambda r: r | {"keys": "x"},
    "a member more": lambda r: r | {"more": 1},
    "a member less": lambda r: {name: value for name, value in r.items() if name != "path"},
    "another format": lambda r: r | {"format": "concord-export"},
    "a later format": lambda r: r | {"format_version": 2},
    "no event": lambda r: r | {"event": None},
    "a seal that is a text": lambda r: r | {"seal": "x"},
    "no object": lambda r: [r],
    "no JSON": lambda r: orjson.dumps(r)[:-1],
    "a number twice": lambda r: orjson.dumps(r)[:-1] + b',"number":"x"}',
}  # fmt: skip


@pytest.mark.parametrize("how", BENT)
def test_a_bent_receipt_is_refused(how: str) -> None:
    assert findings(BENT[how](a_receipt())) != []


def test_a_seal_from_before_the_event_is_refused() -> None:
    assert findings(a_receipt(day="2025-03-03")) != []


def test_a_receipt_that_somebody_else_has_signed_holds_by_its_own_key_alone() -> None:
    forged = resigned(a_receipt())
    published = verify.read_keys(orjson.dumps({"keys": KEYS.published()}))
    assert findings(forged) == []
    assert any("key mismatch" in each for each in findings(forged, published))


@given(size=st.integers(1, 70), data=st.data())
def test_the_path_leads_to_the_root_and_no_other_does(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves = [sha256(bytes([number])).digest() for number in range(size)]
    root = GrowingTree(leaves).root()
    path = path_of(leaves, inclusion_ranges(index, size))
    assert root_over(leaves[index], index, size, path) == root
    wrong = data.draw(st.integers(0, size).filter(lambda other: other != index))
    assert root_over(leaves[index], wrong, size, path) != root
    assert root_over(leaves[index], index, size, [*path, root]) is None


def test_the_file_alone_says_what_holds_and_what_does_not(tmp_path: Path) -> None:
    receipt, key = tmp_path / "receipt.json", tmp_path / "keys.json"
    key.write_bytes(orjson.dumps({"keys": KEYS.published()}))

    def said(content: Any, *words: str) -> tuple[int, str]:
        receipt.write_bytes(orjson.dumps(content))
        done = subprocess.run(
            [sys.executable, "-I", str(verify.__file__), "--receipt", str(receipt), *words],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    code, words = said(a_receipt(), "--key", str(key))
    assert (code, "This receipt holds" in words, "key came from" in words) == (0, True, False)
    code, words = said(a_receipt())
    assert (code, "The key came from the receipt" in words) == (0, True)
    code, words = said(a_receipt() | {"seal": None, "path": []})
    assert (code, "Not sealed yet" in words) == (1, True)
    code, words = said(a_receipt() | {"number": "x"})
    assert (code, "another number" in words) == (1, True)
    code, words = said(a_receipt(), "--key", str(tmp_path / "nowhere"))
    assert (code, "cannot be read" in words) == (2, True)


ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**60, 10**30, "", "x", "0" * 64, "٣", "\ud800"),
    *("2025-03-04", "9999-12-31T23:59:59.000000Z", [], ["x"], {}, {"a": 1}),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything in the receipt."""
    match value:
        case dict():
            inner = list(value.items())
        case list():
            inner = list(enumerate(value))
        case _:
            return
    for name, each in inner:
        yield (*path, name)
        yield from places(each, (*path, name))


@pytest.mark.parametrize("openings", [None, OPENINGS])
def test_no_value_in_any_place_passes_or_is_a_fault(openings: OpeningsHead | None) -> None:
    good, tried = a_receipt(openings=openings), 0
    for path in places(good):
        for odd in ODD:
            bent = moved(good, *path, to=odd)
            if bent != good:
                tried += 1
                assert findings(json.dumps(bent).encode()) != [], (path, odd)
    assert tried > 500
