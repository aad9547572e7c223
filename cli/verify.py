"""Checks an export of ledgers and figures from the export alone: `python verify.py DIR`.

It shares no code with the system that made the export: this one file, Python's standard library
and the `cryptography` package are all there is, so read it before you believe it. In order:

    files    every file is the one that the manifest names, and there is no other
    chain    every event's digest and hash follow from what it says; the sequence has no gap; time
             runs back nowhere but where a person corrected the clock
    seals    every daily seal: its Merkle root recomputed, its Ed25519 signature checked, the seal
             before it; no past day is left unsealed
    causes   every event that another one caused: that one is in its ledger, and fits
    days     no act about a case before its receipt, none of the kinds below before its acceptance,
             none after its registration was voided
    grounds  every resolution that names what it rests on: earlier events of its case that fit
    acts     every document proven as served: issued before; extensions of thirty days in all;
             reviews requested after the service, decided after the request, and opening a case
             only by what they came to
    grid     every report goes on step by step, its terms are missed when they are over, what is
             noted of it follows from the record; patrols by who serves a valid grid; orders and
             links are there once; the numbers of filed weeks and months follow from the events
    figures  cases, mediations, mediators, grid reports, villages, grids, grid workers, warnings and
             watched matters folded from the events, counted, and compared with the figures given

`python verify.py --receipt FILE` checks the receipt of one registration, which its petitioner has,
from that file alone: what the event says, its hash, and that the day's seal covers it.

What does not hold is named, one line each. Exit code 0: everything holds; 1: something does
not; 2: there is no export there, or the key file cannot be used.
"""

import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    # run as a file, its own folder comes first on the path: nothing there may pass for the
    # standard library (a `token.py` would)
    sys.path.pop(0)

import argparse
import base64
import hmac
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

HOLDS, DOES_NOT_HOLD, NO_EXPORT = 0, 1, 2

FORMAT, FORMAT_VERSION = "concord-export", 1
MANIFEST, FIGURES, SEALS, KEYS = "manifest.json", "figures.json", "seals.ndjson", "keys.json"


class NotReadable(ValueError):
    """Something is not written as an export writes it."""


class NoExport(Exception):
    """There is nothing to check, or nothing to check it with."""


@dataclass
class Report:
    """What was found wrong, and what was checked; `tell` gets both as they come."""

    tell: Callable[[str], None]
    findings: list[str] = field(default_factory=list)

    def wrong(self, where: str, what: str) -> None:
        """Something does not hold."""
        self.findings.append(f"{where}: {what}")
        self.tell(f"NOT OK  {where}: {what}")

    def wrong_event(self, ledger: str, event: "Event", what: str) -> None:
        """An event of a ledger is not what it should be."""
        self.wrong(ledger, f"event {event.sequence} ({event.id}) {what}")

    def fine(self, what: str) -> None:
        """Something was checked, or could not be and says why."""
        self.tell(f"        {what}")


# --- What this file reads ----------------------------------------------------------------------
# An event of another service, of another kind or of a later version is refused by name: nothing
# is counted that is not understood.

EVENTS: dict[str, dict[str, dict[str, int]]] = {
    "intake": {
        "case_id": {
            "attachment-added": 1,
            "answer-review-opened": 2,
            "answer-review-closed": 1,
            "case-assigned": 1,
            "case-accepted": 2,
            "case-closed": 1,
            "case-declined": 1,
            "case-diverted": 1,
            "case-filed": 1,
            "case-forwarded": 1,
            "case-handed-over": 1,
            "case-linked": 1,
            "case-rated": 1,
            "case-referred-to-mediation": 1,
            "case-reopened": 1,
            "case-replied": 1,
            "case-resolved": 1,
            "case-returned": 1,
            "case-routed": 1,
            "case-withdrawn": 1,
            "closing-checked": 1,
            "document-dispatched": 1,
            "extension-granted": 1,
            "filing-corrected": 1,
            "filing-voided": 1,
            "hearing-held": 1,
            "investigation-recorded": 1,
            "mediation-outcome-noted": 1,
            "notice-issued": 1,
            "notice-served": 1,
            "opinion-issued": 1,
            "opinion-served": 1,
            "question-answered": 1,
            "question-asked": 1,
            "re-review-handed-over": 1,
            "remit-objected": 1,
            "remit-objection-decided": 1,
            "remit-taken": 1,
            "recusal-recorded": 1,
            "review-decided": 1,
            "review-requested": 1,
            "statement-recorded": 1,
            "transfer-noted": 1,
            "withdrawal-stated": 1,
            "withdrawal-taken-back": 1,
        },
        "unit_id": {
            "unit-corrected": 1,
            "unit-ended": 1,
            "unit-registered": 1,
        },
        "accusation_id": {
            "accusation-acknowledged": 1,
            "accusation-closed": 1,
            "accusation-outcome-noted": 1,
            "accusation-registered": 1,
            "accusation-transferred": 1,
        },
        "conference_id": {
            "conference-held": 1,
            "conference-missed": 1,
            "conference-task-done": 1,
            "conference-task-set": 1,
            "conference-task-voided": 1,
            "conference-voided": 1,
        },
        "key_case_id": {
            "key-case-closed": 1,
            "key-case-opened": 1,
            "key-case-progressed": 1,
            "key-case-voided": 1,
        },
        "higher_visit_id": {
            "higher-visit-reported": 1,
            "higher-visit-voided": 1,
        },
        "reception_id": {
            "reception-held": 1,
            "reception-missed": 1,
            "reception-scheduled": 1,
            "reception-visit-received": 1,
            "reception-visit-voided": 1,
            "reception-voided": 1,
        },
        "post_id": {
            "post-corrected": 1,
            "post-ended": 1,
            "post-handed-over": 1,
            "post-held": 1,
            "post-registered": 1,
            "post-vacated": 1,
            "substitute-named": 1,
        },
    },
    "grid": {
        "grid_id": {
            "grid-boundary-drawn": 1,
            "grid-corrected": 1,
            "grid-defined": 1,
            "grid-dissolved": 1,
            "grid-worker-assigned": 1,
            "grid-worker-assignment-ended": 1,
            "grid-worker-assignment-voided": 1,
        },
        "report_id": {
            "grid-report-attachment-added": 1,
            "grid-report-closed": 1,
            "grid-report-converted": 1,
            "grid-report-corrected": 1,
            "grid-report-dispatched": 1,
            "grid-report-escalated": 1,
            "grid-report-handled": 1,
            "grid-report-matter-moved": 1,
            "grid-report-outcome-noted": 1,
            "grid-report-rated": 1,
            "grid-report-rejected": 1,
            "grid-report-returned": 1,
            "grid-report-submitted": 1,
            "grid-report-term-missed": 1,
            "grid-report-validated": 1,
            "grid-report-verified": 1,
        },
        "signal_id": {
            "signal-corrected": 1,
            "signal-linked": 1,
            "signal-received": 1,
            "signal-unlinked": 1,
        },
        "order_id": {
            "work-order-answered": 1,
            "work-order-assigned": 1,
            "work-order-opened": 1,
            "work-order-returned": 1,
            "work-order-voided": 1,
        },
        "patrol_id": {
            "patrol-done": 1,
            "patrol-voided": 1,
        },
        "village_id": {
            "village-corrected": 1,
            "village-dissolved": 1,
            "village-registered": 1,
        },
        "worker_id": {
            "grid-worker-enrolled": 1,
            "grid-worker-left": 1,
        },
        "weekly_report_id": {
            "weekly-report-filed": 1,
            "weekly-report-missed": 1,
        },
        "assessment_id": {
            "assessment-held": 1,
            "assessment-missed": 1,
        },
        "warning_id": {
            "warning-acknowledged": 1,
            "warning-disposed": 1,
            "warning-expired": 1,
            "warning-found-false": 1,
            "warning-level-changed": 1,
            "warning-raised": 1,
        },
        "watch_id": {
            "matter-watched": 1,
            "watch-ended": 1,
            "watch-found-unjustified": 1,
            "watch-reviewed": 1,
        },
    },
    "mediation": {
        "mediation_id": {
            "agreement-breached": 1,
            "agreement-draft-voided": 1,
            "agreement-drafted": 1,
            "agreement-performed": 1,
            "confirmation-decided": 1,
            "confirmation-requested": 1,
            "consent-withdrawn": 1,
            "follow-up-made": 1,
            "instalment-partly-performed": 1,
            "instalment-performed": 1,
            "mediation-applied": 1,
            "mediation-consent-voided": 1,
            "mediation-consented": 1,
            "mediation-end-voided": 1,
            "mediation-extension-voided": 1,
            "mediation-failed": 1,
            "mediation-not-taken-up": 1,
            "mediation-opened": 1,
            "mediation-paper-filled-in": 1,
            "mediation-paper-voided": 1,
            "mediation-parties-named": 1,
            "mediation-period-extended": 1,
            "mediation-refused": 1,
            "mediation-session-held": 1,
            "mediation-session-voided": 1,
            "mediation-succeeded": 1,
            "mediation-terminated": 1,
            "mediator-assigned": 1,
            "mediator-assignment-voided": 1,
            "mediator-recusal-voided": 1,
            "mediator-recused": 1,
            "performance-checked": 1,
        },
        "mediator_id": {
            "mediator-enrolled": 1,
            "mediator-left": 1,
        },
        "committee_id": {
            "committee-dissolved": 1,
            "committee-established": 1,
            "committee-seal-filed": 1,
            "committee-seats-filled": 1,
            "committee-term-renewed": 1,
        },
    },
}
"""By service, and by what the event's data names its subject, the latest version of every kind."""

SEALED, RESTORED, ERASED = "ledger-sealed", "ledger-restore-accepted", "person-erased"
REVEALED = "identity-revealed"
CLOCK_ACCEPTED, CLOCK_CORRECTED = "ledger-clock-accepted", "ledger-clock-corrected"
OF_EVERY_LEDGER = {
    SEALED: 2,
    RESTORED: 1,
    ERASED: 1,
    REVEALED: 1,
    CLOCK_ACCEPTED: 1,
    CLOCK_CORRECTED: 1,
}
"""What every service publishes about its ledgers and its vault, with the latest versions."""

OUTCOME_NOTED = "mediation-outcome-noted"
OUTCOMES = {
    "mediation-not-taken-up": "not-taken-up",
    "mediation-succeeded": "succeeded",
    "agreement-performed": "performed",
    "agreement-breached": "breached",
    "mediation-failed": "failed",
    "mediation-refused": "refused",
    "mediation-terminated": "terminated",
    "mediation-end-voided": "resumed",
}
"""The outcome that a case learns of from each of these events of mediation, and from no other."""

REPORT_NOTED = "grid-report-outcome-noted"
_NOTED_FROM = {
    "case-filed": "taken-up",
    "filing-corrected": "completed",
    "filing-voided": "voided",
    "case-forwarded": "forwarded",
    "case-accepted": "accepted",
    "case-declined": "declined",
    "case-diverted": "diverted",
    "case-linked": "linked",
    "case-withdrawn": "withdrawn",
    "opinion-served": "answered",
    "case-resolved": "resolved",
    "case-closed": "closed",
    "case-reopened": "reopened",
    "mediation-applied": "taken-up",
    "mediation-consented": "consented",
    "mediation-opened": "begun",
    **OUTCOMES,
}
"""What a report learns of from each event; of a matter that another ledger has, from its notes."""
_NOTED_OF_RECORDS = {
    *_NOTED_FROM,
    *("transfer-noted", "work-order-answered", "work-order-voided", "grid-report-converted"),
}
"""The events from which a note on a report may follow."""


# --- JSON ----------------------------------------------------------------------------------
# Read strictly, so that two readers cannot see two things in one text; written canonically
# (RFC 8785), so that a digest has one meaning. Events hold no floats.


def read_json(text: bytes) -> Any:
    """The value; NotReadable for what is no JSON, names a member twice or holds a float."""
    try:
        return json.loads(
            text.decode(), object_pairs_hook=_members, parse_float=_float, parse_constant=_float
        )
    except NotReadable:
        raise
    except (ValueError, RecursionError):
        raise NotReadable("not JSON in UTF-8") from None


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotReadable("a member is named twice")
    return found


def _float(_: str) -> Any:
    raise NotReadable("a number that is not whole")


def canonical(value: Any) -> bytes:
    """RFC 8785 for what events hold: sorted by UTF-16, no spaces, no floats, no wide numbers."""
    try:
        return _written(value).encode()
    except (UnicodeEncodeError, RecursionError):
        raise NotReadable("text that has no canonical form") from None


def _written(value: Any) -> str:
    match value:
        case None | bool() | str():
            return json.dumps(value, ensure_ascii=False)
        case int() if abs(value) < 2**53:
            return str(value)
        case list():
            return f"[{','.join(map(_written, value))}]"
        case dict():
            names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
            return f"{{{','.join(f'{_written(name)}:{_written(value[name])}' for name in names)}}}"
        case _:
            raise NotReadable("a value that has no canonical form")


# --- Time ----------------------------------------------------------------------------------

CHINA = ZoneInfo("Asia/Shanghai")
CLOCKS_MAY_DIFFER = timedelta(minutes=5)
"""So far apart two clocks may be that are both right."""
_WIRE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND, _DAY = timedelta(microseconds=1), timedelta(days=1)


def moment_of(text: str) -> datetime:
    """A moment as it is written on the wire, in the one way in which it may be."""
    if not _WIRE_TIME.fullmatch(text):
        raise NotReadable("a time that is not written as YYYY-MM-DDTHH:MM:SS.ffffffZ")
    return _existing(text)


def due_of(text: str) -> datetime:
    """A moment inside an event's data, in any offset."""
    moment = _existing(text)
    if moment.tzinfo is None:
        raise NotReadable("a time without its offset")
    return moment


def _existing(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise NotReadable("a time that does not exist") from None
    # no calendar of an office goes so far, and Python's ends there
    if not 1 < moment.year < 9990:
        raise NotReadable("a time out of all bounds")
    return moment


def china_day(moment: datetime) -> date:
    """The day of a moment in China, by which everything is counted."""
    return moment.astimezone(CHINA).date()


# --- Events and their chain ------------------------------------------------------------------

_SAID = ("id", "type", "source", "subject", "time", "dataschema", "partitionkey")
_MAY_BE_SAID = ("actorref", "correlationid", "causationid")
_PLACED = ("sequence", "recordedtime", "previoushash", "hash")
_FIXED = {"specversion": "1.0", "datacontenttype": "application/json"}
_NEEDED = {*_SAID, *_PLACED, *_FIXED, "data"}
_SEQUENCE = re.compile(r"[1-9]\d{0,15}", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)

FIRST_PREVIOUS_HASH = bytes(32)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a ledger, and whether its hash follows from what it says."""

    sequence: int
    id: str
    kind: str
    version: str
    source: str
    division: str
    at: datetime
    recorded_at: datetime
    data: dict[str, Any]
    previous_hash: bytes
    hash: bytes
    hash_follows: bool
    cause: str | None = None
    """The event that this one follows from."""
    actor: str | None = None
    """The post that stated it."""


def read_event(line: bytes) -> Event:
    """The event of a line; NotReadable."""
    told = read_json(line)
    _check_members(told)
    version = told["dataschema"].removeprefix(f"/contracts/{told['type']}/")
    return Event(
        sequence=int(told["sequence"]),
        id=told["id"],
        kind=told["type"],
        version=version,
        source=told["source"],
        division=told["partitionkey"],
        at=moment_of(told["time"]),
        recorded_at=moment_of(told["recordedtime"]),
        data=told["data"],
        previous_hash=bytes.fromhex(told["previoushash"]),
        hash=bytes.fromhex(told["hash"]),
        hash_follows=hash_of(told).hex() == told["hash"],
        cause=told.get("causationid"),
        actor=told.get("actorref"),
    )


def _check_members(told: Any) -> None:
    if not isinstance(told, dict) or not isinstance(told.get("data"), dict):
        raise NotReadable("no event")
    names = set(told)
    if not _NEEDED <= names <= _NEEDED | set(_MAY_BE_SAID):
        odd = sorted(names - set(_MAY_BE_SAID) ^ _NEEDED)
        raise NotReadable(f"members missing or added: {', '.join(odd)}")
    if not all(isinstance(told[name], str) for name in names - {"data"}):
        raise NotReadable("a member that is no text")
    if any(told[name] != value for name, value in _FIXED.items()):
        raise NotReadable(f"not {' or '.join(_FIXED.values())}")
    hashes = (told["previoushash"], told["hash"])
    if not _SEQUENCE.fullmatch(told["sequence"]) or not all(map(_HASH.fullmatch, hashes)):
        raise NotReadable("a sequence or hash that is none")


def digest_of(told: dict[str, Any]) -> bytes:
    """SHA-256 over the canonical form of what the event says, absent members left out."""
    names = (*_SAID, *_MAY_BE_SAID, "data")
    return sha256(canonical({name: told[name] for name in names if name in told})).digest()


def hash_of(told: dict[str, Any]) -> bytes:
    """SHA-256(previous hash ‖ digest ‖ sequence ‖ recorded at), numbers in 8 bytes, big-endian."""
    recorded = (moment_of(told["recordedtime"]) - _EPOCH) // _MICROSECOND
    return sha256(
        bytes.fromhex(told["previoushash"])
        + digest_of(told)
        + int(told["sequence"]).to_bytes(8, "big")
        + recorded.to_bytes(8, "big", signed=True)
    ).digest()


@dataclass
class Chain:
    """The events of a ledger as they come: each at the next place, each tied to the one before.

    `hashes` are those of the events 1, 2, 3 … as far as none is missing.
    """

    name: str
    report: Report
    hashes: list[bytes] = field(default_factory=list)
    corrections: list[int] = field(default_factory=list)
    """The places at which the ledger's clock was corrected."""
    _next: int = 1
    _last_hash: bytes | None = FIRST_PREVIOUS_HASH
    _last_recorded: datetime | None = None
    _last_was_changed: bool = False
    _missing: list[tuple[int, int]] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The highest place that an event was found at."""
        return self._next - 1

    def take(self, event: Event) -> None:
        """The next line's event."""
        service, _, division = self.name.partition("/")
        if (event.source, event.division) != (f"/{service}", division):
            self._wrong(f"event {event.sequence} ({event.id}) belongs to another ledger")
        if not event.hash_follows:
            self._wrong(
                f"event {event.sequence} ({event.id}) was changed:"
                " its hash does not follow from what it says"
            )
            # its own sequence may be what was changed: it stands where the line is
            self._place(event)
        elif event.sequence < self._next:
            self._out_of_place(event)
        else:
            if event.sequence > self._next:
                self._missing.append((self._next, event.sequence - 1))
                self._next, self._last_hash = event.sequence, None
            self._check_link(event)
            self._place(event)

    def take_unreadable(self, line: int, why: str) -> None:
        """A line that holds no event: it stands for the event whose place it takes."""
        self._wrong(f"line {line} cannot be read: {why}")
        if self._is_whole():
            self.hashes.append(FIRST_PREVIOUS_HASH)
        self._next += 1
        self._last_hash, self._last_was_changed = None, True

    def _check_link(self, event: Event) -> None:
        if self._last_was_changed:
            # the next event remembers which hash the changed one had
            if self._is_whole():
                self.hashes[-1] = event.previous_hash
        elif self._last_hash not in {None, event.previous_hash}:
            self._wrong(f"the chain breaks between events {self.last} and {event.sequence}")
        if event.kind == CLOCK_CORRECTED:
            self._check_correction(event)
        elif self._last_recorded and event.recorded_at < self._last_recorded:
            self._wrong(f"event {event.sequence} was recorded before the one in front of it")

    def _check_correction(self, event: Event) -> None:
        """The one event at which time may start lower: it says where it stood, and where that was."""
        said = event.data.get("wrong_recorded_at")
        if event.version != "1" or event.data.get("ledger") != self.name or not self._stood(said):
            self._wrong(f"event {event.sequence} corrects a clock that did not stand so")
            return
        if self._last_recorded and event.recorded_at >= self._last_recorded:
            self._wrong(f"event {event.sequence} corrects a clock and does not set it back")
        self.corrections.append(event.sequence)
        self.report.fine(
            f"{self.name}: event {event.sequence} corrects the clock: the events before it have "
            f"times up to {said}, and time starts again there: {json.dumps(event.data.get('reason'))}"
        )

    def _stood(self, said: Any) -> bool:
        """Whether the event in front bears that time, if it is there to be read."""
        try:
            return self._last_recorded in {None, moment_of(said)}
        except (NotReadable, TypeError):
            return False

    def _place(self, event: Event) -> None:
        if self._is_whole():
            self.hashes.append(event.hash)
        self._next += 1
        self._last_hash, self._last_recorded = event.hash, event.recorded_at
        self._last_was_changed = not event.hash_follows

    def _is_whole(self) -> bool:
        return not self._missing and len(self.hashes) == self.last

    def _out_of_place(self, event: Event) -> None:
        for place, (first, last) in enumerate(self._missing):
            if first <= event.sequence <= last:
                rest = [(first, event.sequence - 1), (event.sequence + 1, last)]
                self._missing[place : place + 1] = [each for each in rest if each[0] <= each[1]]
                self._wrong(
                    f"event {event.sequence} ({event.id}) stands out of its place,"
                    f" after event {self.last}"
                )
                return
        self._wrong(f"event {event.sequence} ({event.id}) stands there twice, or was added")

    def end(self, head: int, head_hash: str) -> None:
        """After the last line: what is missing, and whether it ends where the manifest says."""
        for first, last in self._missing:
            which = f"event {first} is" if first == last else f"events {first} to {last} are"
            self._wrong(f"{which} missing")
        if self.last != head:
            self._wrong(f"ends with event {self.last}, and the manifest says {head}")
        elif self._last_hash and self._last_hash.hex() != head_hash and not self._last_was_changed:
            self._wrong(f"the hash of event {head} is not the one that the manifest says")

    def _wrong(self, what: str) -> None:
        self.report.wrong(self.name, what)


# --- Seals -----------------------------------------------------------------------------------

_FIRST_SEAL = {
    "ledger": str,
    "day": str,
    "head_sequence": int,
    "head_hash": str,
    "merkle_root": str,
    "key_id": str,
    "signature": str,
}
_SEAL = {"1": _FIRST_SEAL, "2": _FIRST_SEAL | {"previous_seal": str}}
"""What a seal says, by its version."""
_OPENINGS = {"openings": int, "openings_hash": str}
"""What a seal of version 2 says besides, where the log of openings has a line."""

NO_SEAL_BEFORE = bytes(32).hex()

PublicKeys = dict[str, Ed25519PublicKey]


def roots_at(leaves: Iterable[bytes], sizes: Iterable[int]) -> dict[int, bytes]:
    """The RFC 6962 roots of the first so many leaves, for several sizes in one pass."""
    wanted, found, peaks = set(sizes), {}, list[bytes]()
    for size, leaf in enumerate(leaves, start=1):
        node, bits = sha256(b"\x00" + leaf).digest(), size - 1
        while bits & 1:
            node, bits = sha256(b"\x01" + peaks.pop() + node).digest(), bits >> 1
        peaks.append(node)
        if size in wanted:
            *lefts, root = peaks
            for left in reversed(lefts):
                root = sha256(b"\x01" + left + root).digest()
            found[size] = root
    return found


def is_signed(seal: dict[str, Any], keys: PublicKeys) -> bool:
    """Whether the key that the seal names has signed all of it but the signature."""
    said = {name: value for name, value in seal.items() if name != "signature"}
    try:
        keys[seal["key_id"]].verify(bytes.fromhex(seal["signature"]), canonical(said))
    except (KeyError, ValueError, InvalidSignature):
        return False
    return True


def is_written_as_seal(data: dict[str, Any], version: str) -> bool:
    """Whether it has the members that a seal of that version has, and no others."""
    members = {name: type(value) for name, value in data.items()}
    usual = _SEAL.get(version, {})
    return members == usual or (version == "2" and members == usual | _OPENINGS)


@dataclass
class SealCheck:
    """The seals of one ledger, against its hashes and the keys."""

    ledger: str
    hashes: list[bytes]
    keys: PublicKeys
    report: Report
    corrections: Sequence[int] = ()
    """Where the ledger's clock was corrected: after that, days may be earlier ones again."""
    covered: int = 0
    last_day: str = ""
    _last_version: str = "1"
    _last_digest: str = NO_SEAL_BEFORE

    def check(self, events: list[Event]) -> None:
        """Every seal, in the order of the ledger."""
        seals = [event for event in events if self._is_seal(event)]
        heads = [event.data["head_sequence"] for event in seals]
        roots = roots_at(self.hashes, heads)
        for event in seals:
            self._check(event, roots)

    def _is_seal(self, event: Event) -> bool:
        if is_written_as_seal(event.data, event.version):
            return True
        self._wrong(f"of event {event.sequence}", "it is not written as a seal is")
        return False

    def _check(self, event: Event, roots: dict[int, bytes]) -> None:
        seal = event.data
        day, head = seal["day"], seal["head_sequence"]
        if seal["ledger"] != self.ledger:
            self._wrong(day, "it was made for another ledger")
        starts_again = any(self.covered < place <= head for place in self.corrections)
        if not self.covered < head < event.sequence or not (starts_again or day > self.last_day):
            self._wrong(day, "it does not follow the seal before it")
        if day >= china_day(event.recorded_at).isoformat():
            self._wrong(day, "it was set before the day was over")
        self._check_root(seal, roots)
        self._check_previous(event)
        if seal["key_id"] not in self.keys:
            self._wrong(
                day, f"key mismatch: it was signed by {seal['key_id']}, which is not known"
            )
        elif not is_signed(seal, self.keys):
            self._wrong(day, "its signature is not that of the key over what it says")
        self.covered, self.last_day = max(self.covered, head), day

    def _check_previous(self, event: Event) -> None:
        day, version = event.data["day"], event.version
        if version < self._last_version:
            self._wrong(day, f"it is of version {version}, after one of {self._last_version}")
        elif version > "1" and event.data["previous_seal"] != self._last_digest:
            self._wrong(day, "it names another seal as the one before it")
        self._last_version = max(version, self._last_version)
        self._last_digest = sha256(canonical(event.data)).hexdigest()

    def _check_root(self, seal: dict[str, Any], roots: dict[int, bytes]) -> None:
        day, head = seal["day"], seal["head_sequence"]
        if head not in roots:
            self.report.fine(f"{self.ledger} seal of {day}: an event under it is missing")
            return
        if self.hashes[head - 1].hex() != seal["head_hash"]:
            self._wrong(day, f"event {head} has another hash than the one that was sealed")
        if roots[head].hex() != seal["merkle_root"]:
            self._wrong(day, f"the events 1 to {head} are not those that were sealed")

    def _wrong(self, day: str, what: str) -> None:
        self.report.wrong(f"{self.ledger} seal {day}", what)


UNSEALED_FOR = timedelta(hours=1)
"""So long after midnight the seal of the day before may still be missing."""


@dataclass
class SealedDays:
    """The days on which a ledger's events other than seals were recorded."""

    ledger: str
    report: Report
    _last: dict[date, int] = field(default_factory=dict)
    _latest: datetime | None = None
    _corrected: int = 0

    def take(self, event: Event) -> None:
        """The next event that is no seal."""
        if event.kind == CLOCK_CORRECTED:
            self._corrected = event.sequence
        self._last[china_day(event.recorded_at)] = event.sequence
        self._latest = event.recorded_at

    def check(self, covered: int, last_day: str, export: "Export") -> None:
        """That no day was over, when the export was made, without a seal that covers its events.

        What was recorded on a day that was sealed already belongs to the next day, until the clock
        was corrected.
        """
        if self._latest is None:
            return
        if export.is_future(self._latest):
            self.report.fine(
                f"{self.ledger}: its last event bears a later time than the export: a clock ran "
                "ahead, or the manifest was changed; terms are judged by the export's time"
            )
        today = china_day(max(export.made_at, export.seen(self._latest)) - UNSEALED_FOR)
        next_day = date.min if self._corrected > covered else _day_after(last_day)
        unsealed = [day for day, last in self._last.items() if last > covered]
        for day in (day for day in unsealed if max(day, next_day) < today):
            self.report.wrong(self.ledger, f"events of {day} are under no seal, and it is over")


def _day_after(day: str) -> date:
    try:
        return date.fromisoformat(day) + _DAY
    except (ValueError, OverflowError):
        return date.min


def read_keys(text: bytes) -> PublicKeys:
    """Keys from PEM, or from JSON as keys.json has it; NotReadable."""
    try:
        if b"-----BEGIN" in text:
            return dict(map(_named, _from_pem(text)))
        return dict(_from_json(each) for each in read_json(text)["keys"])
    except NotReadable:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, UnsupportedAlgorithm):
        raise NotReadable("no Ed25519 public keys in PEM or JSON") from None


def _from_pem(text: bytes) -> Iterator[Ed25519PublicKey]:
    for block in re.findall(
        rb"-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----", text, re.DOTALL
    ):
        key = load_pem_public_key(block)
        if not isinstance(key, Ed25519PublicKey):
            raise NotReadable("a key that is not Ed25519")
        yield key


def _from_json(told: dict[str, str]) -> tuple[str, Ed25519PublicKey]:
    key_id, key = _named(Ed25519PublicKey.from_public_bytes(bytes.fromhex(told["public_key"])))
    if told["key_id"] != key_id or told["algorithm"] != "Ed25519":
        raise NotReadable("a key whose id is not the SHA-256 of the key")
    return key_id, key


def _named(key: Ed25519PublicKey) -> tuple[str, Ed25519PublicKey]:
    return sha256(key.public_bytes_raw()).hexdigest(), key


@dataclass
class LedgerCheck:
    """What every check of the events of one ledger has."""

    ledger: str
    report: Report

    def _wrong(self, event: Event, what: str) -> None:
        self.report.wrong_event(self.ledger, event, what)


# --- Causes ------------------------------------------------------------------------------------
# What happens in one ledger because of an event in another names that event. An export of a
# division has all ledgers of it, so the event has to be there.


@dataclass(frozen=True, slots=True)
class Caused:
    """An event that names its cause."""

    ledger: str
    event: Event


@dataclass
class Causes:
    """Every event by its id, shortened to save memory, and those that name a cause."""

    division: str
    report: Report
    _kinds: dict[bytes, str] = field(default_factory=dict)
    _about: dict[bytes, tuple[Any, Any]] = field(default_factory=dict)
    _noted: dict[bytes, tuple[Any, Any]] = field(default_factory=dict)
    _caused: list[Caused] = field(default_factory=list)

    def take(self, ledger: str, event: Event) -> None:
        """The next event of any ledger."""
        name = _short(event.id)
        self._kinds[name] = sys.intern(f"{event.source} {event.kind}")
        if event.kind in OUTCOMES:
            self._about[name] = _about(event)
        if event.kind in _NOTED_OF_RECORDS:
            self._noted[name] = _noted(event)
        if event.cause is not None or event.kind in {OUTCOME_NOTED, REPORT_NOTED}:
            self._caused.append(Caused(ledger, event))

    def kind_of(self, event_id: str) -> str | None:
        """The kind of an event of intake; None where no ledger of the export holds it."""
        source, _, kind = self._kinds.get(_short(event_id), "").partition(" ")
        return kind if source == "/intake" else None

    def check(self) -> None:
        """Every cause, once all events are known."""
        outside = 0
        for caused in self._caused:
            cause = caused.event.cause
            if cause is None:
                self._wrong(caused, "names no event that it follows from")
            elif not cause.startswith(self.division):
                outside += 1
            elif _short(cause) not in self._kinds:
                self._wrong(caused, f"follows from {cause}, which no ledger of the export holds")
            elif caused.event.kind == OUTCOME_NOTED:
                self._check_outcome(caused, _short(cause))
            elif caused.event.kind == REPORT_NOTED:
                self._check_note(caused, _short(cause))
        inside = len(self._caused) - outside
        self.report.fine(
            f"{inside} events follow from others that are here"
            + (f", {outside} from events of other divisions" if outside else "")
        )

    def _check_outcome(self, caused: Caused, cause: bytes) -> None:
        source, _, kind = self._kinds[cause].partition(" ")
        if source != "/mediation" or OUTCOMES.get(kind) != caused.event.data.get("outcome"):
            self._wrong(caused, f"notes an outcome, and follows from {source} {kind}")
        elif self._about[cause] != _about(caused.event):
            self._wrong(caused, "follows from an event about another mediation or case")

    def _check_note(self, caused: Caused, cause: bytes) -> None:
        """What a report learns of: the event is about that record, and brought that outcome."""
        record, outcome = self._noted.get(cause, (None, None))
        said = caused.event.data
        if record is None or record != said.get("record_id"):
            self._wrong(caused, "follows from an event about another record")
        elif outcome is not None and outcome != said.get("outcome"):
            self._wrong(caused, "notes an outcome that its cause did not bring")

    def _wrong(self, caused: Caused, what: str) -> None:
        self.report.wrong_event(caused.ledger, caused.event, what)


def _short(event_id: str) -> bytes:
    return sha256(event_id.encode()).digest()[:16]


def _noted(event: Event) -> tuple[Any, Any]:
    """The record that the event is about, and the outcome; of an order its answer says more."""
    said = event.data
    if "order_id" in said or event.kind == "grid-report-converted":
        return said.get("order_id"), None
    outcome = _NOTED_FROM.get(event.kind) or said.get("end") or said.get("step")
    return said.get("mediation_id") if event.source == "/mediation" else said.get(
        "case_id"
    ), outcome


_OF_ANOTHER_RECORD = frozenset(
    kind for name, kinds in EVENTS["intake"].items() if name != "case_id" for kind in kinds
)


def case_of(event: Event) -> str | None:
    """The case that an event is about; the record of a reception or a conference only names one."""
    case_id = event.data.get("case_id")
    is_of_case = isinstance(case_id, str) and event.kind not in _OF_ANOTHER_RECORD
    return case_id if is_of_case else None


def _about(event: Event) -> tuple[Any, Any]:
    return event.data.get("mediation_id"), event.data.get("case_id")


# --- Matters that went to another ledger -------------------------------------------------------
# Whoever receives a matter files it by an event that names the forwarding or assignment as its
# cause: its id is made of that one's, the matter is the same, received is its day. At most one case
# of a matter can be acted on: one that passed it on waits until it was returned, one that was
# returned takes nothing more. An export has every cause that it names, so this holds of any export.

PASSED_ON = ("case-forwarded", "case-assigned")
_NOTED_OF = {
    "received": {"case-filed"},
    "taken": {"remit-taken"},
    "objected": {"remit-objected", "transfer-noted"},
    "accepted": {"case-accepted"},
    "answered": {"opinion-served"},
    "resolved": {"case-resolved"},
    "closed": {"case-closed"},
    "ended": {"case-withdrawn", "case-diverted", "case-linked", "case-declined"},
    "reopened": {"case-reopened"},
    "handed-over": {"case-forwarded", "case-handed-over"},
    "passed-on": {*PASSED_ON, "transfer-noted"},
    "returned": {"case-returned", *PASSED_ON},
}
_WHILE_ELSEWHERE = {
    *("transfer-noted", "remit-objection-decided", "mediation-outcome-noted"),
    *("notice-issued", "notice-served", "document-dispatched"),
}


@dataclass
class Transfers:
    """The cases of matters that were passed on, in all ledgers."""

    division: str
    report: Report
    _passed: dict[str, tuple[str, Event]] = field(default_factory=dict)
    _objected: dict[str, str] = field(default_factory=dict)
    _received: dict[str, tuple[str, Event]] = field(default_factory=dict)
    _noted: list[tuple[str, Event]] = field(default_factory=list)
    _elsewhere: dict[str, bool] = field(default_factory=dict)
    _home: dict[str, str] = field(default_factory=dict)
    _ended_by: dict[str, str] = field(default_factory=dict)
    _acts: list[tuple[str, Event, str | None]] = field(default_factory=list)

    def take(self, ledger: str, event: Event) -> None:
        """The next event of any ledger."""
        case_id = case_of(event)
        if case_id is None or not ledger.startswith("intake/"):
            return
        is_noted = event.kind in _WHILE_ELSEWHERE or event.data.get("lane") == "discipline"
        if self._elsewhere.get(case_id) and not is_noted:
            self._acts.append((ledger, event, self._ended_by.get(case_id)))
        self._learn(ledger, event, case_id)

    def _learn(self, ledger: str, event: Event, case_id: str) -> None:
        if event.kind == "case-filed" and event.data.get("from_case_id"):
            self._received[case_id] = ledger, event
            self._home[case_id] = str(event.data.get("home_case_id"))
            self._elsewhere[case_id] = False
        elif event.kind in PASSED_ON:
            self._pass_on(ledger, event, case_id)
        elif event.kind == "remit-objected":
            self._objected[event.id] = case_id
        elif event.kind in {"case-returned", "filing-voided"} and case_id in self._elsewhere:
            self._elsewhere[case_id] = True
        elif event.kind == "remit-objection-decided":
            self._noted.append((ledger, event))
        elif event.kind == "transfer-noted":
            self._note(ledger, event, case_id)

    def check(self, kind_of: Callable[[str], str | None]) -> None:
        """Every chain, once all events are known; `kind_of` an event says which it is."""
        for ledger, event in self._received.values():
            self._check_received(ledger, event)
        arrived = {event.cause for _, event in self._received.values()}
        for ledger, event, passed in self._acts:
            if passed in arrived:
                self._wrong(ledger, event, "is an act in a case whose matter is elsewhere")
        for ledger, event in self._noted:
            if event.kind == "transfer-noted":
                self._check_note(ledger, event, kind_of)
            else:
                self._check_decision(ledger, event)
        self._check_holders()
        if self._received:
            self.report.fine(f"{len(self._received)} cases were received from other ledgers")

    def _check_holders(self) -> None:
        holding = Counter(
            self._home.get(case_id, case_id)
            for case_id, is_elsewhere in self._elsewhere.items()
            if not is_elsewhere
        )
        for home, number in holding.items():
            if number > 1:
                self.report.wrong(
                    f"intake/{home.partition('-')[0]}",
                    f"the matter of case {home} is held by {number} ledgers at once",
                )

    def _check_decision(self, ledger: str, event: Event) -> None:
        objection, receiver = event.data.get("objection"), event.data.get("receiver_case_id")
        if self._is_inside(objection) and self._objected.get(str(objection)) != receiver:
            self._wrong(ledger, event, "decides an objection that its receiver has not made")

    def _pass_on(self, ledger: str, event: Event, case_id: str) -> None:
        if event.data.get("to_division") in {None, event.division}:
            return
        self._passed[event.id] = ledger, event
        self._ended_by[case_id] = event.id
        self._elsewhere[case_id] = True

    def _note(self, ledger: str, event: Event, case_id: str) -> None:
        self._noted.append((ledger, event))
        is_back = event.data.get("step") == "returned"
        if is_back and event.data.get("to_division") == event.division:
            self._elsewhere[case_id] = False

    def _check_received(self, ledger: str, event: Event) -> None:
        sender = str(event.data.get("from_case_id"))
        if not self._is_inside(sender):
            return
        _, cause = self._passed.get(event.cause or "", (None, None))
        if cause is None or cause.data.get("case_id") != sender:
            self._wrong(
                ledger, event, f"is received from case {sender}, which has not passed it on"
            )
            return
        pairs = {
            "its division": (event.division, cause.data.get("to_division")),
            "its id": (event.data["case_id"].partition("-")[2], cause.id.partition("-")[2]),
            "its matter": (event.data.get("matter_id"), cause.data.get("matter_id")),
            "its day of receipt": (
                event.data.get("received_on"),
                china_day(max(event.at, cause.at)).isoformat(),
            ),
            "its home": (event.data.get("home_case_id"), self._home.get(sender, sender)),
        }
        for what, (own, theirs) in pairs.items():
            if own != theirs:
                self._wrong(ledger, event, f"differs in {what} from the event that passed it on")

    def _check_note(self, ledger: str, event: Event, kind_of: Callable[[str], str | None]) -> None:
        if event.data.get("receiver_case_id") not in self._received:
            return
        if event.cause is None:
            self._wrong(ledger, event, "names no event that it follows from")
            return
        kind, step = kind_of(event.cause), event.data.get("step")
        wanted = _NOTED_OF.get(step, set()) if isinstance(step, str) else set()
        if kind is not None and kind not in wanted:
            self._wrong(ledger, event, f"notes a matter as {step}, and follows from {kind}")

    def _is_inside(self, identifier: object) -> bool:
        return isinstance(identifier, str) and identifier.startswith(self.division)

    def _wrong(self, ledger: str, event: Event, what: str) -> None:
        self.report.wrong_event(ledger, event, what)


# --- Grounds -----------------------------------------------------------------------------------
# A resolution that names its grounds names earlier events of its case: what the petitioner has
# stated, the service of the opinion, a review decision, what was noted of a mediation, the
# mediation's event that this was noted from, or the visit at a reception where it was solved and
# acknowledged. A reopening takes them all away; a visit that is void is none.

REVIEW_DAYS = 30
RESTS_ON = {
    "on-the-spot": {
        "statement-recorded settled-on-the-spot",
        "reception-visit-received solved",
    },
    "agreement-performed": {"mediation-outcome-noted performed"},
    "opinion-accepted": {"statement-recorded opinion-accepted"},
    "time-for-review-passed": {"opinion-served"},
    "final-review": {"review-decided re-review"},
}
_SAYS_WHICH = {
    "statement-recorded": "statement",
    "mediation-outcome-noted": "outcome",
    "opinion-served": None,
    "review-decided": "level",
}


@dataclass
class Grounds(LedgerCheck):
    """The events of one ledger on which a resolution of their case may rest."""

    _known: dict[str, dict[str, tuple[str, date]]] = field(default_factory=dict)
    _visits: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Case and event of each visit at which a case was solved."""
    _checked: int = 0

    def take(self, event: Event) -> None:
        """The next event of the ledger."""
        if event.kind == "reception-visit-voided":
            of, visit = self._visits.pop(str(event.data.get("visit_id")), ("", ""))
            self._known.get(of, {}).pop(visit, None)
            return
        case_id = event.data.get("case_id")
        if not isinstance(case_id, str):
            return
        if event.kind == "reception-visit-received":
            self._receive(event, case_id)
        elif event.kind == "case-reopened":
            self._known.pop(case_id, None)
        elif event.kind in _SAYS_WHICH:
            self._remember(event, self._known.setdefault(case_id, {}))
        elif event.kind == "case-resolved" and event.data.get("grounds") is not None:
            self._check(event, self._known.get(case_id, {}))

    def end(self) -> None:
        """Say how many there were."""
        if self._checked:
            self.report.fine(
                f"{self.ledger}: the grounds of {self._checked} resolutions are there"
            )

    def _receive(self, event: Event, case_id: str) -> None:
        """A visit at which the case was solved, as the petitioner has acknowledged."""
        if event.data.get("solved_on_site") is True and event.data.get("acknowledged") is True:
            visited = "reception-visit-received solved", china_day(event.at)
            self._known.setdefault(case_id, {})[event.id] = visited
            self._visits[str(event.data.get("visit_id"))] = case_id, event.id

    def _remember(self, event: Event, known: dict[str, tuple[str, date]]) -> None:
        which = _SAYS_WHICH[event.kind]
        what = f"{event.kind} {event.data.get(which)}" if which else event.kind
        if event.data.get("result") == "revoked":
            what += ", which revoked the opinion"
        known[event.id] = (what, _served_day(event))
        if event.kind == OUTCOME_NOTED and event.cause is not None:
            known[event.cause] = known[event.id]

    def _check(self, event: Event, known: dict[str, tuple[str, date]]) -> None:
        how, grounds = event.data.get("how"), event.data["grounds"]
        wanted = RESTS_ON.get(how, set()) if isinstance(how, str) else set()
        if not isinstance(grounds, list) or not grounds:
            self._wrong(event, "names grounds that are none")
            return
        for ground in grounds:
            what, day = (
                known.get(ground, (None, None)) if isinstance(ground, str) else (None, None)
            )
            if what is None or day is None:
                self._wrong(event, f"rests on {ground}, which is no earlier event of its case")
            elif what not in wanted:
                self._wrong(event, f"is said to be {how}, and rests on {what}")
            elif how == "time-for-review-passed" and (
                china_day(event.at) <= day + timedelta(days=REVIEW_DAYS)
            ):
                self._wrong(event, f"comes within {REVIEW_DAYS} days of the service on {day}")
        self._checked += 1


@dataclass
class Withdrawals(LedgerCheck):
    """The withdrawals of one ledger that were stated and neither taken back nor ended."""

    _stated: dict[str, datetime] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """The next event of the ledger: none ends a case before its withdrawal took effect."""
        case_id = case_of(event)
        if case_id is None:
            return
        if event.kind == "withdrawal-stated":
            self._state(event, case_id)
        elif event.kind in {"withdrawal-taken-back", "case-reopened"}:
            self._stated.pop(case_id, None)
        elif event.kind == "case-withdrawn":
            takes_effect_at = self._stated.pop(case_id, None)
            if takes_effect_at is None and event.cause is not None:
                self._wrong(event, "ends a case whose withdrawal is not stated, or was taken back")
            elif takes_effect_at is not None and event.at < takes_effect_at:
                self._wrong(event, "ends a case before its withdrawal took effect")

    def _state(self, event: Event, case_id: str) -> None:
        try:
            self._stated[case_id] = due_of(event.data["takes_effect_at"])
        except (KeyError, TypeError, AttributeError, NotReadable):
            self._wrong(event, "does not say when the withdrawal takes effect")


_CHECKED_ANEW = {
    *("case-resolved", "case-withdrawn", "case-diverted", "case-linked", "case-declined"),
    *("opinion-served", "case-reopened"),
}


@dataclass
class Closings(LedgerCheck):
    """By case, the digests that its events state, and who has checked its closing."""

    _stated: dict[str, set[str]] = field(default_factory=dict)
    _checked: dict[str, dict[str, str | None]] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """The next event of the ledger: evidence is of its case, and the checks are of two posts."""
        case_id = case_of(event)
        if case_id is None:
            return
        if event.kind == "closing-checked":
            self._check(event, self._checked.setdefault(case_id, {}))
        elif event.kind == "case-closed":
            self._close(event, self._stated.get(case_id, set()))
        elif event.kind in _CHECKED_ANEW:
            self._checked.pop(case_id, None)
        found = [each for each in event.data.values() if _is_digest(each)]
        if found:
            self._stated.setdefault(case_id, set()).update(found)

    def _check(self, event: Event, checked: dict[str, str | None]) -> None:
        by = str(event.data.get("by"))
        if event.actor is not None and event.actor in {
            actor for each, actor in checked.items() if each != by
        }:
            self._wrong(event, "is the second check of a closing by one post")
        checked[by] = event.actor

    def _close(self, event: Event, stated: set[str]) -> None:
        evidence = event.data.get("evidence")
        if evidence is None:
            return
        if not isinstance(evidence, list) or not evidence:
            self._wrong(event, "names evidence that is none")
        elif any(not _is_digest(each) or each not in stated for each in evidence):
            self._wrong(event, "closes a case on evidence that no earlier event of it states")


# --- Who holds a case --------------------------------------------------------------------------
# A hand-over goes from whoever has the case, never to the unit complained of; a post that was
# recused does nothing more, but for the hand-over that belongs to its recusal; only the petition
# procedure has a term. Acceptances of version 1 come from releases that knew no ways. Newer events name the
# unit complained of by a keyed mark of its code: with the county's key of units it is compared, without
# it such cases are counted.

_DIVERTED_LANES = ("litigation", "arbitration", "party-appeal", "administrative")


@dataclass
class _Hands:
    """Who holds one case, as its events say."""

    complained_unit: str | None = None
    """Its mark, or its code where the event is older."""
    complained_division: str | None = None
    complained: str | None = None
    """The unit that is not given the case in this ledger, by its mark or code."""
    home: str = ""
    unit: str | None = None
    post: str | None = None
    routed: bool = False
    lane: str | None = None
    recused: set[str] = field(default_factory=set)
    recused_at: int = 0


def _complained_of(event: Event) -> str | None:
    return event.data.get("complained_mark") or event.data.get("complained_unit")


@dataclass
class Hands(LedgerCheck):
    """The cases of one ledger by who holds them."""

    unit_key: bytes | None = None
    """By which units are marked."""
    not_compared: int = 0
    _known: dict[str, _Hands] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """The next event of the ledger."""
        case_id = case_of(event)
        if case_id is None:
            return
        hands = self._known.setdefault(case_id, _Hands())
        self._check_actor(event, hands)
        self._complain(event, hands)
        if event.kind == "case-routed":
            hands.routed, hands.lane = True, event.data.get("lane")
        elif event.kind == "case-accepted":
            self._accept(event, hands)
        elif event.kind == "case-handed-over":
            self._hand_over(event, hands)
        elif event.kind == "recusal-recorded":
            hands.recused.add(str(event.data.get("post")))
            hands.recused_at = event.sequence

    def _accept(self, event: Event, hands: _Hands) -> None:
        if hands.unit is not None:
            return
        hands.unit, hands.post = event.data.get("responsible_unit"), event.data.get("handler")
        if event.version == "1" or event.data.get("imported"):
            return
        if hands.lane in _DIVERTED_LANES:
            self._wrong(event, f"accepts a case that was routed to {hands.lane}")
        has_term = event.data.get("due_at") is not None
        if has_term != (not hands.routed or hands.lane == "petition"):
            self._wrong(event, "has a term, or none, against the way of its case")
        self._compare(event, hands)

    def _compare(self, event: Event, hands: _Hands) -> None:
        complained, unit = hands.complained, hands.unit
        if complained is None or unit is None:
            return
        if self.unit_key is None and _is_digest(complained):
            self.not_compared += 1
            return
        mark = self.unit_key and hmac.digest(self.unit_key, unit.encode(), "sha256").hex()
        if complained in {unit, mark}:
            self._wrong(event, "gives a case to the unit that it complains of")

    def end(self) -> None:
        """Say of how many acts the key would tell more."""
        if self.not_compared:
            self.report.fine(
                f"{self.ledger}: {self.not_compared} acceptances and hand-overs not compared with the"
                " unit complained of, for want of the key of units (--unit-key)"
            )

    def _complain(self, event: Event, hands: _Hands) -> None:
        """What filings, corrections and matters that come back say of the unit complained of.

        Without a division it is one of the division that first filed the matter, or of the county.
        """
        changed = set(event.data.get("changed") or ())
        if event.kind == "case-filed":
            first = event.data.get("home_case_id") or event.data["case_id"]
            hands.home = str(first).partition("-")[0]
            changed = {"complained-unit", "complained-division"}
        elif event.kind == "transfer-noted" and _complained_of(event):
            changed = {"complained-unit", "complained-division"}
        if "complained-unit" in changed:
            hands.complained_unit = _complained_of(event)
        if "complained-division" in changed:
            hands.complained_division = event.data.get("complained_division")
        stated = hands.complained_division
        meant = {stated} if stated else {hands.home, hands.home[:6]}
        hands.complained = hands.complained_unit if event.division in meant else None

    def _hand_over(self, event: Event, hands: _Hands) -> None:
        named = event.data.get("from_unit"), event.data.get("from_post")
        if named != (hands.unit, hands.post):
            self._wrong(event, "hands over what another unit or post has")
        hands.unit, hands.post = event.data.get("to_unit"), event.data.get("to_post")
        self._compare(event, hands)
        if hands.post in hands.recused:
            self._wrong(event, "gives a case to a post that was recused")

    def _check_actor(self, event: Event, hands: _Hands) -> None:
        """A complaint may be in the hands of the county, whose posts may have the same codes."""
        if event.actor not in hands.recused or hands.complained is not None:
            return
        follows = event.sequence == hands.recused_at + 1
        if not (event.kind == "case-handed-over" and follows):
            self._wrong(event, f"is an act of {event.actor}, who was recused from its case")


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _served_day(event: Event) -> date:
    """The day of receipt where the event states one."""
    try:
        return date.fromisoformat(event.data["served_on"])
    except (KeyError, TypeError, ValueError):
        return china_day(event.at)


# --- The discipline lane -----------------------------------------------------------------------
# An accusation says of itself what its number is and nothing of what it is about. It is transferred
# before anything is told of it and before it is closed. A case that was recognised as one takes
# nothing more, but for what another ledger tells of the matter.

_OF_AN_ACCUSATION = {
    *("accusation_id", "matter_id", "number", "channel", "category", "person_ref"),
    *("content_digest", "received_on"),
}


_AFTER_A_TRANSFER = ("accusation-outcome-noted", "accusation-closed")


@dataclass
class Lane(LedgerCheck):
    """The accusations of one ledger, and its cases that were recognised as accusations."""

    _done: dict[str, set[str]] = field(default_factory=dict)
    _sealed: set[str] = field(default_factory=set)
    _counts: Counter[tuple[int, str]] = field(default_factory=Counter)

    def take(self, event: Event) -> None:
        """The next event of the ledger."""
        accusation_id, case_id = event.data.get("accusation_id"), event.data.get("case_id")
        if event.kind.startswith("accusation-") and isinstance(accusation_id, str):
            self._accuse(event, self._done.setdefault(accusation_id, set()))
        elif isinstance(case_id, str):
            if case_id in self._sealed and event.kind != "transfer-noted":
                self._wrong(event, "is an act on what the discipline lane has")
            if event.kind == "case-routed" and event.data.get("lane") == "discipline":
                self._sealed.add(case_id)

    def _accuse(self, event: Event, done: set[str]) -> None:
        if event.kind == "accusation-registered":
            if done:
                self._wrong(event, "registers an accusation a second time")
            if event.data.get("category") != "unclassified" or set(event.data) - _OF_AN_ACCUSATION:
                self._wrong(event, "says what an accusation is about")
        elif "accusation-registered" not in done or "accusation-closed" in done:
            self._wrong(event, "is an act on an accusation that is not open")
        elif event.kind in _AFTER_A_TRANSFER and "accusation-transferred" not in done:
            self._wrong(event, "comes before the accusation was transferred")
        if event.kind not in done:
            self._counts[china_day(event.at).year, event.kind.removeprefix("accusation-")] += 1
        done.add(event.kind)

    def end(self) -> None:
        """How many were registered, transferred and closed, by year: each accusation once."""
        for year in sorted({year for year, _ in self._counts}):
            counts = (self._counts[year, what] for what in ("registered", "transferred", "closed"))
            registered, transferred, closed = counts
            self.report.fine(
                f"{self.ledger}: accusations of {year}: {registered} registered, "
                f"{transferred} transferred, {closed} closed"
            )


# --- Days of acts ------------------------------------------------------------------------------
# A case is received on the day that its registration states, else on that of the registration.
# Acceptances that state both ends of the term come from releases that keep the order of days.

CLOCKS_MAY_DIFFER = timedelta(minutes=5)
AFTER_ACCEPTANCE = {"opinion-issued", "opinion-served", "case-resolved"}
OF_VOID_ONES = {"filing-voided", "mediation-outcome-noted"}


@dataclass
class ActDays(LedgerCheck):
    """The days of one ledger's acts about cases."""

    _filed: dict[str, date] = field(default_factory=dict)
    _filed_by: dict[str, date] = field(default_factory=dict)
    """The same by a clock that is ahead."""
    _received: dict[str, date] = field(default_factory=dict)
    _accepted: dict[str, date] = field(default_factory=dict)
    _voided: set[str] = field(default_factory=set)

    def take(self, event: Event) -> None:
        """The next event of the ledger."""
        case_id = case_of(event)
        if case_id is None or not self.ledger.startswith("intake/"):
            return
        if event.kind == "case-filed":
            self._filed[case_id] = self._received[case_id] = china_day(event.at)
            self._filed_by[case_id] = _latest_day(event.at)
        elif case_id in self._filed:
            self._check(event, case_id)
        if event.kind == "case-filed" or "received-on" in (event.data.get("changed") or ()):
            self._receive(event, case_id)
        if event.kind == "case-accepted" and event.data.get("due_at_for_petitioner"):
            self._accepted[case_id] = china_day(event.at)
        if event.kind == "filing-voided":
            self._voided.add(case_id)

    def _receive(self, event: Event, case_id: str) -> None:
        filed_on = self._filed.get(case_id)
        if filed_on is None:
            return
        try:
            stated = event.data.get("received_on")
            received_on = filed_on if stated is None else date.fromisoformat(stated)
        except (TypeError, ValueError):
            self._wrong(event, "does not state the day of receipt as a day")
            return
        if received_on > self._filed_by.get(case_id, filed_on):
            self._wrong(event, f"has a case received on {received_on}, after it was filed")
        self._received[case_id] = received_on

    def _check(self, event: Event, case_id: str) -> None:
        day, received_on = _latest_day(event.at), self._received[case_id]
        accepted_on = self._accepted.get(case_id)
        if day < received_on:
            self._wrong(event, f"lies before {received_on}, when its case was received")
        elif event.kind in AFTER_ACCEPTANCE and accepted_on and _act_day(event) < accepted_on:
            self._wrong(event, f"lies before {accepted_on}, when its case was accepted")
        if event.kind == "filing-voided" and accepted_on:
            self._wrong(event, "voids the registration of a case that was accepted")
        elif case_id in self._voided and event.kind not in OF_VOID_ONES:
            self._wrong(event, "is about a case whose registration is void")


def _latest_day(at: datetime) -> date:
    """The day of a moment by a clock that is ahead; a stated day ends with its last second."""
    local = at.astimezone(CHINA)
    stated = (local.hour, local.minute, local.second, local.microsecond) == (23, 59, 59, 0)
    return china_day(at if stated else at + CLOCKS_MAY_DIFFER)


def _act_day(event: Event) -> date:
    return _served_day(event) if "served_on" in event.data else _latest_day(event.at)


# --- Documents and reviews ---------------------------------------------------------------------
# A document that is proven to have been served was issued before, on that day or earlier. Terms
# are extended by thirty days in all. A review is requested after the service, decided after the
# request, and only what it came to opens a case again.

EXTENSION_DAYS = 30
OPENS_AGAIN = {"review-changed": "changed", "review-revoked": "revoked"}


@dataclass
class Documents(LedgerCheck):
    """What was issued, extended, requested and decided in each case of one ledger."""

    _issued: dict[tuple[str, str], date] = field(default_factory=dict)
    """The day, by case and document."""
    _extended: dict[str, int] = field(default_factory=dict)
    _reviews: dict[str, set[str]] = field(default_factory=dict)
    """By case: `served`, `requested LEVEL`, `handed over` and `decided RESULT`."""

    def take(self, event: Event) -> None:
        """The next event of the ledger."""
        case_id = case_of(event)
        if case_id is None or event.data.get("imported"):
            return
        if event.kind in {"opinion-issued", "notice-issued"}:
            self._issued[case_id, _document(event)] = china_day(event.at)
        elif event.kind in {"opinion-served", "notice-served"} and event.data.get("proof"):
            self._check_service(event, case_id)
        elif event.kind == "extension-granted" and event.data.get("policy_version"):
            self._extend(event, case_id)
        self._review(event, case_id)

    def _check_service(self, event: Event, case_id: str) -> None:
        issued_on = self._issued.get((case_id, _document(event)))
        if issued_on is None:
            self._wrong(event, "serves a document that was not issued before")
        elif _act_day(event) < issued_on:
            self._wrong(event, f"is served before {issued_on}, when it was issued")

    def _extend(self, event: Event, case_id: str) -> None:
        days = event.data.get("days")
        before = self._extended.get(case_id, 0)
        self._extended[case_id] = before + (days if type(days) is int else 0)
        if self._extended[case_id] > EXTENSION_DAYS:
            self._wrong(event, f"extends a term by more than {EXTENSION_DAYS} days in all")

    def _review(self, event: Event, case_id: str) -> None:
        known = self._reviews.setdefault(case_id, set())
        level, result = event.data.get("level"), event.data.get("result")
        if event.kind == "opinion-served":
            known.add("served")
        elif event.kind == "review-requested":
            needed = "served" if level == "review" else "decided"
            self._need(event, needed in known, "requests a review of nothing that was served")
            known.add(f"requested {level}")
        elif event.kind == "re-review-handed-over":
            asked = "requested re-review" in known
            self._need(event, asked, "hands over a re-review that was not requested")
            known.add("handed over")
        elif event.kind == "review-decided":
            asked = f"requested {level}" in known
            self._need(event, asked, "decides a review that was not requested")
            known |= {"decided", f"decided {result}"}
        elif event.kind == "case-reopened":
            came_to = OPENS_AGAIN.get(str(event.data.get("reason")))
            there = came_to is None or f"decided {came_to}" in known
            self._need(event, there, "opens a case by a review that is not on record")
            known.clear()
            self._issued.pop((case_id, "opinion"), None)

    def _need(self, event: Event, holds: bool, otherwise: str) -> None:
        if not holds:
            self._wrong(event, otherwise)


def _document(event: Event) -> str:
    return "opinion" if event.kind.startswith("opinion") else str(event.data.get("kind"))


# --- Cases -----------------------------------------------------------------------------------
# What the events of a case come to. The first acceptance counts, and the earliest answer; of
# each kind of end the first counts until the case is reopened, which removes them all. A
# correction changes what the case is counted by, and a voided case counts nowhere. A matter is
# counted in the ledger that holds it: a case that is passed on to another ledger counts no more
# until the matter is returned, but for the terms that ended before; a returned case counts nowhere.

ACCEPTANCE_DAYS = 15
ANSWER_DAYS = (15, 30, 60)
GROUP_VISIT_HEADCOUNT = 5
RATING_GRADES = ("satisfied", "basically", "dissatisfied")
"""Of which the first two say that somebody is content."""
REPEAT_WINDOW = timedelta(days=90)
SOON = timedelta(days=90)
MINIMUM_SAMPLE = 5
LONGEST_REST = timedelta(days=31)
"""Rest days move the petitioner's last day by no more; another day is not taken for it."""


@dataclass(slots=True)
class Case:
    """A case and the moments of its life."""

    filed: datetime
    channel: str
    history: str
    headcount: int | None
    imported: bool
    purpose: str = "not-stated"
    no_contact: dict[str, bool] = field(default_factory=dict)
    """By what is said of it (anonymous, contact_unclear)."""
    received_on: date | None = None
    repeat_of: str | None = None
    complained: str | None = None
    """The mark of the unit that it complains of, or its code where the event is older."""
    voided: bool = False
    returned: bool = False
    with_discipline: bool = False
    """Recognised as an accusation: it is no case any more."""
    away: list[tuple[date, date | None]] = field(default_factory=list)
    """From when to when another ledger held the matter."""
    accepted: datetime | None = None
    due: datetime | None = None
    petitioner_due: datetime | None = None
    extended_due: datetime | None = None
    extension_notified: date | None = None
    excused_until: date | None = None
    """The end of an earlier extension whose notice was served by then."""
    notified: date | None = None
    answered: datetime | None = None
    resolved: datetime | None = None
    has_grounds: bool = False
    withdrawn: datetime | None = None
    diverted: datetime | None = None
    linked: datetime | None = None
    declined: datetime | None = None
    closed: datetime | None = None
    was_reopened: bool = False
    repeats: dict[str, datetime] = field(default_factory=dict)
    """The cases that repeat this one, and when they were filed."""
    ratings: dict[str, str] = field(default_factory=dict)
    """How the last answer was rated, by whom the rating is about."""

    @property
    def departure(self) -> str | None:
        """How the case left the procedure, as the first versions of measures know it."""
        ways = ("withdrawn", "diverted", "linked")
        return next((way for way in ways if getattr(self, way)), None)

    @property
    def received(self) -> date:
        """The day of receipt, of filing where it is not stated."""
        return self.received_on or china_day(self.filed)

    @property
    def repeated(self) -> date | None:
        """The day on which the first of its repeats was filed."""
        return min(map(china_day, self.repeats.values()), default=None)

    def is_over(self, what: str, day: date) -> bool:
        """Whether that had happened by the end of the day."""
        moment = getattr(self, what)
        return moment is not None and china_day(moment) <= day

    def left_by(self, day: date) -> str | None:
        """How the case had left the procedure by the end of the day."""
        way = next((way for way in _WAYS if self.is_over(way, day)), None)
        if way is None and any(
            left <= day and not (back and back <= day) for left, back in self.away
        ):
            return "transferred"
        return way

    @property
    def is_elsewhere(self) -> bool:
        """Whether another ledger holds the matter."""
        return bool(self.away) and self.away[-1][1] is None


_WAYS = ("withdrawn", "diverted", "linked", "declined")
_ENDS = {
    "case-resolved": "resolved",
    "case-withdrawn": "withdrawn",
    "case-diverted": "diverted",
    "case-linked": "linked",
    "case-declined": "declined",
    "case-closed": "closed",
}


def subject_of(event: Event, service: str) -> str:
    """By what its data names the subject; NotReadable for a kind or version not in EVENTS."""
    for name, kinds in EVENTS[service].items():
        if latest := kinds.get(event.kind):
            if event.version not in map(str, range(1, latest + 1)):
                raise NotReadable(f"version {event.version} of {event.kind} is not known here")
            return name
    raise NotReadable(f"{event.kind} is no event of {service} that is known here")


def fold(event: Event, name: str, division: str, taken: Callable[[Event, str], None]) -> None:
    """Take an event that is about what its data names so; NotReadable when it is not readable."""
    try:
        is_elsewhere = not event.data[name].startswith(f"{division}-")
        if not is_elsewhere:
            taken(event, event.data[name])
    except NotReadable:
        raise
    except (KeyError, TypeError, ValueError, AttributeError):
        raise NotReadable(f"its data is not that of a {event.kind}") from None
    if is_elsewhere:
        raise NotReadable(f"its {name} is of another division")


@dataclass(frozen=True)
class Acts:
    """What was done on a day: as what it counts, and how often."""

    day: date
    counts: dict[str, int]


_ACTS = {
    "conference-held": "conference_id",
    "key-case-opened": "key_case_id",
    "key-case-closed": "closing_id",
    "reception-held": "reception_id",
    "reception-visit-received": "visit_id",
}
_TAKES_BACK = {
    "conference-voided": "conference_id",
    "key-case-voided": "key_case_id",
    "reception-visit-voided": "visit_id",
    "reception-voided": "reception_id",
}
"""By what the data names what is counted, or what counts no more."""


_COUNTS_ONCE = {
    "conference-held": "conferences_held",
    "key-case-opened": "key_cases",
    "reception-held": "receptions_held",
}


def _acts_of(event: Event) -> Acts:
    said = event.data
    day = _stated_day(said["on"])
    if event.kind == "key-case-closed":
        settled = bool(said["backlog"]) and bool(said["in_time"])
        return Acts(day, {"backlog_cases_settled_in_time": 1} if settled else {})
    if counter := _COUNTS_ONCE.get(event.kind):
        return Acts(day, {counter: 1})
    people = int(said["headcount"])
    return Acts(
        day,
        {
            "reception_batches": 1,
            "reception_person_times": people,
            "solved_on_site": int(bool(said["solved_on_site"])),
            "group_visits_received": int(people >= GROUP_VISIT_HEADCOUNT),
        },
    )


@dataclass
class Cases:
    """The cases of one ledger, what leaders and units did, and its years."""

    division: str
    cases: dict[str, Case] = field(default_factory=dict)
    acts: dict[str, Acts] = field(default_factory=dict)
    """What leaders and units did, by the id of what may be taken back by itself."""
    years: set[int] = field(default_factory=set)

    def take(self, event: Event) -> None:
        """The next event of the ledger; NotReadable when it is not what its kind says."""
        if "matter_id" in event.data:
            self.years.add(china_day(event.at).year)
        name = subject_of(event, "intake")
        if event.kind in _ACTS or event.kind in _TAKES_BACK:
            name = _ACTS.get(event.kind) or _TAKES_BACK[event.kind]
            fold(event, name, self.division, self._act)
            return
        fold(event, name, self.division, self._fold)

    def _act(self, event: Event, about: str) -> None:
        """What was recorded first counts, and nothing once it was taken back, unless it is recorded anew."""
        if event.kind in _TAKES_BACK:
            if about in self.acts:
                self.acts[about] = Acts(self.acts[about].day, {})
            return
        acts, known = _acts_of(event), self.acts.get(about)
        if known is None or not known.counts:
            self.acts[about] = acts

    def _fold(self, event: Event, case_id: str) -> None:
        case = self.cases.get(case_id)
        if event.kind == "case-filed":
            self._file(event, case_id)
        elif case is None or case.voided or case.returned or case.with_discipline:
            return
        elif event.kind == "filing-corrected":
            self._correct(event, case_id, case)
        elif event.kind == "filing-voided":
            self._name_repeat(case_id, case, None)
            case.voided = True
        else:
            if event.kind == "transfer-noted":
                case.complained = _complained_of(event) or case.complained
            _go_on(case, event)

    def _file(self, event: Event, case_id: str) -> None:
        data = event.data
        headcount = _headcount(data["headcount"])
        received_on = _day_or_none(data.get("received_on"))
        if case_id in self.cases:
            return
        case = self.cases[case_id] = Case(
            filed=event.at,
            channel=data["channel"],
            history=data["first_or_repeat"],
            headcount=headcount,
            imported=bool(data.get("imported")),
            purpose=data["purpose"],
            no_contact={name: bool(data.get(name)) for name in ("anonymous", "contact_unclear")},
            received_on=received_on,
            complained=_complained_of(event),
        )
        self._name_repeat(case_id, case, data.get("repeat_of"))

    def _correct(self, event: Event, case_id: str, case: Case) -> None:
        """What is named as changed has the value given; what is left out is empty from now on."""
        told = event.data
        given = {name: told.get(name.replace("-", "_")) for name in told["changed"]}
        for name, member in _NEVER_EMPTY.items():
            if given.get(name) is not None:
                setattr(case, member, given[name])
        for name in given.keys() & {"anonymous", "contact-unclear"}:
            case.no_contact[name.replace("-", "_")] = bool(given[name])
        if "headcount" in given:
            case.headcount = _headcount(given["headcount"])
        if "received-on" in given:
            case.received_on = _day_or_none(given["received-on"])
        if "repeat-of" in given:
            self._name_repeat(case_id, case, given["repeat-of"])
        if "complained-unit" in given:
            case.complained = _complained_of(event)

    def _name_repeat(self, case_id: str, case: Case, first: str | None) -> None:
        """The case repeats that one from now on, and no other."""
        if case.repeat_of in self.cases:
            self.cases[case.repeat_of].repeats.pop(case_id, None)
        case.repeat_of = first
        if first != case_id and first in self.cases:
            self.cases[first].repeats[case_id] = case.filed


_NEVER_EMPTY = {"channel": "channel", "purpose": "purpose", "first-or-repeat": "history"}


def _headcount(stated: Any) -> int | None:
    if stated is not None and type(stated) is not int:
        raise NotReadable("a headcount that is no number")
    return stated


def _day_or_none(stated: Any) -> date | None:
    return None if stated is None else date.fromisoformat(stated)


def _go_on(case: Case, event: Event) -> None:
    if taken := _GO_ON.get(event.kind):
        taken(case, event)
    elif event.kind in _ENDS:
        end = _ENDS[event.kind]
        if end == "resolved" and not case.resolved:
            case.has_grounds = bool(event.data.get("grounds"))
        setattr(case, end, getattr(case, end) or event.at)


def _rate(case: Case, event: Event) -> None:
    if event.data["grade"] not in RATING_GRADES:
        raise NotReadable("a rating by another grade")
    case.ratings.setdefault(event.data["about"], event.data["grade"])


def _reopen(case: Case, _: Event) -> None:
    case.was_reopened = True
    case.ratings = {}
    for end in _ENDS.values():
        setattr(case, end, None)


def _answer(case: Case, event: Event) -> None:
    case.answered = _earlier(case.answered, _received(event))


def _accept(case: Case, event: Event) -> None:
    """A case that takes another way than the petition procedure has no term."""
    due, petitioner_due = (
        None if stated is None else due_of(stated)
        for stated in (event.data.get("due_at"), event.data.get("due_at_for_petitioner"))
    )
    if due is None and event.version == "1":
        raise NotReadable("an acceptance without a term")
    if case.accepted is not None:
        return
    case.accepted, case.due = event.at, due
    if due and petitioner_due and due <= petitioner_due <= due + LONGEST_REST:
        case.petitioner_due = petitioner_due


def _extend(case: Case, event: Event) -> None:
    """It moves a term that still runs, and never back; its own notice has to be served."""
    due, runs_until = due_of(event.data["due_at_for_petitioner"]), _last_day_of_reply(case)
    if runs_until and china_day(event.at) <= runs_until < _last_day(due):
        if _is_told_of_extension(case, runs_until):
            case.excused_until = runs_until
        case.extended_due, case.extension_notified = due, None


def _tell(case: Case, event: Event) -> None:
    day, kind = china_day(_received(event)), event.data["kind"]
    if kind != "extension":
        case.notified = min(case.notified or day, day)
    elif case.extended_due:
        case.extension_notified = min(case.extension_notified or day, day)


def _pass_on(case: Case, event: Event) -> None:
    """Out of the ledger; a forwarding within the division changes nothing here."""
    if event.data.get("to_division") not in {None, event.division} and not case.is_elsewhere:
        case.away.append((china_day(event.at), None))


def _note(case: Case, event: Event) -> None:
    """The matter is back; its home also learns that it was returned to another ledger."""
    returned_to = event.data["to_division"] if event.data["step"] == "returned" else None
    if returned_to == event.division and case.is_elsewhere:
        case.away[-1] = (case.away[-1][0], china_day(event.at))


def _return(case: Case, _: Event) -> None:
    case.returned = True


def _route(case: Case, event: Event) -> None:
    """Of a matter that another ledger holds, that one lists it."""
    case.with_discipline = event.data.get("lane") == "discipline"


_GO_ON = {
    "case-accepted": _accept,
    "case-forwarded": _pass_on,
    "case-assigned": _pass_on,
    "transfer-noted": _note,
    "case-returned": _return,
    "case-routed": _route,
    "extension-granted": _extend,
    "notice-served": _tell,
    "case-rated": _rate,
    "case-reopened": _reopen,
    "case-replied": _answer,
    "opinion-served": _answer,
}


def _received(event: Event) -> datetime:
    """When a document reached the petitioner: on the day that the proof says, if it says one."""
    told = event.data.get("served_on")
    if event.kind == "case-replied" or told is None:
        return event.at
    day = date.fromisoformat(told)
    return event.at if china_day(event.at) == day else datetime.combine(day, time(), CHINA)


def _last_day(due: datetime) -> date:
    """The last day of what is due before the first moment of the next day."""
    return china_day(due - _MICROSECOND)


def _last_day_of_reply(case: Case) -> date | None:
    due = case.extended_due or case.petitioner_due or case.due
    return due and _last_day(due)


# --- Mediations --------------------------------------------------------------------------------
# What the events of a dispute come to. A signed agreement stands before any other end, of the
# others the first, until it is taken back; of performance and breach the later one stands.


@dataclass(slots=True)
class Mediation:
    """A dispute, its sessions and its end."""

    kind: str
    sessions: dict[str, tuple[str, date]] = field(default_factory=dict)
    end: str | None = None
    ended: date | None = None
    due_day: date | None = None
    performed: date | None = None
    breached: bool = False


_MEDIATION_ENDS = {
    "mediation-failed": "failed",
    "mediation-terminated": "terminated",
    "mediation-refused": "refused",
}


@dataclass(slots=True)
class Stay:
    """A time on the roster in one kind, of the person itself where the kind is None."""

    kind: str | None
    joined: datetime
    left: datetime | None = None


@dataclass
class Mediations:
    """The disputes and mediators of one ledger, and its years."""

    division: str
    disputes: dict[str, Mediation] = field(default_factory=dict)
    stays: dict[str, list[Stay]] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)

    def take(self, event: Event) -> None:
        """The next event of the ledger; NotReadable when it is not what its kind says."""
        if "matter_id" in event.data:
            self.years.add(china_day(event.at).year)
        name = subject_of(event, "mediation")
        if name == "mediation_id":
            fold(event, name, self.division, self._fold)
        elif name == "mediator_id":
            fold(event, name, self.division, self._fold_roster)

    def _fold(self, event: Event, mediation_id: str) -> None:
        dispute = self.disputes.get(mediation_id)
        if event.kind == "mediation-applied":
            if dispute is None:
                self.disputes[mediation_id] = Mediation(str(event.data["dispute_kind"]))
        elif dispute is None:
            return
        elif event.kind.startswith("mediation-session-"):
            _meet(dispute, event)
        elif event.kind.startswith("agreement-"):
            _keep(dispute, event)
        else:
            _end(dispute, event)

    def _fold_roster(self, event: Event, mediator_id: str) -> None:
        stays = self.stays.setdefault(mediator_id, [])
        serving = [stay for stay in stays if stay.left is None]
        if event.kind == "mediator-left":
            for stay in serving:
                stay.left = max(event.at, stay.joined)
            return
        begun = {None, *event.data["kinds"]} - {stay.kind for stay in serving}
        stays += [Stay(kind, event.at) for kind in begun]


def _meet(dispute: Mediation, event: Event) -> None:
    session = event.data["session_id"]
    if event.kind == "mediation-session-voided":
        dispute.sessions.pop(session, None)
    else:
        dispute.sessions.setdefault(session, (str(event.data["mode"]), china_day(event.at)))


def _end(dispute: Mediation, event: Event) -> None:
    if dispute.end == "succeeded":
        return
    if event.kind == "mediation-succeeded":
        told = event.data.get("perform_by")
        dispute.due_day = None if told is None else date.fromisoformat(told)
        dispute.end, dispute.ended = "succeeded", china_day(event.at)
    elif event.kind == "mediation-end-voided":
        dispute.end = dispute.ended = None
    elif event.kind in _MEDIATION_ENDS and dispute.end is None:
        dispute.end, dispute.ended = _MEDIATION_ENDS[event.kind], china_day(event.at)


def _keep(dispute: Mediation, event: Event) -> None:
    if dispute.end != "succeeded":
        return
    if event.kind == "agreement-performed":
        dispute.performed = dispute.performed or china_day(event.at)
        dispute.breached = False
    elif event.kind == "agreement-breached":
        dispute.performed, dispute.breached = None, True


def _earlier(known: datetime | None, at: datetime) -> datetime:
    return at if known is None else min(known, at)


# --- Grids -------------------------------------------------------------------------------------
# A report is valid or rejected, whichever was said first. Villages, grids and workers are on the
# register from the first day that is stated to the last one, whenever that was recorded; while an
# entry goes on it may be listed as another kind, and nothing begins before what went before is over.
# A patrol is due in a basic grid on each of its days that is over; a day is patrolled once, whoever
# went, unless every patrol of it was voided. A warning counts on the day on which it was raised,
# by what became of it: false where anybody found so, else disposed, else expired, else open.


@dataclass(slots=True)
class GridReport:
    """A report, and how and when it was checked."""

    category: str
    checked: tuple[str, date] | None = None


@dataclass(slots=True)
class OnRegister:
    """A time on the register as one kind, until the day before `after`."""

    kind: str
    first: date
    after: date | None = None


@dataclass(slots=True)
class PatrolledGrid:
    """A grid's days, and those on which somebody serves it, by assignment."""

    kind: str
    first: date
    last: date | None = None
    served: dict[str, tuple[date, date | None]] = field(default_factory=dict)


@dataclass(slots=True)
class EarlyWarning:
    """A warning that is not of safety; `ends` has when it was disposed, expired or found false, in
    the order of the records, each once.
    """

    raised: datetime
    by_post: bool
    rule: str
    afterwards: bool
    last_day: date | None
    how: str | None = None
    ends: dict[str, datetime] = field(default_factory=dict)


_WARNING_ENDS = {
    "warning-disposed": "disposed",
    "warning-expired": "expired",
    "warning-found-false": "found_false",
}


_COMES_ON = {
    "village-registered": ("villages", "village_kind", "valid_from"),
    "grid-defined": ("grids", "grid_kind", "valid_from"),
    "grid-worker-enrolled": ("grid_workers", "employment", "from_day"),
}
_GOES_OFF = {
    "village-dissolved": "villages",
    "grid-dissolved": "grids",
    "grid-worker-left": "grid_workers",
}
_CORRECTED = {
    "village-corrected": ("villages", "village_kind"),
    "grid-corrected": ("grids", "grid_kind"),
}
_CHECKED = {
    "grid-report-validated": "valid_grid_reports",
    "grid-report-rejected": "rejected_grid_reports",
}


@dataclass
class Grids:
    """The reports, villages, grids, workers, warnings and watches of one ledger, and its years."""

    division: str
    reports: dict[str, GridReport] = field(default_factory=dict)
    registers: dict[str, dict[str, list[OnRegister]]] = field(default_factory=dict)
    patrolled: dict[str, PatrolledGrid] = field(default_factory=dict)
    patrols: dict[str, tuple[str, date, bool]] = field(default_factory=dict)
    """Those that were not voided: grid, day, and whether the grid's kind is stated."""
    warnings: dict[str, EarlyWarning] = field(default_factory=dict)
    watches: dict[str, list[date]] = field(default_factory=dict)
    """Of each entry of the list the first day, and the one on which it left the list; none of an
    entry that did not belong there."""
    years: set[int] = field(default_factory=set)

    def take(self, event: Event) -> None:
        """The next event of the ledger; NotReadable when it is not what its kind says."""
        if "matter_id" in event.data:
            self.years.add(china_day(event.at).year)
        name = subject_of(event, "grid")
        fold(event, name, self.division, self._fold)
        if name == "grid_id":
            fold(event, name, self.division, self._cover)
        elif name == "patrol_id":
            fold(event, name, self.division, self._patrol)
        elif name == "warning_id":
            fold(event, name, self.division, self._warn)
        elif name == "watch_id":
            fold(event, name, self.division, self._watch)

    def _warn(self, event: Event, warning_id: str) -> None:
        """None of safety is counted, whatever becomes of it."""
        if event.kind == "warning-raised":
            if event.data["subject_kind"] != "safety":
                self.warnings.setdefault(warning_id, _warning(event))
            return
        warning, end = self.warnings.get(warning_id), _WARNING_ENDS.get(event.kind)
        if warning is None or end is None or end in warning.ends:
            return
        warning.ends[end] = event.at
        if end == "disposed":
            warning.how = str(event.data["how"])

    def _watch(self, event: Event, watch_id: str) -> None:
        day = china_day(event.at)
        if event.kind == "matter-watched":
            self.watches.setdefault(watch_id, [day])
        elif event.kind == "watch-ended" and len(self.watches.get(watch_id, ())) == 1:
            self.watches[watch_id].append(max(day, self.watches[watch_id][0]))
        elif event.kind == "watch-found-unjustified" and watch_id in self.watches:
            self.watches[watch_id] = []

    def _patrol(self, event: Event, patrol_id: str) -> None:
        if event.kind == "patrol-voided":
            self.patrols.pop(patrol_id, None)
            return
        day = _stated_day(event.data["on"])
        said = (str(event.data["grid_code"]), day, event.data.get("grid_kind") is not None)
        self.patrols.setdefault(patrol_id, said)

    def _cover(self, event: Event, _: str) -> None:
        """The days of a grid, and who serves it."""
        code, said = str(event.data["grid_code"]), event.data
        if event.kind == "grid-defined":
            first = _stated_day(said["valid_from"])
            self.patrolled.setdefault(code, PatrolledGrid(str(said["grid_kind"]), first))
        grid = self.patrolled.get(code)
        if grid is not None:
            _change_grid(grid, event)

    def _change(self, event: Event, report: GridReport | None) -> None:
        if report is None:
            return
        if event.kind == "grid-report-corrected":
            report.category = str(event.data.get("category") or report.category)
        elif event.kind in _CHECKED and report.checked is None:
            report.checked = (_CHECKED[event.kind], china_day(event.at))

    def _fold(self, event: Event, about: str) -> None:
        if event.kind == "grid-report-submitted":
            self.reports.setdefault(about, GridReport(str(event.data["category"])))
        elif event.kind.startswith("grid-report-"):
            self._change(event, self.reports.get(about))
        elif event.kind in _COMES_ON:
            register, kind, first = _COMES_ON[event.kind]
            self._come(register, about, str(event.data[kind]), _stated_day(event.data[first]))
        elif event.kind in _GOES_OFF:
            self._go(_GOES_OFF[event.kind], about, _stated_day(event.data["last_day"]))
        elif event.kind in _CORRECTED:
            register, kind = _CORRECTED[event.kind]
            self._correct(register, about, event.data.get(kind), event.data.get("valid_from"))

    def _come(self, register: str, about: str, kind: str, first: date) -> None:
        times = self.registers.setdefault(register, {}).setdefault(about, [])
        last = times[-1] if times else None
        if last and last.after is None and last.kind == kind:
            return
        if last:
            first = max(first, last.after or last.first)
            last.after = last.after or first
        times.append(OnRegister(kind, first))

    def _correct(self, register: str, about: str, kind: Any, first: Any) -> None:
        """The last time is as it was in truth; none that would be over before it began."""
        times = self.registers.get(register, {}).get(about, [])
        if not times:
            return
        last = times[-1]
        last.kind = last.kind if kind is None else str(kind)
        if first is not None:
            last.first = _stated_day(first)
            for before in times[-2:-1]:
                last.first = max(last.first, before.after or before.first)
        if last.after is not None and last.after <= last.first:
            times.pop()

    def _go(self, register: str, about: str, last_day: date) -> None:
        """It is listed on no day after the last one; what had ended before stays as it was."""
        times = self.registers.get(register, {}).get(about, [])
        if not times or times[-1].after is not None:
            return
        after = last_day + _DAY
        times[:] = [each for each in times if each.first < after]
        for each in times:
            each.after = min(each.after or after, after)


def _warning(event: Event) -> EarlyWarning:
    said = event.data
    return EarlyWarning(
        raised=event.at,
        by_post=said["source"] == "grid",
        rule=str(said["rule"]),
        afterwards=bool(said.get("recorded_afterwards")),
        last_day=_stated_or_none(said.get("last_day")),
    )


def _change_grid(grid: PatrolledGrid, event: Event) -> None:
    said = event.data
    if event.kind == "grid-corrected":
        grid.kind = said.get("grid_kind") or grid.kind
        grid.first = _stated_or_none(said.get("valid_from")) or grid.first
    elif event.kind == "grid-dissolved":
        grid.last = _stated_day(said["last_day"])
    elif event.kind.startswith("grid-worker-"):
        _serve(grid, event)


def _serve(grid: PatrolledGrid, event: Event) -> None:
    """Of a voided assignment no day is left."""
    assignment, last = (
        str(event.data["assignment_id"]),
        _stated_or_none(event.data.get("last_day")),
    )
    if event.kind == "grid-worker-assigned":
        grid.served[assignment] = (_stated_day(event.data["first_day"]), last)
    elif event.kind == "grid-worker-assignment-voided":
        grid.served.pop(assignment, None)
    elif assignment in grid.served:
        grid.served[assignment] = (grid.served[assignment][0], last)


def _stated_or_none(stated: Any) -> date | None:
    return None if stated is None else _stated_day(stated)


def _stated_day(stated: Any) -> date:
    day = date.fromisoformat(stated)
    if not 1 < day.year < 9990:
        raise NotReadable("a day out of all bounds")
    return day


Folded = Cases | Grids | Mediations
"""What the events of one ledger come to."""


# --- Grid work ---------------------------------------------------------------------------------
# A report goes on step by step: it is checked before it is dispatched, solved on the spot only
# before a unit has it, else handled by the unit that has it, verified before it is closed. What was
# converted is closed or comes back by a note that follows from what it was converted to. A term is
# missed that an event has stated, and not before it is over. A patrol is of a grid that is valid on
# its day, by a worker who serves it then. An order bears a number of its own and is answered once; a
# signal counts with one record, and links make stars. A filed week or month has the numbers that
# the events up to its place give.

_REPORT_OPEN = {
    *("submitted", "validated", "dispatched", "returned"),
    *("converted", "handled", "verified"),
}
"""The states of a report that goes on."""
_MAY_FOLLOW = {
    "grid-report-validated": {"submitted"},
    "grid-report-rejected": {"submitted"},
    "grid-report-dispatched": {"validated", "returned"},
    "grid-report-returned": {"dispatched"},
    "grid-report-converted": {"validated", "dispatched", "returned"},
    "grid-report-verified": {"handled"},
    "grid-report-rated": {"closed"},
    "grid-report-escalated": _REPORT_OPEN,
    "grid-report-term-missed": _REPORT_OPEN,
}
"""The states in which a report may be when the event is recorded; what is not here says it itself."""
_BEGINS = {
    "grid-report-submitted": ("submitted", "check"),
    "grid-report-validated": ("validated", "dispatch"),
    "grid-report-dispatched": ("dispatched", "handle"),
    "grid-report-returned": ("returned", "dispatch"),
    "grid-report-converted": ("converted", "take-up"),
    "grid-report-handled": ("handled", "verify"),
}
"""The state that begins with the event, and the step whose term it states."""
_LEVELS = ("grid", "village", "centre", "township")
_GIVES_BACK = {"not-taken-up", "voided"}
_UNSETTLED = {
    *("declined", "diverted", "linked", "withdrawn"),
    *("refused", "failed", "terminated", "breached"),
}
_SETTLED, _GOES_ON_AGAIN = {"resolved", "performed"}, {"reopened", "resumed"}
_MOVES = {
    "converted": {"handled", "returned"},
    "handled": {"converted", "returned"},
    "verified": {"converted", "returned"},
    "returned": {"converted", "handled"},
}
"""Into which states a note moves a converted report."""


@dataclass(slots=True)
class _Steps:
    """How far a report is."""

    state: str = ""
    unit: str | None = None
    level: str = ""
    conversion: Event | None = None
    """The one by which the matter is elsewhere, or ended there."""
    conversions: list[Event] = field(default_factory=list)
    term: tuple[str, str] | None = None
    level_due: str | None = None
    first: Event | None = None
    categories: list[tuple[int, str]] = field(default_factory=list)
    """Each that a correction states, with its place."""
    latest: datetime | None = None
    past: list[tuple[int, datetime, bool, str | None]] = field(default_factory=list)
    """After each event: its place, since when it took effect, whether the report is open, its term."""


@dataclass
class GridReports(LedgerCheck):
    """The reports of one ledger of grid, step by step."""

    known: dict[str, _Steps] = field(default_factory=dict)
    _orders: dict[str, str | None] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """The next event of the ledger."""
        if event.kind == "work-order-opened":
            self._orders[str(event.data.get("order_id"))] = event.data.get("report_id")
        if not event.kind.startswith("grid-report-"):
            return
        steps = self.known.setdefault(str(event.data.get("report_id")), _Steps())
        self._check(event, steps)
        due = self._term_after(event, steps)
        self._go_on(event, steps)
        if event.kind == "grid-report-corrected" and event.data.get("category"):
            steps.categories.append((event.sequence, str(event.data["category"])))
        if event.kind != "grid-report-term-missed":
            steps.latest = max(event.at, steps.latest or event.at)
            steps.past.append((event.sequence, steps.latest, steps.state in _REPORT_OPEN, due))

    def _check(self, event: Event, steps: _Steps) -> None:
        if not self._may_follow(event, steps):
            state = steps.state or "not submitted"
            self._wrong(event, f"is no step of a report that is {state}")
        if event.kind in {"grid-report-handled", "grid-report-returned"}:
            if event.data.get("by_unit") != (None if event.data.get("on_site") else steps.unit):
                self._wrong(event, "is an act of a unit that does not have the report")
        elif event.kind == "grid-report-escalated":
            self._check_level(event, steps)
        elif event.kind == "grid-report-term-missed":
            self._check_missed(event, steps)
        else:
            self._check_conversion(event, steps)

    def _check_conversion(self, event: Event, steps: _Steps) -> None:
        if event.kind == "grid-report-outcome-noted":
            if self._conversion_to(event, steps.conversions) is None:
                self._wrong(event, "notes an outcome of what the report was not converted to")
        elif event.kind == "grid-report-converted" and event.data.get("to") == "work-order":
            opened_for = self._orders.get(str(event.data.get("order_id")))
            if opened_for != event.data.get("report_id"):
                self._wrong(event, "names a work order that was not opened for the report")

    def _may_follow(self, event: Event, steps: _Steps) -> bool:
        match event.kind:
            case "grid-report-submitted":
                return steps.state == ""
            case "grid-report-handled":
                on_site = event.data.get("on_site") is True
                return steps.state in ({"validated", "returned"} if on_site else {"dispatched"})
            case "grid-report-closed":
                ended_elsewhere = steps.state == "returned" and steps.conversion is not None
                has_words = event.data.get("words_digest") is not None
                return steps.state == "verified" or (ended_elsewhere and has_words)
            case _:
                allowed = _MAY_FOLLOW.get(event.kind)
                return steps.state != "" if allowed is None else steps.state in allowed

    def _check_level(self, event: Event, steps: _Steps) -> None:
        before, after = event.data.get("from_level"), event.data.get("to_level")
        known = before in _LEVELS and after in _LEVELS
        if before != steps.level or not known or _LEVELS.index(before) >= _LEVELS.index(after):
            self._wrong(event, "does not lead from the report's level to a higher one")

    def _check_missed(self, event: Event, steps: _Steps) -> None:
        step, due = event.data.get("step"), event.data.get("due_at")
        runs = ("level", steps.level_due) if step == "level" else steps.term
        if due is None or runs != (step, due):
            self._wrong(event, "says that a term was missed which was not running")
        elif event.recorded_at < due_of(due) - CLOCKS_MAY_DIFFER:
            self._wrong(event, "says that a term was missed before it was over")

    def _term_after(self, event: Event, steps: _Steps) -> str | None:
        """By when the step that goes on after the event is due, whether or not that was missed."""
        moved = self._moved(event, steps)
        if event.kind in _BEGINS or event.kind == "grid-report-verified":
            return event.data.get("due_at")
        if event.kind == "grid-report-outcome-noted" and moved is not None:
            return None if moved == "converted" else event.data.get("due_at")
        if event.kind == "grid-report-outcome-noted" and self._takes_up(event, steps):
            return None
        return steps.past[-1][3] if steps.past else None

    def _go_on(self, event: Event, steps: _Steps) -> None:
        said = event.data
        if event.kind in _BEGINS:
            self._begin(event, steps)
        elif event.kind == "grid-report-verified":
            self._verify(event, steps)
        elif event.kind == "grid-report-outcome-noted":
            self._note(event, steps)
        elif event.kind in {"grid-report-rejected", "grid-report-closed"}:
            steps.state = event.kind.removeprefix("grid-report-")
            steps.term = steps.level_due = None
        elif event.kind == "grid-report-escalated":
            steps.level, steps.level_due = str(said.get("to_level")), said.get("level_due_at")
        elif event.kind == "grid-report-term-missed" and said.get("step") == "level":
            steps.level_due = None
        elif event.kind == "grid-report-term-missed":
            steps.term = None

    def _begin(self, event: Event, steps: _Steps) -> None:
        steps.state, step = _BEGINS[event.kind]
        steps.term = _term(step, event.data.get("due_at"))
        match event.kind:
            case "grid-report-submitted":
                steps.first, steps.level = steps.first or event, str(event.data.get("level"))
                steps.level_due = event.data.get("level_due_at")
            case "grid-report-dispatched":
                steps.unit, steps.conversion = event.data.get("to_unit"), None
            case "grid-report-returned":
                steps.unit = None
            case "grid-report-handled":
                steps.conversion = None
            case "grid-report-converted":
                steps.unit, steps.level_due, steps.conversion = None, None, event
                steps.conversions.append(event)
            case _:
                pass

    def _verify(self, event: Event, steps: _Steps) -> None:
        if event.data.get("confirmed"):
            steps.state, step = "verified", "close"
        else:
            steps.state = "dispatched" if steps.unit else "validated"
            step = "handle" if steps.unit else "dispatch"
            steps.conversion = None
        steps.term = _term(step, event.data.get("due_at"))

    def _note(self, event: Event, steps: _Steps) -> None:
        moved = self._moved(event, steps)
        if moved is None:
            steps.term = None if self._takes_up(event, steps) else steps.term
        elif moved == "converted":
            steps.state, steps.term, steps.level_due = moved, None, None
        else:
            step = "verify" if moved == "handled" else "dispatch"
            steps.state, steps.term = moved, _term(step, event.data.get("due_at"))
            steps.level_due = event.data.get("level_due_at")
            if event.data.get("outcome") in _GIVES_BACK:
                steps.conversion = None

    def _moved(self, event: Event, steps: _Steps) -> str | None:
        """The state into which a note moves the report; None where it stays as it is."""
        if event.kind != "grid-report-outcome-noted":
            return None
        if steps.conversion is None or not self._conversion_to(event, [steps.conversion]):
            return None
        outcome = event.data.get("outcome")
        if outcome in _GIVES_BACK | _UNSETTLED:
            to = "returned"
        elif outcome in _GOES_ON_AGAIN:
            to = "converted"
        elif event.data.get("ended") and (steps.state != "returned" or outcome in _SETTLED):
            to = "handled"
        else:
            return None
        return to if to in _MOVES.get(steps.state, ()) else None

    def _takes_up(self, event: Event, steps: _Steps) -> bool:
        """Whether somebody acts on what the report was converted to last."""
        of_last = self._conversion_to(event, steps.conversions[-1:]) is not None
        return steps.state == "converted" and of_last and event.data.get("outcome") != "taken-up"

    def _conversion_to(self, event: Event, conversions: Iterable[Event]) -> Event | None:
        """The conversion of which a record's id is made, or that names the order."""
        record = str(event.data.get("record_id"))
        for each in conversions:
            is_order = each.data.get("to") == "work-order"
            own = str(each.data.get("order_id")) if is_order else each.id
            same = record == own if is_order else record.partition("-")[2] == own.partition("-")[2]
            if same and event.data.get("to") == each.data.get("to"):
                return each
        return None


def _term(step: str, due: Any) -> tuple[str, str] | None:
    return None if due is None else (step, str(due))


@dataclass(slots=True)
class _Serving:
    """Who serves a grid for a time; what it was before the last change, and when that was recorded."""

    worker: str
    first: date
    last: date | None
    was_last: date | None = None
    changed: datetime | None = None

    def covers(self, day: date, now: datetime) -> bool:
        """A patrol that was under way while the assignment was changed is not wrong."""
        just_now = self.changed is not None and now - self.changed <= CLOCKS_MAY_DIFFER
        return _in(day, self.first, self.last) or (
            just_now and _in(day, self.first, self.was_last)
        )

    def until(self, last: date | None, event: Event) -> None:
        """The assignment ends, or ended, on another day."""
        self.was_last, self.last, self.changed = self.last, last, event.recorded_at


def _in(day: date, first: date, last: date | None) -> bool:
    return first <= day and (last is None or day <= last)


@dataclass
class GridPatrols(LedgerCheck):
    """The patrols of one ledger of grid, by the grids that are valid and the workers who serve them."""

    _grids: dict[str, tuple[date, date | None]] = field(default_factory=dict)
    _before: dict[str, tuple[date, date | None, datetime]] = field(default_factory=dict)
    _serving: dict[str, dict[str, _Serving]] = field(default_factory=dict)
    _done: dict[str, bool] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """The next event of the ledger; a day that is none is not counted, which is said elsewhere."""
        try:
            self._take(event)
        except (KeyError, TypeError, ValueError):
            return

    def _take(self, event: Event) -> None:
        said = event.data
        match event.kind:
            case "grid-defined":
                days = _stated_day(said["valid_from"]), None
                self._grids.setdefault(str(said["grid_code"]), days)
            case "grid-corrected" | "grid-dissolved":
                self._change(event)
            case "patrol-done" | "patrol-voided":
                self._patrol(event)
            case (
                "grid-worker-assigned"
                | "grid-worker-assignment-ended"
                | "grid-worker-assignment-voided"
            ):
                self._serve(event)
            case _:
                pass

    def _change(self, event: Event) -> None:
        code = str(event.data["grid_code"])
        if code not in self._grids:
            return
        first, last = self._grids[code]
        self._before[code] = first, last, event.recorded_at
        first = _stated_or_none(event.data.get("valid_from")) or first
        last = _stated_or_none(event.data.get("last_day")) or last
        self._grids[code] = first, last

    def _serve(self, event: Event) -> None:
        code, name = str(event.data["grid_code"]), str(event.data["assignment_id"])
        known = self._serving.setdefault(code, {})
        last = _stated_or_none(event.data.get("last_day"))
        if event.kind == "grid-worker-assigned":
            first = _stated_day(event.data["first_day"])
            known[name] = _Serving(str(event.data["worker_id"]), first, last)
        elif name in known:
            is_void = event.kind == "grid-worker-assignment-voided"
            known[name].until(known[name].first - _DAY if is_void else last, event)

    def _patrol(self, event: Event) -> None:
        name, is_done = str(event.data["patrol_id"]), event.kind == "patrol-done"
        if (name in self._done) is is_done or (not is_done and not self._done[name]):
            self._wrong(event, "records or voids a patrol a second time, or voids none")
        self._done[name] = is_done
        if is_done:
            self._check(event, str(event.data["grid_code"]), _stated_day(event.data["on"]))

    def _check(self, event: Event, code: str, day: date) -> None:
        now, days = event.recorded_at, self._grids.get(code)
        *before, changed = self._before.get(code, (None, None, None))
        just_now = changed is not None and now - changed <= CLOCKS_MAY_DIFFER
        was_valid = just_now and before[0] is not None and _in(day, before[0], before[1])
        if days is None or not (_in(day, *days) or was_valid):
            self._wrong(event, f"is a patrol of grid {code}, which is not valid on {day}")
        worker, serving = event.data.get("worker_ref"), self._serving.get(code, {}).values()
        if not any(each.worker == worker and each.covers(day, now) for each in serving):
            self._wrong(event, f"is a patrol by a worker who does not serve grid {code} on {day}")


_BEGINS_WITH_MATTER = {
    "signal-received": "signal_id",
    "work-order-opened": "order_id",
    "grid-report-submitted": "report_id",
}


@dataclass
class GridSignals(LedgerCheck):
    """The signals and work orders of one ledger of grid: an order and a link are there once."""

    _numbers: dict[tuple[Any, Any], str] = field(default_factory=dict)
    _orders: dict[str, str] = field(default_factory=dict)
    """Whether each is open, answered or voided."""
    _matters: dict[str, Any] = field(default_factory=dict)
    """The own matter of each signal, order and report."""
    _linked: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    _links_to: Counter[str] = field(default_factory=Counter)

    def take(self, event: Event) -> None:
        """The next event of the ledger."""
        if event.kind in _BEGINS_WITH_MATTER:
            name = str(event.data.get(_BEGINS_WITH_MATTER[event.kind]))
            self._matters.setdefault(name, event.data.get("matter_id"))
        if event.kind.startswith("work-order-"):
            self._order(event, str(event.data.get("order_id")))
        elif event.kind == "signal-linked":
            self._link(event, str(event.data.get("signal_id")))
        elif event.kind == "signal-unlinked":
            self._unlink(event, str(event.data.get("signal_id")))

    def _order(self, event: Event, order: str) -> None:
        state = self._orders.get(order)
        if event.kind == "work-order-opened":
            self._open(event, order)
        elif state != "open":
            self._wrong(event, f"is an act on an order that is {state or 'not opened'}")
        if event.kind in {"work-order-answered", "work-order-voided"}:
            self._orders[order] = event.kind.removeprefix("work-order-")

    def _open(self, event: Event, order: str) -> None:
        if order in self._orders:
            self._wrong(event, "opens an order a second time")
        self._orders.setdefault(order, "open")
        number = event.data.get("number")
        if number is None:
            return
        first = self._numbers.setdefault((event.data.get("source"), number), order)
        if first != order:
            self._wrong(event, f"opens an order with the number of order {first}")

    def _link(self, event: Event, signal: str) -> None:
        to, kind = str(event.data.get("to_id")), event.data.get("to_kind")
        if signal in self._linked:
            self._wrong(event, "links a signal that counts with another record already")
        elif to == signal or to in self._linked or self._links_to[signal]:
            self._wrong(event, "makes a chain of links: a signal would count with no record")
        elif kind != "case" and self._matters.get(to) != event.data.get("to_matter_id"):
            self._wrong(event, "links a signal to a matter that its record does not have")
        if signal not in self._linked:
            self._linked[signal] = kind, to
            self._links_to[to] += 1

    def _unlink(self, event: Event, signal: str) -> None:
        named = event.data.get("from_kind"), event.data.get("from_id")
        kind_and_id = self._linked.pop(signal, None)
        if kind_and_id is None or kind_and_id != named:
            self._wrong(event, "undoes a link that is not there")
        if kind_and_id is not None:
            self._links_to[str(kind_and_id[1])] -= 1


@dataclass
class FiledPeriods(LedgerCheck):
    """The filed weeks and held assessments of one ledger: their numbers follow from its events."""

    reports: dict[str, _Steps]
    _acts: list[tuple[int, str, datetime, str]] = field(default_factory=list)
    """Place, what is counted, when, and of which report."""
    _grids: dict[str, list[Event]] = field(default_factory=dict)
    _patrols: list[Event] = field(default_factory=list)
    _filed: list[Event] = field(default_factory=list)
    _over: set[str] = field(default_factory=set)
    checked: int = 0

    def take(self, event: Event) -> None:
        """The next event of the ledger."""
        if event.kind in _COUNTED_STEPS or event.kind == "grid-report-handled":
            on_site = event.data.get("on_site")
            handled = "solved-on-site" if on_site else "handled"
            counted = _COUNTED_STEPS.get(event.kind, handled)
            self._acts.append(
                (event.sequence, counted, event.at, str(event.data.get("report_id")))
            )
        elif "grid_id" in event.data:
            self._grids.setdefault(str(event.data.get("grid_code")), []).append(event)
        elif event.kind.startswith("patrol-"):
            self._patrols.append(event)
        elif event.kind in {"weekly-report-filed", "assessment-held"}:
            self._over.add(self._name(event))
            self._filed.append(event)
        elif event.kind in {"weekly-report-missed", "assessment-missed"}:
            self._check_missed(event)

    def _name(self, event: Event) -> str:
        return str(event.data.get("week") or event.data.get("month"))

    def _check_missed(self, event: Event) -> None:
        """It was due after the period, is over, and nothing was filed before."""
        name = self._name(event)
        try:
            due, after = due_of(event.data["due_at"]), _period(name)[1] + _DAY
        except (KeyError, TypeError, ValueError):
            self._wrong(event, "is missed by no day that can be read")
            return
        if name in self._over:
            self._wrong(event, f"says that {name} was missed, which was filed or missed before")
        elif china_day(due) < after or event.recorded_at < due - CLOCKS_MAY_DIFFER:
            self._wrong(event, f"says that {name} was missed before it was due")
        self._over.add(name)

    def end(self) -> None:
        """Every filed period, once all events are known."""
        for event in self._filed:
            try:
                self._check(event)
            except (KeyError, TypeError, ValueError, AttributeError):
                self._wrong(event, "has numbers or a period that cannot be read")

    def _check(self, event: Event) -> None:
        first, last = _period(self._name(event))
        as_of, said = event.data["as_of"], dict(event.data["figures"])
        if as_of >= event.sequence:
            self._wrong(event, "counts up to a place that is not before it")
            return
        begins, ends = _start_of(first), _start_of(last + _DAY)
        counted = self._reports_counted(as_of, begins, ends)
        stated = event.data.get("counted_at")
        if stated is not None:
            now = due_of(stated)
            counted |= self._open_at(as_of, min(ends, now))
            counted |= self._patrolled(as_of, first, min(last, china_day(now) - _DAY))
        counted |= {name: dict(self._split(as_of, begins, ends, name[3:])) for name in _SPLIT_BY}
        given = said | {name: dict(event.data[name]) for name in _SPLIT_BY}
        for name, number in counted.items():
            if given.get(name, 0) != number:
                what = (
                    f"says {name} {given.get(name)} for {self._name(event)}, which gives {number}"
                )
                self._wrong(event, what)
        self.checked += 1

    def _known(self, as_of: int, ends: datetime) -> Iterator[tuple[str, Event, _Steps]]:
        """Reports that were submitted before the end and are on record up to that place."""
        for name, steps in self.reports.items():
            if steps.first and steps.first.sequence <= as_of and steps.first.at < ends:
                yield name, steps.first, steps

    def _reports_counted(self, as_of: int, begins: datetime, ends: datetime) -> dict[str, Any]:
        known = {name for name, _, _ in self._known(as_of, ends)}
        found = {
            (what, report)
            for place, what, at, report in self._acts
            if place <= as_of and begins <= at < ends and report in known
        }
        by_kind = Counter(what for what, _ in found)
        return {what: by_kind[what] for what in _FIGURES_OF_STEPS}

    def _split(
        self, as_of: int, begins: datetime, ends: datetime, name: str
    ) -> Iterator[tuple[str, int]]:
        known = self._known(as_of, ends)
        submitted = [(first, steps) for _, first, steps in known if first.at >= begins]
        yield from Counter(
            _category_at(as_of, first, steps) if name == "category" else str(first.data[name])
            for first, steps in submitted
        ).items()

    def _open_at(self, as_of: int, until: datetime) -> dict[str, Any]:
        """A step that is dated before the one that it follows took effect with that one."""
        found: Counter[str] = Counter()
        for _, _, steps in self._known(as_of, until):
            past = [each for each in steps.past if each[0] <= as_of and each[1] < until]
            if past and past[-1][2]:
                due = past[-1][3]
                found["open-at-end"] += 1
                found["overdue-at-end"] += due is not None and due_of(due) < until
        return {what: found[what] for what in ("open-at-end", "overdue-at-end")}

    def _patrolled(self, as_of: int, first: date, last: date) -> dict[str, Any]:
        """Days due, patrolled and without a worker, by the events up to that place."""
        done: dict[str, tuple[str, date]] = {}
        for event in self._patrols:
            if event.sequence > as_of:
                break
            if event.kind == "patrol-done":
                day = _stated_day(event.data["on"])
                done[event.data["patrol_id"]] = event.data["grid_code"], day
            else:
                done.pop(event.data["patrol_id"], None)
        went, found = set(done.values()), Counter[str]()
        for code, events in self._grids.items():
            grid = _grid_of(event for event in events if event.sequence <= as_of)
            if grid is None or grid.kind != PATROLLED_KIND:
                continue
            until = min(last, grid.last or last)
            due = list(_days_from(max(first, grid.first), until))
            free = [day for each in _unserved(grid, until) for day in _days_from(*each)]
            found["patrols-due"] += len(due)
            found["patrols-done"] += sum((code, day) in went for day in due)
            found["days-without-worker"] += len(set(free).intersection(due))
        return {what: found[what] for what in _FIGURES_OF_PATROLS}


_COUNTED_STEPS = {
    "grid-report-submitted": "submitted",
    "grid-report-validated": "validated",
    "grid-report-rejected": "rejected",
    "grid-report-converted": "converted",
    "grid-report-closed": "closed",
}
_FIGURES_OF_STEPS = (*_COUNTED_STEPS.values(), "solved-on-site", "handled")
_FIGURES_OF_PATROLS = ("patrols-due", "patrols-done", "days-without-worker")
_SPLIT_BY = ("by_category", "by_urgency")


def _category_at(as_of: int, first: Event, steps: _Steps) -> str:
    """The category of a report, as it was corrected up to that place."""
    corrected = [category for place, category in steps.categories if place <= as_of]
    return corrected[-1] if corrected else str(first.data["category"])


def _period(name: str) -> tuple[date, date]:
    """The first and last day of a week `2025-W07` or a month `2025-02`."""
    year, _, number = name.partition("-")
    if number.startswith("W"):
        monday = date.fromisocalendar(int(year), int(number[1:]), 1)
        return monday, monday + 6 * _DAY
    first = date(int(year), int(number), 1)
    return first, (first + 31 * _DAY).replace(day=1) - _DAY


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


def _days_from(first: date, last: date) -> Iterator[date]:
    return (first + number * _DAY for number in range((last - first).days + 1))


def _grid_of(events: Iterable[Event]) -> PatrolledGrid | None:
    grid: PatrolledGrid | None = None
    for event in events:
        if event.kind == "grid-defined" and grid is None:
            grid = PatrolledGrid(
                str(event.data["grid_kind"]), _stated_day(event.data["valid_from"])
            )
        elif grid is not None:
            _change_grid(grid, event)
    return grid


@dataclass
class GridWork(LedgerCheck):
    """All checks of one ledger of grid; of another service's there is nothing to check."""

    def __post_init__(self) -> None:
        self._reports = GridReports(self.ledger, self.report)
        self._patrols = GridPatrols(self.ledger, self.report)
        self._signals = GridSignals(self.ledger, self.report)
        self._filed = FiledPeriods(self.ledger, self.report, self._reports.known)

    def take(self, event: Event) -> None:
        """The next event of the ledger."""
        if self.ledger.startswith("grid/"):
            self._reports.take(event)
            self._patrols.take(event)
            self._signals.take(event)
            self._filed.take(event)

    def end(self) -> None:
        """What only all events together say."""
        self._filed.end()


# --- Counting --------------------------------------------------------------------------------
# Each case adds one to some counters, each on a day of its life.

Counted = Iterator[tuple[str, date]]


def _that_counts_no_more(case: Case) -> Iterator[str]:
    if case.voided:
        yield "filed_voided"
    elif case.returned:
        yield "filed_returned"
    elif not case.is_elsewhere:
        yield "filed_to_discipline"


def counted(case: Case) -> Counted:
    """Every counter that the case adds to, and the day on which it does."""
    filed = china_day(case.filed)
    if case.voided or case.returned or case.with_discipline:
        yield from ((counter, filed) for counter in _that_counts_no_more(case))
        return
    yield from _on_end_of_receipt_term(case, case.received + ACCEPTANCE_DAYS * _DAY)
    yield from _on_end_of_petitioners_term(case)
    if case.is_elsewhere:
        yield "filed_transferred_out", filed
        yield "transferred_out", case.away[-1][0]
        return
    yield from _on_filing(case, filed)
    yield from _on_end_of_acceptance_term(case, filed + ACCEPTANCE_DAYS * _DAY)
    if case.accepted:
        yield from _on_acceptance(case, china_day(case.accepted))
    if case.due:
        yield from _on_end_of_reply_term(case, _last_day(case.due))
    yield from _on_what_happened(case)
    if case.resolved and case.history == "first":
        yield from _on_resolving_a_first_case(case, china_day(case.resolved))
    if case.closed and case.history == "first":
        yield from _on_closing_a_first_case(case, china_day(case.closed))


def _on_what_happened(case: Case) -> Counted:
    for what in ("answered", "resolved", "withdrawn", "diverted", "linked", "closed"):
        if moment := getattr(case, what):
            yield what, china_day(moment)
    if case.answered:
        day = china_day(case.answered)
        yield f"days_to_answer: {(day - case.received).days}", day
        yield from ((counter, day) for counter in _ratings_of(case))


def _ratings_of(case: Case) -> Iterator[str]:
    for about, name in (("responsible-unit", "unit"), ("petition-office", "office")):
        grade = case.ratings.get(about)
        if grade is not None:
            yield f"{name}_rated"
            yield f"{name}_rated_{grade}"
        if grade in RATING_GRADES[:2]:
            yield f"{name}_content"


def _on_filing(case: Case, day: date) -> Counted:
    yield "filed", day
    if case.history == "repeat":
        yield "filed_repeat", day
    if case.history == "repeat" and case.repeat_of is None:
        yield "repeats_unlinked", day
    if case.received_on is None:
        yield "receipt_not_stated", day
    else:
        yield "receipt_stated", day
        yield f"registration_delay: {(day - case.received_on).days}", day
    stated = "filed_history_not_stated" if case.history == "not-stated" else "filed_history_stated"
    yield stated, day
    if case.channel == "visit" and case.headcount is None:
        yield "visits_of_unknown_size", day
    elif case.channel == "visit" and (case.headcount or 0) >= GROUP_VISIT_HEADCOUNT:
        yield "group_visits", day
    for days in ANSWER_DAYS:
        if case.answered and china_day(case.answered) - day <= days * _DAY:
            yield f"answered_within_{days}", day


def _on_end_of_acceptance_term(case: Case, last_day: date) -> Counted:
    if case.accepted:
        yield "acceptance_due", last_day
        if china_day(case.accepted) <= last_day:
            yield "accepted_in_time", last_day
    elif case.departure:
        yield f"{case.departure}_unaccepted", last_day
    else:
        yield "acceptance_not_stated" if case.imported else "acceptance_due", last_day


def _on_acceptance(case: Case, day: date) -> Counted:
    yield "accepted", day
    if case.resolved:
        yield "accepted_resolved", day
    if case.departure:
        yield f"accepted_{case.departure}", day
    if case.declined:
        yield "accepted_declined", day
    if case.linked:
        yield "accepted_all_linked", day
        yield "accepted_long_ago_linked", day
        return
    yield "accepted_unlinked", day
    yield "accepted_long_ago", day
    if case.resolved:
        yield "accepted_unlinked_resolved", day
    if case.resolved and not case.has_grounds:
        yield "accepted_grounds_not_recorded", day
    if case.is_over("resolved", day + SOON):
        yield "resolved_soon", day


def _on_end_of_receipt_term(case: Case, last_day: date) -> Counted:
    yield _CALLED_OF_ACCEPTANCE.get(said := _of_acceptance(case, last_day), said), last_day
    if said in {"accepted_within_term", "accepted_late"}:
        yield "acceptance_term_over", last_day
    yield (said := _of_notice(case, last_day)), last_day
    if said in {"notice_in_time", "notice_late"}:
        yield "notice_due", last_day


_CLAIMS = ("appeal", "request")
"""申诉求决: suggestions, accusations, inquiries and others have no term of article 34."""
_CALLED_OF_ACCEPTANCE = {way: f"{way}_before_acceptance" for way in (*_WAYS, "transferred")}


def _of_acceptance(case: Case, last_day: date) -> str:
    if case.purpose == "not-stated" and not _is_uncompleted(case):
        return "acceptance_purpose_not_stated"
    if case.purpose not in _CLAIMS and not _is_uncompleted(case):
        return "acceptance_no_claim"
    if case.is_over("accepted", last_day) or case.is_over("resolved", last_day):
        return "accepted_within_term"
    if way := case.left_by(last_day):
        return way
    return "acceptance_silent" if case.imported and not case.accepted else "accepted_late"


def _of_notice(case: Case, last_day: date) -> str:
    if case.purpose == "accusation":
        return "notice_accusation"
    if any(case.no_contact.values()):
        return "notice_contact_unclear"
    if case.notified and case.notified <= last_day:
        return "notice_in_time"
    if case.is_over("withdrawn", last_day):
        return "withdrawn_before_notice"
    is_silent = not case.notified and (case.imported or _is_uncompleted(case))
    return "notice_silent" if is_silent else "notice_late"


def _is_uncompleted(case: Case) -> bool:
    """A converted report of which nobody has stated yet what is wanted, and by whom."""
    return case.channel == "grid" and case.purpose == "not-stated" and not case.imported


def _on_end_of_petitioners_term(case: Case) -> Counted:
    ends = _last_day_of_reply(case)
    if ends is None:
        return
    untold = case.excused_until or _first_end(case)
    last_day = ends if _is_told_of_extension(case, ends) else untold
    said = _of_reply(case, last_day)
    yield said, ends
    if said not in {"replied_within_term", "replied_late"}:
        return
    yield "reply_term_over", ends
    if case.extended_due is None and case.petitioner_due is None:
        yield "petitioner_day_not_stated", ends
    if case.extended_due and last_day != ends:
        yield "extension_without_notice", ends
    elif said == "replied_within_term" and not _is_settled_by(case, _first_end(case)):
        yield "replied_within_extension", ends


def _is_told_of_extension(case: Case, ends: date) -> bool:
    return case.extension_notified is not None and case.extension_notified <= ends


def _first_end(case: Case) -> date:
    due = case.petitioner_due or case.due
    return _last_day(due) if due else date.max


def _is_settled_by(case: Case, day: date) -> bool:
    return case.is_over("answered", day) or case.is_over("resolved", day)


def _of_reply(case: Case, last_day: date) -> str:
    if case.purpose == "not-stated":
        return "reply_purpose_not_stated"
    if case.purpose not in _CLAIMS:
        return "reply_no_claim"
    if _is_settled_by(case, last_day):
        return "replied_within_term"
    way = case.left_by(last_day)
    return f"{way}_before_reply" if way else "replied_late"


def _on_end_of_reply_term(case: Case, last_day: date) -> Counted:
    if case.answered or not case.departure:
        yield "reply_due", last_day
    else:
        yield f"{case.departure}_unanswered", last_day
    if case.answered and case.due and case.answered < case.due:
        yield "replied_on_time", last_day


def _on_closing_a_first_case(case: Case, day: date) -> Counted:
    yield "first_closed", day
    if case.repeated is None or case.repeated > day + REPEAT_WINDOW:
        yield "first_closed_not_repeated", day
    if not case.resolved:
        yield "first_closed_unresolved", day


def _on_resolving_a_first_case(case: Case, day: date) -> Counted:
    yield "first_resolved", day
    if case.was_reopened:
        yield "first_resolved_reopened", day
    elif case.repeated is None or case.repeated > day + REPEAT_WINDOW:
        yield "first_resolved_for_good", day


_JUDGED_AFTER = {
    **dict.fromkeys(
        (
            "acceptance_due",
            "accepted_in_time",
            "acceptance_not_stated",
            "reply_due",
            "replied_on_time",
            "performance_due",
            "performed",
            "performed_late",
            "breached",
            "acceptance_term_over",
            "accepted_within_term",
            "accepted_late",
            "acceptance_silent",
            "acceptance_purpose_not_stated",
            "acceptance_no_claim",
            "notice_due",
            "notice_in_time",
            "notice_late",
            "withdrawn_before_notice",
            "notice_contact_unclear",
            "notice_accusation",
            "notice_silent",
            "reply_term_over",
            "replied_within_term",
            "replied_late",
            "reply_purpose_not_stated",
            "reply_no_claim",
            "replied_within_extension",
            "extension_without_notice",
            "petitioner_day_not_stated",
            "transferred_before_acceptance",
            "transferred_before_reply",
            *(
                f"{way}_{how}"
                for way in _WAYS
                for how in ("unaccepted", "unanswered", "before_acceptance", "before_reply")
            ),
        ),
        timedelta(),
    ),
    "accepted_long_ago": SOON,
    "accepted_long_ago_linked": SOON,
    "resolved_soon": SOON,
    "first_resolved": REPEAT_WINDOW,
    "first_resolved_reopened": REPEAT_WINDOW,
    "first_resolved_for_good": REPEAT_WINDOW,
}
"""How long after its day a counter is judged: only when that is over by the horizon. What is not
named here is counted at once."""


def is_judged(counter: str, day: date, horizon: date) -> bool:
    """Whether that day of the counter can be judged by then."""
    after = _JUDGED_AFTER.get(counter)
    return after is None or day + after < horizon


YEAR_BEFORE = "accepted a year before"


def counts_by_year(folded: Folded, horizon: date) -> dict[int, Counter[str]]:
    """What every counter comes to in every year of which there is anything to count."""
    match folded:
        case Cases():
            return _of_cases(folded, horizon)
        case Mediations():
            return _of_mediations(folded, horizon)
        case Grids():
            return _of_grids(folded, horizon)


def complaints_by_year(folded: Cases) -> dict[int, Counter[str]]:
    """The cases that count as filed and complain of a unit, by the unit's mark."""
    found: dict[int, Counter[str]] = {}
    for case in folded.cases.values():
        left_out = case.voided or case.returned or case.with_discipline or case.is_elsewhere
        if case.complained and not left_out:
            found.setdefault(china_day(case.filed).year, Counter())[case.complained] += 1
    return found


def _of_mediations(folded: Mediations, horizon: date) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    for dispute in folded.disputes.values():
        for counter, day in counted_of(dispute):
            if is_judged(counter, day, horizon):
                found.setdefault(day.year, Counter())[counter] += 1
    for stay in (stay for stays in folded.stays.values() for stay in stays):
        counter = "mediators" if stay.kind is None else f"mediators: {stay.kind}"
        found.setdefault(china_day(stay.joined).year, Counter())[counter] += 1
        if stay.left:
            found.setdefault(china_day(stay.left).year, Counter())[counter] -= 1
    return found


def counted_of(dispute: Mediation) -> Counted:
    """Every counter that a dispute adds to, and the day on which it does."""
    for mode, day in dispute.sessions.values():
        yield "sessions", day
        yield f"sessions: {mode}", day
    if dispute.ended:
        for counter in _ENDED_AS[str(dispute.end)]:
            yield counter, dispute.ended
            yield f"{counter}: {dispute.kind}", dispute.ended
    if dispute.due_day:
        yield from _on_last_day(dispute, dispute.due_day)


def _of_grids(folded: Grids, horizon: date) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    for report in folded.reports.values():
        if report.checked:
            counter, day = report.checked
            of_year = found.setdefault(day.year, Counter())
            of_year[counter] += 1
            of_year[f"{counter}: {report.category}"] += 1
    for register, entries in folded.registers.items():
        for each in (listed for times in entries.values() for listed in times):
            turns = (
                [(each.first, 1)] if each.after is None else [(each.first, 1), (each.after, -1)]
            )
            for day, change in turns:
                if day <= horizon:
                    of_year = found.setdefault(day.year, Counter())
                    of_year[register] += change
                    of_year[f"{register}: {each.kind}"] += change
    _count_coverage(folded, horizon, found)
    _count_warnings(folded, found)
    return found


def _count_warnings(folded: Grids, found: dict[int, Counter[str]]) -> None:
    for warning in folded.warnings.values():
        of_year = found.setdefault(china_day(warning.raised).year, Counter())
        of_year.update(_of_a_warning(warning))
    for days in folded.watches.values():
        for day, change in zip(days, (1, -1), strict=False):
            found.setdefault(day.year, Counter())["matters_on_watch"] += change


def _of_a_warning(warning: EarlyWarning) -> Iterator[str]:
    fate = next(
        (each for each in ("found_false", "disposed", "expired") if each in warning.ends), "open"
    )
    if warning.by_post:
        yield "grid_warnings"
        if fate == "disposed":
            fate = "resolved" if warning.how in ("settled", "paid") else "disposed_otherwise"
        yield f"grid_warnings_{fate}"
        return
    yield "monitoring_warnings"
    yield f"monitoring_warnings: {warning.rule}"
    if not warning.afterwards:
        yield from _of_a_rule(warning)
    else:
        yield "warnings_recorded_afterwards"
    if fate == "disposed":
        in_a_day = warning.ends["disposed"] - warning.raised <= timedelta(hours=24)
        fate = "disposed_in_24h" if in_a_day else "disposed_later"
        fate = "watched" if warning.how == "watched" else fate
    yield f"monitoring_warnings_{fate}"


def _of_a_rule(warning: EarlyWarning) -> Iterator[str]:
    """Whether the rule was right, and how long before the last day it warned."""
    is_false = "found_false" in warning.ends
    if is_false or "disposed" in warning.ends:
        counter = "warnings_false_alarms" if is_false else "warnings_confirmed"
        yield from ("warnings_judged", counter, f"{counter}: {warning.rule}")
    if warning.last_day and not is_false:
        days = max((warning.last_day - china_day(warning.raised)).days, 0)
        yield from ("warnings_with_lead", f"warning_lead_days: {days}")


def _count_coverage(folded: Grids, horizon: date, found: dict[int, Counter[str]]) -> None:
    for grid in folded.patrolled.values():
        if grid.kind == PATROLLED_KIND:
            last = min(grid.last or horizon, horizon - _DAY)
            _add_days("patrols_due", [(grid.first, last)], found)
            _add_days("days_without_worker", _unserved(grid, last), found)
    first_of_day: dict[tuple[str, date], bool] = {}
    for code, day, has_kind in folded.patrols.values():
        first_of_day.setdefault((code, day), has_kind)
    for (code, day), has_kind in first_of_day.items():
        at = folded.patrolled.get(code)
        if at is None or not at.first <= day <= min(at.last or day, horizon - _DAY):
            continue
        if not has_kind or at.kind == PATROLLED_KIND:
            counter = "patrols_done" if has_kind else "patrolled_kind_not_stated"
            found.setdefault(day.year, Counter())[counter] += 1


def _add_days(
    counter: str, stretches: Iterable[tuple[date, date]], found: dict[int, Counter[str]]
) -> None:
    """Each day of the stretches, in its year."""
    for first, last in stretches:
        for year in range(first.year, last.year + 1):
            days = min(last, date(year, 12, 31)) - max(first, date(year, 1, 1))
            found.setdefault(year, Counter())[counter] += max(0, days.days + 1)


def _unserved(grid: PatrolledGrid, last: date) -> Iterator[tuple[date, date]]:
    """The days of the grid up to that one on which nobody serves it, from … to."""
    free = grid.first
    for first, until in sorted(grid.served.values(), key=lambda times: times[0]):
        if until is not None and until < max(first, free):
            continue
        if first > free:
            yield free, min(first - _DAY, last)
        if until is None:
            return
        free = until + _DAY
    if free <= last:
        yield free, last


_ENDED_AS = {
    "succeeded": ("mediated", "succeeded"),
    "failed": ("mediated",),
    "terminated": ("terminated",),
    "refused": ("refused",),
}


def _on_last_day(dispute: Mediation, day: date) -> Counted:
    yield "performance_due", day
    if dispute.performed:
        yield "performed", day
    if dispute.performed and dispute.performed > day:
        yield "performed_late", day
    if dispute.breached:
        yield "breached", day


def _of_cases(cases: Cases, horizon: date) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    for acts in cases.acts.values():
        found.setdefault(acts.day.year, Counter()).update(acts.counts)
    for case in cases.cases.values():
        for counter, day in counted(case):
            if is_judged(counter, day, horizon):
                found.setdefault(day.year, Counter())[counter] += 1
            if counter == "accepted" and _is_within(day, horizon):
                found.setdefault(day.year + 1, Counter())[YEAR_BEFORE] += 1
    return found


def _is_within(day: date, horizon: date) -> bool:
    """Whether a day a year before is compared: of a running year only what has its counterpart."""
    if day.year + 1 != horizon.year:
        return day.year + 1 < horizon.year
    is_month_end = (horizon + _DAY).day == 1
    return (day.month, 0 if is_month_end else day.day) <= (horizon.month, horizon.day)


# --- Figures ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Measure:
    """A count, a rate of two counts, or the change of a count on the year, and what is beside it."""

    counter: str
    of: str | None = None
    _: KW_ONLY
    zh: str
    en: str
    cohort: str
    basis: str
    version: int = 1
    """Of its definition; a figure of another version is refused."""
    is_change: bool = False
    unit: str = "percent"
    excluded: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    """It is given by these kinds, each under `counter: kind`."""
    is_stock: bool = False
    """What came in all years until then less what left."""
    quantiles: dict[str, int] = field(default_factory=dict)
    """Of `counter: value`, the values that so many of a hundred do not exceed; the first is given
    as the value, each as a group."""
    minimum: int = 1
    """Of fewer no rate and no quantile is given."""


_DISPUTE_KINDS = (
    "marriage-and-family",
    "neighbours",
    "house-and-homestead",
    "land-and-forest",
    "resettlement",
    "contract",
    "production-and-business",
    "damage",
    "labour",
    "village-affairs",
    "consumption",
    "property-management",
    "environment",
    "other",
    "not-stated",
)
_MEDIATOR_KINDS = (
    "retired-cadre",
    "certified",
    "respected-elder",
    "legal-literate",
    "elder-member",
    "villager-representative",
    "legal-adviser",
    "other",
)
PATROLLED_KIND = "basic"
"""每日一巡查: every basic grid, every day, by the policy patrol.1-placeholder."""
_REPORT_CATEGORIES = (
    "livelihood",
    "sanitation",
    "facilities",
    "neighbours",
    "labour",
    "land-and-housing",
    "assistance",
    "public-order",
    "law",
    "emergency",
    "other",
)
_WARNING_RULES = (
    "raised-after-answer",
    "cluster",
    "unpaid-wages",
    "compensation-overdue",
    "agreement-broken",
    "term",
    "half-term-without-step",
    "returned-twice",
    "same-answer-text",
)
"""Those that raise warnings by themselves, without a post."""
_NOT_MEDIATED = {"terminated": "terminated", "refused": "refused"}


def _departures(pattern: str) -> dict[str, str]:
    return {way: pattern.format(way) for way in ("withdrawn", "diverted", "linked")}


DIMENSIONS = ("category", "village", "committee", "urgency", "source", "level", "rule")
_ABOUT = {
    "division",
    "period",
    "by",
    *DIMENSIONS,
    "as_of",
    "horizon",
    "parked",
    "figures",
}
_TOLD = {"id", "version", "name", "value", "unit", "numerator", "denominator", "cohort"} | {
    "excluded",
    "beside",
    "note",
    "basis",
    "evidence",
    "groups",
}


_STATUTE = "信访工作条例 (2022)"
_MEDIATION_LAW = "人民调解法"
_GRID_STANDARD = "GB/T 34300-2017 城乡社区网格化服务管理规范 (its text is not confirmed)"
_WARNINGS_REST_ON = (
    "local convention; disputes are prevented at their source, 信访工作条例 (2022) 5(5), 37"
)
_ON_THE_DAY = (
    "on the register at the end of the period, or on the day of the horizon where that is earlier"
)


def _answered_within(days: int) -> Measure:
    return Measure(
        f"answered_within_{days}",
        "filed",
        zh=f"{days}日内答复率",
        en=f"answered within {days} days",
        cohort=(
            "filed in the period; in the numerator those whose first answer's date is at most "
            f"{days} days after the date of filing"
        ),
        basis=f"{_STATUTE} 34",
    )


_CLAIMS_ARE = "claims for resolution (申诉求决) [31(6)]"


def _left_before(what: str, version: int) -> dict[str, str]:
    """Second versions list no transfers."""
    ways = _WAYS if version < LISTS_TRANSFERS else (*_WAYS, "transferred")
    return {way: f"{way}_before_{what}" for way in ways}


LISTS_TRANSFERS = 3


def _timely_acceptance(version: int) -> Measure:
    return Measure(
        "accepted_within_term",
        "acceptance_term_over",
        version=version,
        minimum=MINIMUM_SAMPLE,
        excluded={
            **_left_before("acceptance", version),
            "not_stated": "acceptance_silent",
            "purpose_not_stated": "acceptance_purpose_not_stated",
            "no_claim": "acceptance_no_claim",
        },
        zh="及时受理率",
        en="timely acceptance rate",
        cohort=(
            f"{_CLAIMS_ARE} whose 15th day after receipt lies in the period; in the numerator "
            "those accepted or settled by then"
        ),
        basis=f"{_STATUTE} 22, 23, 31",
    )


def _participation(counters: str, zh: str, en: str) -> Measure:
    return Measure(
        f"{counters}_rated",
        "answered",
        minimum=MINIMUM_SAMPLE,
        zh=f"{zh}参评率",
        en=f"participation in rating the {en}",
        cohort=(
            "cases first answered in the period; in the numerator those whose petitioner rated the "
            f"{en}, online or when another unit called back"
        ),
        basis=f"{_STATUTE} 21",
    )


def _satisfaction(counters: str, zh: str, en: str) -> Measure:
    return Measure(
        f"{counters}_content",
        f"{counters}_rated",
        minimum=MINIMUM_SAMPLE,
        beside={
            "answered": "answered",
            **{grade: f"{counters}_rated_{grade}" for grade in RATING_GRADES},
        },
        zh=f"{zh}满意率",
        en=f"satisfaction with the {en}",
        cohort=(
            f"cases first answered in the period whose petitioner rated the {en}; in the numerator "
            "those who said satisfied or basically satisfied"
        ),
        basis=f"{_STATUTE} 21",
    )


def _on_time_reply(version: int) -> Measure:
    return Measure(
        "replied_within_term",
        "reply_term_over",
        version=version,
        minimum=MINIMUM_SAMPLE,
        excluded={
            **_left_before("reply", version),
            "purpose_not_stated": "reply_purpose_not_stated",
            "no_claim": "reply_no_claim",
        },
        beside={
            "within_extension": "replied_within_extension",
            "extension_without_notice": "extension_without_notice",
            "petitioner_day_not_stated": "petitioner_day_not_stated",
        },
        zh="按期答复率",
        en="on-time reply rate",
        cohort=(
            f"accepted {_CLAIMS_ARE} whose last day for the reply, the petitioner's and as "
            "extended, lies in the period; in the numerator those answered or settled by then. An "
            "extension whose notice was not served by its end excuses nothing"
        ),
        basis=f"{_STATUTE} 31, 34",
    )


EARLIER = {
    ("cases_filed", 1): Measure(
        "filed",
        unit="件",
        zh="登记件数",
        en="cases filed",
        cohort="filed in the period",
        basis=f"{_STATUTE} 22",
    ),
    ("resolution_rate", 1): Measure(
        "accepted_resolved",
        "accepted",
        beside=_departures("accepted_{}"),
        zh="化解率",
        en="resolution rate",
        cohort="accepted in the period",
        basis=f"{_STATUTE} 27, 34, 39",
    ),
    ("first_time_resolution_rate", 1): Measure(
        "first_closed_not_repeated",
        "first_closed",
        zh="一次性化解率",
        en="first-time resolution rate",
        cohort=(
            "first petitions closed in the period; in the numerator those that no "
            "case of the same township repeated up to 90 days after closing"
        ),
        basis=f"{_STATUTE} 39",
    ),
    ("timely_acceptance_rate", 1): Measure(
        "accepted_in_time",
        "acceptance_due",
        excluded={**_departures("{}_unaccepted"), "not_stated": "acceptance_not_stated"},
        zh="及时受理率",
        en="timely acceptance rate",
        cohort="cases whose 15th day after filing lies in the period",
        basis=f"{_STATUTE} 22, 23",
    ),
    ("on_time_reply_rate", 1): Measure(
        "replied_on_time",
        "reply_due",
        excluded=_departures("{}_unanswered"),
        zh="按期答复率",
        en="on-time reply rate",
        cohort="accepted cases whose reply is due in the period",
        basis=f"{_STATUTE} 34",
    ),
    ("group_visits", 1): Measure(
        "group_visits",
        unit="批",
        beside={"headcount_not_stated": "visits_of_unknown_size"},
        zh="集体访批次",
        en="group visits",
        cohort="filed in the period as a visit of 5 people or more; counted, never ranked",
        basis=f"{_STATUTE} 20",
    ),
    ("cases_filed", 2): Measure(
        "filed",
        unit="件",
        version=2,
        excluded={"voided": "filed_voided"},
        zh="登记件数",
        en="cases filed",
        cohort="filed in the period, by the day of registration",
        basis=f"{_STATUTE} 22",
    ),
    ("cases_filed", 3): Measure(
        "filed",
        unit="件",
        version=3,
        excluded={
            "voided": "filed_voided",
            "transferred_out": "filed_transferred_out",
            "returned": "filed_returned",
        },
        zh="登记件数",
        en="cases filed",
        cohort=(
            "filed in the period, by the day of registration; a matter that crossed ledgers by the "
            "registration of the one that holds it"
        ),
        basis=f"{_STATUTE} 22, 23",
    ),
    ("timely_acceptance_rate", 2): _timely_acceptance(2),
    ("on_time_reply_rate", 2): _on_time_reply(2),
}
"""Definitions that newer ones followed, still answered, by id and version."""

MEASURES = {
    "cases_filed": Measure(
        "filed",
        unit="件",
        version=4,
        excluded={
            "voided": "filed_voided",
            "transferred_out": "filed_transferred_out",
            "returned": "filed_returned",
            "to_discipline": "filed_to_discipline",
        },
        zh="登记件数",
        en="cases filed",
        cohort=(
            "filed in the period, by the day of registration; a matter that crossed ledgers by the "
            "registration of the one that holds it; accusations are no cases, and a case that was "
            "recognised as one is left out since"
        ),
        basis=f"{_STATUTE} 22, 23, 30",
    ),
    "cases_transferred_out": Measure(
        "transferred_out",
        unit="件",
        zh="转出件数",
        en="cases passed on to other ledgers",
        cohort=(
            "forwarded or assigned in the period to another township or the county, and not "
            "returned since"
        ),
        basis=f"{_STATUTE} 22, 23, 24",
    ),
    "cases_accepted": Measure(
        "accepted",
        unit="件",
        zh="受理件数",
        en="cases accepted",
        cohort="accepted in the period",
        basis=f"{_STATUTE} 22, 23, 34",
    ),
    "cases_accepted_yoy": Measure(
        "accepted",
        YEAR_BEFORE,
        is_change=True,
        zh="受理件数同比",
        en="cases accepted, change on the year",
        cohort="accepted in the period, against those accepted in the same period a year before",
        basis="统计法 7",
    ),
    "cases_answered": Measure(
        "answered",
        unit="件",
        zh="答复件数",
        en="cases answered",
        cohort="first answered in the period: by a served opinion, or as a register states",
        basis=f"{_STATUTE} 32, 34",
    ),
    "cases_resolved": Measure(
        "resolved",
        unit="件",
        zh="化解件数",
        en="cases resolved",
        cohort="resolved in the period, whenever they were accepted",
        basis=f"{_STATUTE} 27, 39",
    ),
    "cases_closed": Measure(
        "closed",
        unit="件",
        zh="办结件数",
        en="cases closed",
        cohort="closed in the period, with whatever outcome",
        basis=f"{_STATUTE} 34",
    ),
    "cases_diverted": Measure(
        "diverted",
        unit="件",
        zh="导入法定途径件数",
        en="cases diverted",
        cohort="diverted to another statutory route in the period",
        basis=f"{_STATUTE} 31",
    ),
    "cases_withdrawn": Measure(
        "withdrawn",
        unit="件",
        zh="撤回件数",
        en="cases withdrawn",
        cohort="withdrawn in the period by the petitioner's own statement",
        basis=f"{_STATUTE} 17, 18",
    ),
    "resolution_rate": Measure(
        "accepted_unlinked_resolved",
        "accepted_unlinked",
        version=2,
        excluded={"linked": "accepted_all_linked"},
        beside={
            "withdrawn": "accepted_withdrawn",
            "diverted": "accepted_diverted",
            "declined": "accepted_declined",
            "grounds_not_recorded": "accepted_grounds_not_recorded",
        },
        zh="化解率",
        en="resolution rate",
        cohort="accepted in the period, linked duplicates left out",
        basis=f"{_STATUTE} 27, 34, 39",
    ),
    "resolved_within_90_days": Measure(
        "resolved_soon",
        "accepted_long_ago",
        minimum=MINIMUM_SAMPLE,
        excluded={"linked": "accepted_long_ago_linked"},
        zh="受理后90日内化解率",
        en="resolved within 90 days of acceptance",
        cohort=(
            "accepted in the period, at least 90 days ago, linked duplicates left out; in the "
            "numerator those resolved at most 90 days after the day of acceptance"
        ),
        basis=f"{_STATUTE} 27, 34, 39",
    ),
    "first_time_resolution_rate": Measure(
        "first_resolved_for_good",
        "first_resolved",
        version=2,
        minimum=MINIMUM_SAMPLE,
        excluded={"closed_unresolved": "first_closed_unresolved"},
        beside={"reopened": "first_resolved_reopened", "repeats_unlinked": "repeats_unlinked"},
        zh="一次性化解率",
        en="first-time resolution rate",
        cohort=(
            "first petitions resolved in the period whose window of 90 days is over; in the "
            "numerator those that were never reopened and that no case of the same township "
            "repeated up to the end of the window"
        ),
        basis=f"{_STATUTE} 39",
    ),
    "repeat_rate": Measure(
        "filed_repeat",
        "filed_history_stated",
        excluded={"not_stated": "filed_history_not_stated"},
        zh="重复信访率",
        en="repeat rate",
        cohort=(
            "filed in the period with a statement whether the matter came before; a "
            "property of how matters were handled, never of people"
        ),
        basis=f"{_STATUTE} 22",
    ),
    "timely_acceptance_rate": _timely_acceptance(3),
    "timely_notice_rate": Measure(
        "notice_in_time",
        "notice_due",
        minimum=MINIMUM_SAMPLE,
        excluded={
            "withdrawn": "withdrawn_before_notice",
            "contact_unclear": "notice_contact_unclear",
            "accusation": "notice_accusation",
            "not_stated": "notice_silent",
        },
        zh="按期告知率",
        en="timely notice rate",
        cohort=(
            "cases whose 15th day after receipt lies in the period; in the numerator those whose "
            "petitioner had received a notice by then: of receipt, forwarding, acceptance, "
            "refusal or linking"
        ),
        basis=f"{_STATUTE} 23",
    ),
    "on_time_reply_rate": _on_time_reply(3),
    **{f"answered_within_{days}_days": _answered_within(days) for days in ANSWER_DAYS},
    "satisfaction_rate": _satisfaction("unit", "责任单位", "responsible unit"),
    "rating_participation_rate": _participation("unit", "责任单位", "responsible unit"),
    "petition_office_satisfaction_rate": _satisfaction("office", "信访部门", "petition office"),
    "petition_office_rating_participation_rate": _participation(
        "office", "信访部门", "petition office"
    ),
    "registration_delay": Measure(
        "registration_delay",
        quantiles={"median": 50, "p90": 90},
        unit="天",
        minimum=MINIMUM_SAMPLE,
        excluded={"receipt_not_stated": "receipt_not_stated"},
        beside={"cases": "receipt_stated"},
        zh="登记间隔天数",
        en="days from receipt to registration",
        cohort="filed in the period with a stated day of receipt; the median",
        basis=f"{_STATUTE} 21, 22",
    ),
    "days_to_answer": Measure(
        "days_to_answer",
        quantiles={"median": 50, "p90": 90},
        unit="天",
        minimum=MINIMUM_SAMPLE,
        beside={"cases": "answered"},
        zh="答复天数",
        en="days from receipt to the first answer",
        cohort=(
            "first answered in the period; the median of the days since receipt, since "
            "registration where the day of receipt is not stated"
        ),
        basis=f"{_STATUTE} 34",
    ),
    "mediations_ended": Measure(
        "mediated",
        unit="件",
        excluded=_NOT_MEDIATED,
        kinds=_DISPUTE_KINDS,
        zh="调解纠纷件数",
        en="mediations ended",
        cohort=(
            "disputes that were mediated and ended in the period, with an agreement or without"
        ),
        basis=f"{_MEDIATION_LAW} 26, 27",
    ),
    "mediations_succeeded": Measure(
        "succeeded",
        unit="件",
        kinds=_DISPUTE_KINDS,
        zh="调解成功件数",
        en="mediations succeeded",
        cohort="disputes that ended in the period with an agreement, written or oral",
        basis=f"{_MEDIATION_LAW} 28, 30",
    ),
    "mediation_rate": Measure(
        "succeeded",
        "mediated",
        excluded=_NOT_MEDIATED,
        zh="调解成功率",
        en="mediation success rate",
        cohort="disputes (件, not sessions) that were mediated and ended in the period",
        basis=f"{_MEDIATION_LAW} 26, 28",
    ),
    "mediation_sessions": Measure(
        "sessions",
        unit="次",
        kinds=("joint", "caucus"),
        zh="调解次数",
        en="mediation sessions",
        cohort=(
            "sessions held in the period, however their disputes ended; several of "
            "one dispute count each, and its evidence names the dispute once with all "
            "of them"
        ),
        basis=f"{_MEDIATION_LAW} 22, 27",
    ),
    "agreement_performance_rate": Measure(
        "performed",
        "performance_due",
        beside={"performed_late": "performed_late", "breached": "breached"},
        zh="协议履行率",
        en="agreement performance rate",
        cohort=(
            "agreements whose last day for performance lies in the period; in the "
            "numerator those that are performed as of the position asked, be it late. "
            "An agreement without a day for it is never due"
        ),
        basis=f"{_MEDIATION_LAW} 31",
    ),
    "mediators": Measure(
        "mediators",
        unit="人",
        kinds=_MEDIATOR_KINDS,
        is_stock=True,
        zh="调解员人数",
        en="mediators",
        cohort=(
            "on a township's roster at the end of the period, or now where it is not "
            "over; no narrowing by category, village or committee, since people are "
            "enrolled for none"
        ),
        basis=f"{_MEDIATION_LAW} 13, 14",
    ),
    "valid_grid_reports": Measure(
        "valid_grid_reports",
        unit="件",
        excluded={"rejected": "rejected_grid_reports"},
        kinds=_REPORT_CATEGORIES,
        zh="网格有效上报件数",
        en="valid grid reports",
        cohort="validated in the period, whenever they were submitted and whatever became of them",
        basis=_GRID_STANDARD,
    ),
    "villages": Measure(
        "villages",
        unit="个",
        is_stock=True,
        zh="村(社区)数",
        en="villages and communities",
        cohort=_ON_THE_DAY,
        basis=_GRID_STANDARD,
    ),
    "grids": Measure(
        "grids",
        unit="个",
        kinds=("basic", "micro", "dedicated"),
        is_stock=True,
        zh="网格数",
        en="grids",
        cohort=f"{_ON_THE_DAY}; basic, micro and dedicated ones together",
        basis=_GRID_STANDARD,
    ),
    "grid_workers": Measure(
        "grid_workers",
        unit="人",
        kinds=("full-time", "part-time", "not-stated"),
        is_stock=True,
        zh="网格员人数",
        en="grid workers",
        cohort=(
            f"{_ON_THE_DAY}; people, each once, however many grids they serve; no narrowing by "
            "village, since people are enrolled for none"
        ),
        basis=_GRID_STANDARD,
    ),
    "patrol_coverage_rate": Measure(
        "patrols_done",
        "patrols_due",
        excluded={"kind_not_stated": "patrolled_kind_not_stated"},
        beside={"without_worker": "days_without_worker"},
        zh="网格巡查覆盖率",
        en="patrol coverage rate",
        cohort=(
            "days of the period on which a patrol was due in a grid, one for each grid and day, "
            "by the policy patrol.1-placeholder: every basic grid, every day from its first to "
            "its last; in the numerator those on which anybody patrolled it"
        ),
        basis=_GRID_STANDARD,
    ),
    "grid_warnings": Measure(
        "grid_warnings",
        unit="件",
        zh="网格提前预警件数",
        en="warnings raised by posts",
        cohort="raised in the period by a post about a matter, whatever became of them",
        basis=_WARNINGS_REST_ON,
    ),
    "grid_warnings_resolved": Measure(
        "grid_warnings_resolved",
        unit="件",
        beside={
            fate: f"grid_warnings_{fate}"
            for fate in ("disposed_otherwise", "found_false", "expired", "open")
        },
        zh="网格预警化解件数",
        en="warnings raised by posts, resolved",
        cohort=(
            "of those raised in the period by a post, disposed as settled or paid as of the "
            "position asked, whenever that was"
        ),
        basis=_WARNINGS_REST_ON,
    ),
    "monitoring_warnings": Measure(
        "monitoring_warnings",
        unit="条",
        kinds=_WARNING_RULES,
        zh="监测预警条数",
        en="warnings by rules",
        cohort=(
            "raised in the period by a rule, whatever became of them; one for each episode, "
            "however often it was fired"
        ),
        basis=_WARNINGS_REST_ON,
    ),
    "warnings_disposed_in_24h": Measure(
        "monitoring_warnings_disposed_in_24h",
        unit="条",
        beside={
            fate: f"monitoring_warnings_{fate}"
            for fate in ("watched", "disposed_later", "found_false", "expired", "open")
        },
        zh="24小时内处置的监测预警条数",
        en="warnings by rules disposed within 24 hours",
        cohort=(
            "of those raised in the period by a rule, disposed at most 24 hours later; those that "
            "were put on the watch list are not, and listed"
        ),
        basis=_WARNINGS_REST_ON,
    ),
    "matters_on_watch": Measure(
        "matters_on_watch",
        unit="件",
        is_stock=True,
        zh="重点关注事项数",
        en="matters on watch",
        cohort=(
            "entries of the watch list at the end of the period, or now where it is not over; a "
            "list of matters, which is narrowed by nothing"
        ),
        basis=_WARNINGS_REST_ON,
    ),
    "warning_precision": Measure(
        "warnings_confirmed",
        "warnings_judged",
        excluded={"recorded_afterwards": "warnings_recorded_afterwards"},
        minimum=MINIMUM_SAMPLE,
        zh="监测预警准确率",
        en="warning precision",
        cohort=(
            "warnings raised in the period by a rule as it happened, and disposed or found false "
            "as of the position asked; in the numerator those that were not found false"
        ),
        basis=_WARNINGS_REST_ON,
    ),
    "warnings_confirmed": Measure(
        "warnings_confirmed",
        unit="条",
        kinds=_WARNING_RULES,
        zh="属实的监测预警条数",
        en="warnings by rules that were right",
        cohort="raised in the period by a rule as it happened, and disposed",
        basis=_WARNINGS_REST_ON,
    ),
    "warnings_false_alarms": Measure(
        "warnings_false_alarms",
        unit="条",
        kinds=_WARNING_RULES,
        zh="误报的监测预警条数",
        en="false alarms of rules",
        cohort="raised in the period by a rule as it happened, and found false",
        basis=_WARNINGS_REST_ON,
    ),
    "warning_lead_time": Measure(
        "warning_lead_days",
        unit="天",
        quantiles={"median": 50, "p90": 90},
        beside={"warnings": "warnings_with_lead"},
        minimum=MINIMUM_SAMPLE,
        zh="预警提前天数",
        en="days of lead of warnings",
        cohort=(
            "warnings raised in the period by a rule as it happened that judges a term or a "
            "promise; the median of the days from the raising to the last day of that as it was "
            "then, 0 where that was over"
        ),
        basis=_WARNINGS_REST_ON,
    ),
    "receptions_held": Measure(
        "receptions_held",
        unit="次",
        zh="领导接访次数",
        en="receptions by leaders",
        cohort=(
            "held in the period at the office, in a village or by invitation, scheduled or not"
        ),
        basis=f"{_STATUTE} 18",
    ),
    "reception_batches": Measure(
        "reception_batches",
        unit="批",
        zh="接待群众批次",
        en="batches received",
        cohort="visits that a leader received in the period, each once whatever its matters",
        basis=f"{_STATUTE} 18",
    ),
    "reception_person_times": Measure(
        "reception_person_times",
        unit="人次",
        zh="接待群众人次",
        en="person-times received",
        cohort=(
            "people of the visits that a leader received in the period, each as often as they came"
        ),
        basis=f"{_STATUTE} 18",
    ),
    "solved_on_site": Measure(
        "solved_on_site",
        unit="件",
        zh="现场协调解决件数",
        en="matters solved on the spot",
        cohort=(
            "matters of visits of the period that were solved at the reception, as the petitioner"
            " acknowledged there"
        ),
        basis=f"{_STATUTE} 18, 27",
    ),
    "group_visits": Measure(
        "group_visits_received",
        unit="批",
        version=2,
        zh="集体访批次",
        en="group visits",
        cohort=(
            "visits of 5 people or more that a leader received in the period; counted, never ranked"
        ),
        basis=f"{_STATUTE} 20",
    ),
    "conferences_held": Measure(
        "conferences_held",
        unit="次",
        zh="专题研究、联合研判次数",
        en="conferences held",
        cohort="sessions of the period, monthly committees and joint assessments together",
        basis=f"{_STATUTE} 13",
    ),
    "key_cases": Measure(
        "key_cases",
        unit="件",
        zh="领导包案件数",
        en="key cases under a leader",
        cohort="taken by a leader in the period, each with a task force and a plan",
        basis=f"{_STATUTE} 18",
    ),
    "backlog_cases_settled_in_time": Measure(
        "backlog_cases_settled_in_time",
        unit="件",
        zh="历史积案按期化解件数",
        en="backlog cases settled in time",
        cohort=(
            "backlog cases under a leader that were settled on grounds in the period, by their "
            "target day"
        ),
        basis=f"{_STATUTE} 18",
    ),
}
"""Every figure: how it is counted, what it is called, of what it tells, on which law it rests; the
newest definition of each."""

VERSIONS = EARLIER | {(name, measure.version): measure for name, measure in MEASURES.items()}
"""All definitions: an export has a figure of each."""


def counts_in(by_year: dict[int, Counter[str]], year: int) -> Counter[str]:
    """What every counter comes to in a year; of what stays, all years until then together."""
    found = Counter(by_year.get(year, Counter()))
    for measure in MEASURES.values():
        if measure.is_stock:
            for counter in (measure.counter, *(f"{measure.counter}: {k}" for k in measure.kinds)):
                found[counter] = sum(by_year[each][counter] for each in by_year if each <= year)
    return found


def percent(numerator: int, denominator: int) -> str:
    """In percent with one decimal, half away from zero, on whole numbers alone."""
    tenths = (abs(numerator) * 2000 + denominator) // (2 * denominator)
    sign = "-" if numerator < 0 and tenths else ""
    return f"{sign}{tenths // 10}.{tenths % 10}"


def figure_of(measure: Measure, counts: Counter[str]) -> dict[str, Any]:
    """What the figure has to be."""
    found: dict[str, Any] = {
        "version": measure.version,
        "unit": measure.unit,
        "excluded": {name: counts[counter] for name, counter in measure.excluded.items()},
        "beside": {name: counts[counter] for name, counter in measure.beside.items()},
    }
    if measure.kinds:
        of_kind = {kind: counts[f"{measure.counter}: {kind}"] for kind in measure.kinds}
        found["groups"] = [
            {"code": kind, "value": str(count)} for kind, count in of_kind.items() if count
        ]
    if measure.quantiles:
        return found | _quantiles_of(measure, counts)
    if measure.of is None:
        return found | {
            "value": str(counts[measure.counter]),
            "numerator": None,
            "denominator": None,
        }
    numerator, denominator = counts[measure.counter], counts[measure.of]
    grown = numerator - denominator if measure.is_change else numerator
    return found | {
        "value": percent(grown, denominator) if denominator >= measure.minimum else None,
        "numerator": numerator,
        "denominator": denominator,
    }


def _quantiles_of(measure: Measure, counts: Counter[str]) -> dict[str, Any]:
    """The least value that so many of a hundred do not exceed, found by counting one by one."""
    of = f"{measure.counter}: "
    values = sorted(
        int(counter.removeprefix(of))
        for counter, count in counts.items()
        if counter.startswith(of)
        for _ in range(count)
    )
    groups = []
    if len(values) >= measure.minimum:
        ranks = {code: -(-len(values) * each // 100) for code, each in measure.quantiles.items()}
        groups = [{"code": code, "value": str(values[rank - 1])} for code, rank in ranks.items()]
    value = groups[0]["value"] if groups else None
    return {"groups": groups, "value": value, "numerator": None, "denominator": None}


@dataclass
class FiguresCheck:
    """figures.json against what the ledgers come to."""

    division: str
    positions: dict[str, int]
    counts: dict[str, dict[int, Counter[str]]]
    years: dict[str, set[int]]
    horizon: date
    report: Report
    checked: int = 0

    def check(self, told: Any) -> None:
        """Every object that has to be there, once, and no other."""
        if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
            raise NotReadable("no list of figures")
        expected = {
            (division, year) for division in self._divisions() for year in self._in(division)
        }
        for each in told:
            about = (str(each.get("division")), _year(each.get("period")))
            if about not in expected:
                self._wrong(each, "these figures were added: nothing in the ledgers is about them")
                continue
            expected.remove(about)
            self._check_object(each)
        for division, year in sorted(expected):
            self.report.wrong(FIGURES, f"the figures of {division} in {year} are missing")

    def _divisions(self) -> set[str]:
        own = {name.partition("/")[2] for name in self.counts}
        return {division for division in {*own, self.division} if self._in(division)}

    def _in(self, division: str) -> set[int]:
        found = (years for name, years in self.years.items() if _is_in(name, division))
        return set[int]().union(*found)

    def _check_object(self, told: dict[str, Any]) -> None:
        division, year = told["division"], _year(told["period"])
        if told.get("by", "occurred") != "occurred":
            self._wrong(told, "only figures by the days of occurrence can be recomputed here")
            return
        if any(told.get(name) is not None for name in DIMENSIONS):
            self._wrong(told, "they are not of all cases and mediations")
        self._refuse_added(told, told.keys() - _ABOUT)
        self._check_positions(told, division)
        self._tell_of_parked(told)
        counts = Counter[str]()
        for name, by_year in self.counts.items():
            if _is_in(name, division):
                counts.update(counts_in(by_year, year))
        figures = told.get("figures")
        if not isinstance(figures, list) or not all(isinstance(each, dict) for each in figures):
            self._wrong(told, "there are no figures")
            return
        self._check_ids(told, figures)
        for figure in figures:
            if str(figure.get("id")) in MEASURES:
                self._check_figure(told, figure, counts)

    def _check_positions(self, told: dict[str, Any], division: str) -> None:
        if told.get("horizon") != self.horizon.isoformat():
            self._wrong(told, f"they are not judged by {self.horizon}, the day of the export")
        exported = {
            name: at
            for name, at in self.positions.items()
            if _is_in(name, division) and name.partition("/")[0] not in UNCOUNTED
        }
        as_of = told.get("as_of")
        # a ledger that had not begun when the export was made may be named, as empty
        if not isinstance(as_of, dict) or {k: v for k, v in as_of.items() if v} != exported:
            self._wrong(told, "as_of is not where the exported ledgers end")

    def _tell_of_parked(self, told: dict[str, Any]) -> None:
        """A difference stays a finding: whoever edits a figure could say this, too."""
        if parked := told.get("parked"):
            said = json.dumps(parked, ensure_ascii=False, sort_keys=True)
            self.report.fine(
                f"{FIGURES} {told.get('division')} {told.get('period')}: given without events that "
                f"stats could not fold, {said}; where a figure differs from the ledgers, that may be why"
            )

    def _check_ids(self, told: dict[str, Any], figures: list[dict[str, Any]]) -> None:
        given = Counter((str(each.get("id")), _version(each)) for each in figures)
        for unknown in sorted({name for name, _ in given} - MEASURES.keys()):
            self._wrong(told, f"{unknown} is no figure that can be recomputed here")
        for name, version in VERSIONS:
            if given[name, version] != 1:
                called = f"{name} in version {version}" if name in _OF_TWO_VERSIONS else name
                times = "there twice" if given[name, version] else "missing"
                self._wrong(told, f"{called} is {times}")

    def _check_figure(
        self, told: dict[str, Any], figure: dict[str, Any], counts: Counter[str]
    ) -> None:
        measure = VERSIONS.get((figure["id"], _version(figure)))
        if measure is None:
            known = " and ".join(str(each) for name, each in VERSIONS if name == figure["id"])
            said = json.dumps(figure.get("version"))
            self._wrong(
                told,
                f"{figure['id']}: its version is {said}; version {known} can be recomputed here",
            )
            return
        for name, value in figure_of(measure, counts).items():
            if (
                name not in figure
                or figure[name] != value
                or type(figure[name]) is not type(value)
            ):
                given = json.dumps(figure.get(name), ensure_ascii=False)
                recomputed = json.dumps(value, ensure_ascii=False)
                self._wrong(told, f"{figure['id']}: {name} is {given}, recomputed {recomputed}")
        if "groups" in figure and not (measure.kinds or measure.quantiles):
            self._wrong(told, f"{figure['id']}: it is not given by kind")
        self._check_words(told, figure, measure)
        # a figure that lacks parked events says so in its note, whatever its value
        has_note, may_have = figure.get("note") is not None, bool(told.get("parked"))
        if not may_have and has_note == (figure.get("value") is not None):
            self._wrong(told, f"{figure['id']}: the note does not fit the value")
        self.checked += 1

    def _check_words(self, told: dict[str, Any], figure: dict[str, Any], measure: Measure) -> None:
        called = {"zh": measure.zh, "en": measure.en}
        words = {"name": called, "cohort": measure.cohort, "basis": measure.basis}
        for name, wanted in words.items():
            if figure.get(name) != wanted:
                self._wrong(told, f"{figure['id']}: its {name} is not that of the figure")
        if not str(figure.get("evidence")).startswith(f"/figures/{figure['id']}/evidence?"):
            self._wrong(told, f"{figure['id']}: its evidence is another figure's")
        self._refuse_added(told, (f"{figure['id']}: {name}" for name in figure.keys() - _TOLD))

    def _refuse_added(self, told: dict[str, Any], names: Iterable[str]) -> None:
        for name in sorted(names):
            self._wrong(told, f"{name} was added")

    def _wrong(self, told: dict[str, Any], what: str) -> None:
        self.report.wrong(f"{FIGURES} {told.get('division')} {told.get('period')}", what)


_OF_TWO_VERSIONS = {name for name, _ in EARLIER}


def _version(figure: dict[str, Any]) -> int:
    """The version that a figure states, 0 for what is none."""
    version = figure.get("version")
    return version if type(version) is int else 0


def _year(period: Any) -> int:
    """The year of a period, 0 for any other period."""
    return int(period) if isinstance(period, str) and re.fullmatch("[0-9]{4}", period) else 0


def _is_in(ledger: str, division: str) -> bool:
    return ledger.partition("/")[2].startswith(division)


# --- The export --------------------------------------------------------------------------------

_LEDGER = re.compile(r"[a-z]{1,32}/[1-9]\d{5}(?:\d{3})?", re.ASCII)


@dataclass(frozen=True)
class Export:
    """An export's folder and what its manifest says."""

    folder: Path
    division: str
    made_at: datetime
    figures_at: datetime | None
    """When the figures were asked for; exports of earlier releases do not say."""
    heads: dict[str, tuple[int, str]]
    """For every ledger how many events it has, and the hash of the last."""
    files: dict[str, str]

    @property
    def horizon(self) -> date:
        """The day by which its figures are judged: that on which they were asked for."""
        return china_day(self.figures_at or self.made_at)

    def seen(self, recorded_at: datetime) -> datetime:
        """A time of recording as it could be known: no term is judged by one in the future."""
        if self.is_future(recorded_at) and self.figures_at:
            return self.figures_at
        return recorded_at

    def is_future(self, recorded_at: datetime) -> bool:
        """Whether an event bears a time that had not come when the export was made."""
        return self.figures_at is not None and recorded_at > self.figures_at + CLOCKS_MAY_DIFFER


def open_export(folder: Path) -> Export:
    """The export in that folder; NoExport, or NotReadable when its manifest is not one."""
    try:
        text = (folder / MANIFEST).read_bytes()
    except OSError as fault:
        raise NoExport(f"{folder} holds no export: {MANIFEST}: {fault.strerror}") from None
    told = read_json(text)
    try:
        digest = told.pop("digest")
        as_written = json.dumps(told | {"digest": digest}, ensure_ascii=False, indent=2) + "\n"
        if as_written.encode() != text or digest != sha256(canonical(told)).hexdigest():
            raise NotReadable("it was changed: its own digest does not follow from it")
        return _export(folder, told)
    except (KeyError, TypeError, AttributeError):
        raise NotReadable("not written as an export's is") from None


def _export(folder: Path, told: dict[str, Any]) -> Export:
    if (told["format"], told["version"]) != (FORMAT, FORMAT_VERSION):
        raise NotReadable("not of an export that this file can read")
    division, files = told["division"], told["files"]
    heads = {each["ledger"]: (each["events"], each["head_hash"]) for each in told["ledgers"]}
    for ledger in heads:
        if not _LEDGER.fullmatch(ledger) or not _is_in(ledger, division):
            raise NotReadable("it names a ledger that cannot be in it")
    if len(heads) != len(told["ledgers"]) or not isinstance(files, dict):
        raise NotReadable("it names a ledger twice, or no files")
    asked = told.get("figures_at")
    figures_at = None if asked is None else moment_of(asked)
    return Export(folder, division, moment_of(told["made_at"]), figures_at, heads, files)


def file_of(ledger: str) -> str:
    """Where in an export a ledger is."""
    return f"ledgers/{ledger}.ndjson"


def check_files(export: Export, report: Report) -> None:
    """That every file is the one that was exported, and that there is no other."""
    expected = {FIGURES, SEALS, KEYS, *map(file_of, export.heads)}
    there = {
        path.relative_to(export.folder).as_posix()
        for path in export.folder.rglob("*")
        if not path.is_dir()
    }
    for name in sorted(expected - there):
        report.wrong(name, "the file is missing")
    for name in sorted((there | set(export.files)) - expected - {MANIFEST}):
        report.wrong(name, "the file does not belong to the export")
    for name in sorted(expected & there):
        with (export.folder / name).open("rb") as opened:
            digest = _digest_of_file(opened)
        if export.files.get(name) != digest:
            report.wrong(name, "the file was changed: its SHA-256 is not the manifest's")


def _digest_of_file(opened: Any) -> str:
    found = sha256()
    while part := opened.read(1 << 20):
        found.update(part)
    return found.hexdigest()


@dataclass
class Verification:
    """All checks of an export, and what they leave for one another."""

    export: Export
    keys: PublicKeys
    report: Report
    unit_key: bytes | None = None
    seal_lines: list[bytes] = field(default_factory=list)
    counts: dict[str, dict[int, Counter[str]]] = field(default_factory=dict)
    years: dict[str, set[int]] = field(default_factory=dict)
    unsealed: int = 0

    def __post_init__(self) -> None:
        self._causes = Causes(self.export.division, self.report)
        self._transfers = Transfers(self.export.division, self.report)

    def run(self) -> None:
        """Ledger by ledger, so that memory holds the cases of one."""
        check_files(self.export, self.report)
        for name, (head, head_hash) in self.export.heads.items():
            self._check_ledger(name, head, head_hash)
        self._causes.check()
        self._transfers.check(self._causes.kind_of)
        self.report.fine(f"{self.unsealed} events unsealed in all")
        self._check_seal_file()
        self._check_figures()

    def _check_ledger(self, name: str, head: int, head_hash: str) -> None:
        chain = Chain(name, self.report)
        folded = self._counting(name)
        days, grounds = SealedDays(name, self.report), Grounds(name, self.report)
        withdrawals, act_days = Withdrawals(name, self.report), ActDays(name, self.report)
        documents, closings = Documents(name, self.report), Closings(name, self.report)
        hands = Hands(name, self.report, unit_key=self.unit_key)
        grid_work = GridWork(name, self.report)
        lane = Lane(name, self.report)
        seals: list[Event] = []
        for number, line in enumerate(self._lines(file_of(name)), start=1):
            try:
                event = read_event(line)
            except NotReadable as why:
                chain.take_unreadable(number, str(why))
                continue
            chain.take(event)
            self._causes.take(name, event)
            self._transfers.take(name, event)
            if event.kind == SEALED:
                seals.append(event)
                self.seal_lines.append(line)
                continue
            days.take(event)
            grounds.take(event)
            withdrawals.take(event)
            closings.take(event)
            hands.take(event)
            lane.take(event)
            act_days.take(event)
            documents.take(event)
            grid_work.take(event)
            self._take(event, name, folded)
        hands.end()
        chain.end(head, head_hash)
        grounds.end()
        lane.end()
        grid_work.end()
        check = SealCheck(name, chain.hashes, self.keys, self.report, chain.corrections)
        check.check(seals)
        days.check(check.covered, check.last_day, self.export)
        if folded:
            self.counts[name] = counts_by_year(folded, self.export.horizon)
            self.years[name] = folded.years
        if isinstance(folded, Cases):
            self._say_complaints(name, folded)
        own = len([event for event in seals if event.sequence > check.covered])
        rest = max(chain.last - check.covered - own, 0)
        self.unsealed += rest
        self.report.fine(
            f"{name}: {chain.last} events, {len(seals)} of them seals; {rest} events unsealed"
        )

    def _say_complaints(self, name: str, folded: Cases) -> None:
        for year, by_mark in sorted(complaints_by_year(folded).items()):
            marks = ", ".join(f"{mark} {count}" for mark, count in sorted(by_mark.items()))
            self.report.fine(
                f"{name}: {by_mark.total()} cases filed in {year} complain of a unit, by its mark: "
                f"{marks}"
            )

    def _take(self, event: Event, name: str, folded: Folded | None) -> None:
        """The next event that is no seal."""
        if event.kind == RESTORED:
            self._say_restored(event, name)
        elif event.kind == CLOCK_ACCEPTED:
            self._say_accepted(event, name)
        elif event.kind in {ERASED, REVEALED} and event.version == "1":
            pass  # it is about no case and no dispute, so no figure counts it
        elif folded and event.kind != CLOCK_CORRECTED:  # the chain has named that
            self._count(folded, event, name)

    def _say_restored(self, event: Event, name: str) -> None:
        """What the ledger says was lost is no finding; seals that were kept still name it."""
        day, reason = (json.dumps(event.data.get(each)) for each in ("sealed_day", "reason"))
        if event.version != "1" or event.data.get("ledger") != name:
            self.report.wrong(
                name, f"event {event.sequence} accepts the restore of no such ledger"
            )
            return
        self.report.fine(
            f"{name}: event {event.sequence} accepts that what was sealed on {day} is no longer "
            f"there: {reason}"
        )

    def _say_accepted(self, event: Event, name: str) -> None:
        newest = json.dumps(event.data.get("newest_recorded_at"))
        if event.version != "1" or event.data.get("ledger") != name:
            self.report.wrong(name, f"event {event.sequence} accepts the clock of no such ledger")
            return
        self.report.fine(
            f"{name}: event {event.sequence} says that the clock was right; the newest record then "
            f"was of {newest}"
        )

    def _counting(self, name: str) -> Folded | None:
        """None where the service is unknown: its chain and seals are checked all the same."""
        try:
            return counting(name)
        except NotReadable as why:
            self.report.wrong(name, f"its events are not counted: {why}")
            return None

    def _count(self, folded: Folded, event: Event, name: str) -> None:
        try:
            folded.take(event)
        except NotReadable as why:
            self.report.wrong(name, f"event {event.sequence} ({event.id}) is not counted: {why}")

    def _lines(self, name: str) -> Iterator[bytes]:
        """Those of a file; of one that is missing, and named as that, there are none."""
        file = self.export.folder / name
        if file.is_file():
            with file.open("rb") as opened:
                yield from opened

    def _check_seal_file(self) -> None:
        listed = list(self._lines(SEALS))
        for line in set(listed).difference(self.seal_lines):
            self.report.wrong(SEALS, f"{_about_seal(line)} is in no ledger of the export")
        for line in set(self.seal_lines).difference(listed):
            self.report.wrong(SEALS, f"{_about_seal(line)} is in its ledger and not here")
        if len(listed) != len(set(listed)):
            self.report.wrong(SEALS, "a seal stands there twice")

    def check_kept(self, kept: Iterable[bytes]) -> None:
        """That the seals of an earlier export still stand: a key alone could sign others."""
        stand = {canonical(read_json(line)["data"]) for line in self.seal_lines}
        for line in kept:
            said = read_json(line)
            # an export has the whole event, a copy that was sent away the signed data alone
            seal = said.get("data", said)
            division = str(seal["ledger"]).rpartition("/")[2]
            if division.startswith(self.export.division) and canonical(seal) not in stand:
                why = (
                    "history was rewritten"
                    if seal["ledger"] in self.export.heads
                    else "the whole ledger was left out"
                )
                what = f"the seal of {seal['day']} that was kept is not there: {why}"
                self.report.wrong(seal["ledger"], what)

    def _check_figures(self) -> None:
        positions = {name: head for name, (head, _) in self.export.heads.items()}
        check = FiguresCheck(
            self.export.division,
            positions,
            self.counts,
            self.years,
            self.export.horizon,
            self.report,
        )
        try:
            check.check(read_json(b"".join(self._lines(FIGURES))))
        except NotReadable as why:
            self.report.wrong(FIGURES, f"cannot be read: {why}")
        self.report.fine(f"{FIGURES}: {check.checked} figures recomputed")


_FOLDS: dict[str, type[Folded]] = {"grid": Grids, "intake": Cases, "mediation": Mediations}
UNCOUNTED: frozenset[str] = frozenset()
"""Services whose ledgers no figure rests on: figures name no position of theirs."""


def counting(ledger: str) -> Folded:
    """What the events of that ledger are folded into; NotReadable for an unknown service."""
    service, _, division = ledger.partition("/")
    if service not in _FOLDS:
        raise NotReadable(f"{service} is no service that is known here")
    return _FOLDS[service](division)


def _about_seal(line: bytes) -> str:
    try:
        told = read_json(line)["data"]
        return f"the seal of {told['ledger']} of {told['day']}"
    except (NotReadable, KeyError, TypeError):
        return "a line that is no seal"


def known_keys(export: Export, key: Path | None, report: Report) -> PublicKeys:
    """The keys that seals are checked with: those of the file given, else the export's own."""
    try:
        own = read_keys((export.folder / KEYS).read_bytes())
    except (NotReadable, OSError) as why:
        own = {}
        report.wrong(KEYS, f"cannot be read: {why}")
    if key is None:
        report.fine(
            "The key came from the export: whoever could write another history could write"
            " another key. Get the key elsewhere and name it with --key."
        )
        return own
    try:
        known = read_keys(key.read_bytes())
    except OSError as fault:
        raise NoExport(f"{key} cannot be read: {fault.strerror}") from None
    except NotReadable as why:
        raise NoExport(f"{key} cannot be used: {why}") from None
    if own and not own.keys() & known.keys():
        report.wrong(KEYS, f"key mismatch: {key} holds none of the export's keys")
    return known


_KEY_SIZE = 32


def check_export(
    folder: Path,
    key: Path | None,
    tell: Callable[[str], None],
    kept: Path | None = None,
    unit_key: Path | None = None,
) -> list[str]:
    """All that does not hold; NoExport."""
    report = Report(tell)
    try:
        export = open_export(folder)
    except NotReadable as why:
        report.wrong(MANIFEST, f"cannot be read: {why}")
        return report.findings
    known = known_keys(export, key, report)
    verification = Verification(export, known, report, _unit_key(unit_key))
    verification.run()
    if kept is not None:
        try:
            verification.check_kept(_kept_seals(kept))
        except (OSError, NotReadable, KeyError, TypeError):
            raise NoExport(f"{kept} cannot be read as seals that were kept") from None
    return report.findings


def _unit_key(file: Path | None) -> bytes | None:
    """32 bytes in base64, as `make_secrets` writes them; NoExport for anything else."""
    if file is None:
        return None
    try:
        key = base64.b64decode(file.read_text(encoding="ascii").strip(), validate=True)
    except (OSError, ValueError):
        key = b""
    if len(key) != _KEY_SIZE:
        raise NoExport(f"{file} cannot be read as a key of units")
    return key


def _kept_seals(kept: Path) -> list[bytes]:
    """A seal a line: of one file, or of every file of a folder to which seals were copied."""
    files = sorted(kept.rglob("*.json")) if kept.is_dir() else [kept]
    return [line for file in files for line in file.read_bytes().splitlines()]


# --- Receipts --------------------------------------------------------------------------------
# What a petitioner is given: the event of the registration as it is in the ledger, and the path from
# its hash to the root of the first seal after it.

RECEIPT = "concord-receipt"
REGISTERED, REGISTERED_BY = (
    {"case-filed": "case_id", "accusation-registered": "accusation_id"},
    "/intake",
)
"""The kinds of registrations, each with the name of its id."""
_RECEIPT = {
    *("format", "format_version", "number", "received_on", "hash"),
    *("event", "seal", "path", "keys"),
}
_LONGEST_PATH = 64


class NotSealedYet(Exception):
    """The receipt says what its event says, and no seal covers the event yet."""


def read_receipt(text: bytes) -> dict[str, Any]:
    """The receipt; NotReadable for what is not written as one."""
    stated = read_json(text)
    if not isinstance(stated, dict) or set(stated) != _RECEIPT:
        raise NotReadable("members missing or added")
    if (stated["format"], stated["format_version"]) != (RECEIPT, 1):
        raise NotReadable(f"not {RECEIPT} of version 1")
    path = stated["path"]
    if not isinstance(path, list) or len(path) > _LONGEST_PATH:
        raise NotReadable("no path")
    if not all(isinstance(step, str) and _HASH.fullmatch(step) for step in path):
        raise NotReadable("a step of the path that is no hash")
    if not isinstance(stated["seal"], dict | None):
        raise NotReadable("no seal")
    return stated


def check_receipt(text: bytes, keys: PublicKeys | None, report: Report) -> None:
    """Everything that the receipt says, one finding each; NotSealedYet."""
    try:
        stated = read_receipt(text)
        event = read_event(canonical(stated["event"]))
        known = read_keys(canonical({"keys": stated["keys"]})) if keys is None else keys
    except NotReadable as why:
        report.wrong("receipt", f"cannot be read: {why}")
        return
    _check_registration(stated, event, report)
    if stated["seal"] is None:
        if stated["path"]:
            report.wrong("receipt", "it has a path and no seal")
        if not report.findings:
            raise NotSealedYet
        return
    _check_sealed(stated, event, known, report)


def _check_registration(stated: dict[str, Any], event: Event, report: Report) -> None:
    """That the event is a registration, and says the number, the day and the hash."""
    if event.source != REGISTERED_BY or event.kind not in REGISTERED:
        report.wrong("receipt", f"its event is {event.kind}, and no registration")
    elif event.version != str(EVENTS["intake"][REGISTERED[event.kind]][event.kind]):
        report.wrong("receipt", f"its event is of version {event.version}, unknown to this file")
    if not event.hash_follows:
        report.wrong("receipt", "the hash of its event does not follow from what it says")
    if stated["hash"] != event.hash.hex():
        report.wrong("receipt", "it names another hash than its event has")
    if stated["number"] != event.data.get("number"):
        report.wrong("receipt", "it names another number than its event has")
    received_on = event.data.get("received_on") or china_day(event.at).isoformat()
    if stated["received_on"] != received_on:
        report.wrong("receipt", "it names another day of receipt than its event has")


def _check_sealed(stated: dict[str, Any], event: Event, keys: PublicKeys, report: Report) -> None:
    """That a seal of the event's ledger covers it, and is signed."""
    seal = stated["seal"]
    if not any(is_written_as_seal(seal, version) for version in _SEAL):
        report.wrong("receipt", "its seal is not written as a seal is")
        return
    if seal["ledger"] != f"{REGISTERED_BY[1:]}/{event.division}":
        report.wrong("receipt", "its seal was made for another ledger")
    if seal["day"] < china_day(event.recorded_at).isoformat():
        report.wrong("receipt", "its seal is of a day before the event was recorded")
    if seal["key_id"] not in keys:
        report.wrong("receipt", f"key mismatch: sealed by {seal['key_id']}, which is not known")
    elif not is_signed(seal, keys):
        report.wrong("receipt", "the signature of its seal is not that of the key")
    path = [bytes.fromhex(step) for step in stated["path"]]
    root = root_over(event.hash, event.sequence - 1, seal["head_sequence"], path)
    if root is None or root.hex() != seal["merkle_root"]:
        report.wrong("receipt", "its event is not under its seal")


def root_over(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The RFC 6962 root that an inclusion path leads to; None where it does not fit the tree."""
    if not 0 <= index < size:
        return None
    place, last, node = index, size - 1, sha256(b"\x00" + leaf).digest()
    for step in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            node = sha256(b"\x01" + step + node).digest()
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            node = sha256(b"\x01" + node + step).digest()
        place, last = place >> 1, last >> 1
    return node if last == 0 else None


def verify_receipt(receipt: Path, key: Path | None = None) -> None:
    """Check a receipt from its file alone; exit code 1 also while no seal covers it yet."""
    report = Report(print)
    try:
        text = receipt.read_bytes()
        keys = None if key is None else read_keys(key.read_bytes())
    except OSError as fault:
        print(f"{fault.filename} cannot be read: {fault.strerror}", file=sys.stderr)
        sys.exit(NO_EXPORT)
    except NotReadable as why:
        print(f"{key} cannot be used: {why}", file=sys.stderr)
        sys.exit(NO_EXPORT)
    if key is None:
        report.fine(
            "The key came from the receipt: whoever could write another receipt could write"
            " another key. Get the key elsewhere and name it with --key."
        )
    try:
        check_receipt(text, keys, report)
    except NotSealedYet:
        print(
            "Not sealed yet: this receipt says what its event says, and proves nothing before"
            " the seal of its day. Ask for it again the day after."
        )
        sys.exit(DOES_NOT_HOLD)
    if report.findings:
        print(f"This receipt does not hold: {len(report.findings)} findings.")
        sys.exit(DOES_NOT_HOLD)
    stated = read_receipt(text)
    print(
        f"This receipt holds: {stated['number']}, received on {stated['received_on']}, is event"
        f" {stated['event']['sequence']} of {stated['seal']['ledger']} under the seal of"
        f" {stated['seal']['day']}."
    )


def verify(
    folder: Path,
    key: Path | None = None,
    seals: Path | None = None,
    unit_key: Path | None = None,
) -> None:
    """Recompute hashes, seals and every figure of an export, from the export alone.

    FOLDER is what `concord export` wrote; --key names a file with the public key that the seals
    are to be checked with, in PEM or as keys.json has it; --seals names seals that were kept
    and have to stand in this export: the seals.ndjson of an earlier one or of a mail, or the folder
    to which they are copied. --unit-key names a file with the county's key of units, by which it is
    checked that no case was given to the unit that it complains of.
    """
    try:
        findings = check_export(folder, key, print, seals, unit_key)
    except NoExport as why:
        print(why, file=sys.stderr)
        sys.exit(NO_EXPORT)
    if findings:
        print(f"This export does not hold: {len(findings)} findings.")
        sys.exit(DOES_NOT_HOLD)
    print("This export holds: every hash, every seal and every figure follows.")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=verify.__doc__)
    arguments.add_argument("folder", type=Path, nargs="?")
    arguments.add_argument("--key", type=Path)
    arguments.add_argument("--seals", type=Path)
    arguments.add_argument("--unit-key", type=Path)
    arguments.add_argument("--receipt", type=Path)
    given = arguments.parse_args()
    if (given.folder is None) == (given.receipt is None):
        arguments.error("name the folder of an export, or --receipt FILE")
    if given.receipt is not None:
        verify_receipt(given.receipt, given.key)
    else:
        verify(given.folder, given.key, given.seals, given.unit_key)
