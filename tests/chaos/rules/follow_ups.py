"""What a service does of itself on a fact of the other: each due follow-up once, and no other.

The committee that is asked has the dispute; a kept promise resolves the case that it is about,
where the case was accepted and referred to a committee of that township; a promise broken after
that opens the case again. The load's clients leave a case alone while its dispute is mediated, so
that what is due follows from the order of the dispute's events.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tests.chaos.observed import Finding, Ledger, LedgerEvent, Observation
from tests.chaos.rules.place import place

INTAKE, MEDIATION = "intake", "mediation"
_REFERRED = "case-referred-to-mediation"
_PROMISES = {"agreement-performed": "case-resolved", "agreement-breached": "case-reopened"}
"""What follows from which, where it is due."""


class Due(NamedTuple):
    """An event that has to be there because another one is."""

    ledger: Ledger
    kind: str
    case_id: str
    command: str | None
    """What the cause goes back to."""


_Found = Mapping[str, Sequence[tuple[Ledger, LedgerEvent]]]


def follow_ups_happen_once(seen: Observation) -> Iterator[Finding]:
    due, found = due_of(seen), _by_cause(seen)
    for cause, wanted in due.items():
        there = [_as_due(ledger, event) for ledger, event in found.get(cause, ())]
        if there != [wanted]:
            said = ", ".join(f"{each.kind} in {each.ledger}" for each in there) or "nothing"
            about = f"{wanted.kind} in {wanted.ledger} about {wanted.case_id}"
            yield Finding("follow-up", about, f"of event {cause} came {said}, due once")
    for cause, there_too in found.items():
        for ledger, event in there_too if cause not in due else ():
            yield Finding("unasked", place(ledger, event), f"{event.kind} does not follow")


def due_of(seen: Observation) -> Mapping[str, Due]:
    """By the id of their cause, all that has to follow."""
    due: dict[str, Due] = {}
    for ledger, events in seen.ledgers.items():
        due.update(_of_referrals(seen, events))
        if ledger.service == MEDIATION:
            due.update(_of_promises(seen, events))
    return due


def _of_referrals(seen: Observation, events: Sequence[LedgerEvent]) -> Iterator[tuple[str, Due]]:
    for event in events:
        if event.kind == _REFERRED and _is_a_committee(seen, event.said["committee_id"]):
            asked = _ledger(MEDIATION, event.said["committee_id"])
            due = Due(asked, "mediation-applied", event.stream_id, event.command)
            yield event.event_id, due


def _of_promises(seen: Observation, events: Sequence[LedgerEvent]) -> Iterator[tuple[str, Due]]:
    resolved = set[str]()
    for event in events:
        case = event.said.get("case_id")
        if event.kind not in _PROMISES or case is None:
            continue
        kept = event.kind == "agreement-performed"
        if kept is (case in resolved) or not _is_moved_by(seen, case, event.stream_id):
            continue
        resolved ^= {case}
        due = Due(_ledger(INTAKE, case), _PROMISES[event.kind], case, event.command)
        yield event.event_id, due


def _is_a_committee(seen: Observation, asked: str) -> bool:
    return any(
        event.kind == "committee-established" and event.stream_id == asked
        for event in seen.ledgers.get(_ledger(MEDIATION, asked), ())
    )


def _is_moved_by(seen: Observation, case: str, dispute: str) -> bool:
    """Accepted, and referred by its own office to a committee of the dispute's township."""
    events = [
        event for event in seen.ledgers.get(_ledger(INTAKE, case), ()) if event.stream_id == case
    ]
    asked = [event.said["committee_id"] for event in events if event.kind == _REFERRED]
    accepted = any(event.kind == "case-accepted" for event in events)
    ledger = _ledger(MEDIATION, dispute)
    return accepted and any(_ledger(MEDIATION, committee) == ledger for committee in asked)


def _ledger(service: str, identifier: str) -> Ledger:
    """That in which the service keeps what an id names."""
    return Ledger(service, identifier.partition("-")[0])


def _by_cause(seen: Observation) -> _Found:
    found: dict[str, list[tuple[Ledger, LedgerEvent]]] = defaultdict(list)
    for ledger, events in seen.ledgers.items():
        for event in events:
            if event.cause is not None:
                found[event.cause].append((ledger, event))
    return found


def _as_due(ledger: Ledger, event: LedgerEvent) -> Due:
    return Due(ledger, event.kind, str(event.said.get("case_id")), event.command)
