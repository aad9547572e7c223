"""What a service does of itself on a fact of the other: each due follow-up once, and no other.

The committee that is asked has the dispute, or it is declined in the ledger of the case's own
township; a case that was referred notes that, or what its mediation came to. A kept promise resolves it, where it was accepted; a
promise broken after that opens it again. A report that is converted to a mediation is taken up or
declined in the same way, and notes each outcome. The load's clients leave a case or a report alone
while its dispute is mediated, so that what is due follows from the order of the dispute's events.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tests.chaos.observed import Finding, Ledger, LedgerEvent, Observation
from tests.chaos.rules.place import place
from tests.chaos.rules.warned import WARNED

INTAKE, GRID, MEDIATION = "intake", "grid", "mediation"
_REFERRED = "case-referred-to-mediation"
_DECLINED = "mediation-not-taken-up"
_NOTED = "mediation-outcome-noted"
_KEPT, _BROKEN = "agreement-performed", "agreement-breached"
_OUTCOMES = {
    *("mediation-succeeded", "mediation-failed", "mediation-refused", "mediation-terminated"),
    *("mediation-end-voided", _DECLINED, _KEPT, _BROKEN),
}
"""What a petition learns of."""
_CONVERTED, _REPORT_NOTED = "grid-report-converted", "grid-report-outcome-noted"
_REPORT_OUTCOMES = _OUTCOMES | {*("mediation-applied", "mediation-consented", "mediation-opened")}
"""What a converted report learns of."""


class Due(NamedTuple):
    """An event that has to be there because another one is."""

    ledger: Ledger
    kind: str
    about: str
    """The case, or the report."""
    command: str | None
    """What the cause goes back to."""


_Found = Mapping[str, Sequence[tuple[Ledger, LedgerEvent]]]


def follow_ups_happen_once(seen: Observation) -> Iterator[Finding]:
    due, found = due_of(seen), _by_cause(seen)
    for cause, wanted in due.items():
        there = [_as_due(ledger, event) for ledger, event in found.get(cause, ())]
        if there != wanted:
            said = ", ".join(f"{each.kind} in {each.ledger}" for each in there) or "nothing"
            kinds = " + ".join(each.kind for each in wanted)
            about = f"{kinds} in {wanted[0].ledger} about {wanted[0].about}"
            yield Finding("follow-up", about, f"of event {cause} came {said}, due once")
    for cause, there_too in found.items():
        for ledger, event in there_too if cause not in due else ():
            yield Finding("unasked", place(ledger, event), f"{event.kind} does not follow")


def due_of(seen: Observation) -> Mapping[str, list[Due]]:
    """By the id of their cause, all that has to follow, in its order."""
    due: dict[str, list[Due]] = {}
    for ledger, events in seen.ledgers.items():
        due.update(_of_referrals(seen, events))
        if ledger.service == MEDIATION:
            due.update(_of_outcomes(seen, events))
            due.update(_of_report_outcomes(events))
    return due


def _of_referrals(
    seen: Observation, events: Sequence[LedgerEvent]
) -> Iterator[tuple[str, list[Due]]]:
    for event in events:
        if event.kind in {_REFERRED, _CONVERTED}:
            yield event.event_id, [_of_referral(seen, event)]


def _of_referral(seen: Observation, event: LedgerEvent) -> Due:
    about, asked = event.stream_id, event.said["committee_id"]
    if _is_a_committee(seen, asked):
        return Due(_ledger(MEDIATION, asked), "mediation-applied", about, event.command)
    return Due(_ledger(MEDIATION, about), _DECLINED, about, event.command)


def _of_report_outcomes(events: Sequence[LedgerEvent]) -> Iterator[tuple[str, list[Due]]]:
    """The same outcome twice in a row is noted once."""
    noted: dict[str, str] = {}
    for event in events:
        report = event.said.get("report_id")
        if event.kind not in _REPORT_OUTCOMES or report is None:
            continue
        if noted.get(event.stream_id) != event.kind:
            noted[event.stream_id] = event.kind
            yield event.event_id, [_noted_on(report, event)]


def _noted_on(report: str, event: LedgerEvent) -> Due:
    return Due(_ledger(GRID, report), _REPORT_NOTED, report, event.command)


def _of_outcomes(
    seen: Observation, events: Sequence[LedgerEvent]
) -> Iterator[tuple[str, list[Due]]]:
    resolved, noted = set[str](), dict[str, str]()
    for event in events:
        case = event.said.get("case_id")
        if event.kind not in _OUTCOMES or case is None or noted.get(event.stream_id) == event.kind:
            continue
        if event.kind != _DECLINED and not _is_referred(seen, case, event.stream_id):
            continue
        noted[event.stream_id] = event.kind
        kinds = [_NOTED, *_moved(seen, event, case, resolved)]
        yield (
            event.event_id,
            [Due(_ledger(INTAKE, case), kind, case, event.command) for kind in kinds],
        )


def _moved(seen: Observation, event: LedgerEvent, case: str, resolved: set[str]) -> Iterator[str]:
    """What becomes of the case itself; `resolved` are those that an agreement has settled."""
    if event.kind == _KEPT and case not in resolved and "case-accepted" in _kinds(seen, case):
        resolved.add(case)
        yield "case-resolved"
    elif event.kind == _BROKEN and case in resolved:
        resolved.discard(case)
        yield "case-reopened"


def _is_a_committee(seen: Observation, asked: str) -> bool:
    return any(
        event.kind == "committee-established" and event.stream_id == asked
        for event in seen.ledgers.get(_ledger(MEDIATION, asked), ())
    )


def _is_referred(seen: Observation, case: str, dispute: str) -> bool:
    """By its own office, to a committee of the dispute's township."""
    ledger = _ledger(MEDIATION, dispute)
    return any(
        _ledger(MEDIATION, event.said["committee_id"]) == ledger
        for event in _of_case(seen, case)
        if event.kind == _REFERRED
    )


def _kinds(seen: Observation, case: str) -> set[str]:
    return {event.kind for event in _of_case(seen, case)}


def _of_case(seen: Observation, case: str) -> Iterator[LedgerEvent]:
    for event in seen.ledgers.get(_ledger(INTAKE, case), ()):
        if event.stream_id == case:
            yield event


def _ledger(service: str, identifier: str) -> Ledger:
    """That in which the service keeps what an id names."""
    return Ledger(service, identifier.partition("-")[0])


def _by_cause(seen: Observation) -> _Found:
    """What followed from each event; the warnings of rules are judged by themselves."""
    found: dict[str, list[tuple[Ledger, LedgerEvent]]] = defaultdict(list)
    for ledger, events in seen.ledgers.items():
        for event in events:
            if event.cause is not None and event.kind not in WARNED:
                found[event.cause].append((ledger, event))
    return found


def _as_due(ledger: Ledger, event: LedgerEvent) -> Due:
    about = event.said.get("case_id") or event.said.get("report_id")
    return Due(ledger, event.kind, str(about), event.command)
