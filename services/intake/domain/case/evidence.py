"""The evidence of a closing: papers, texts and attachments of the case, by digests in its events."""

from collections.abc import Iterator

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.closing_policy import ClosingPolicy
from shared.contracts.case_codes import Outcome
from shared.contracts.case_handling_codes import DocumentKind, StatementKind
from shared.contracts.digests import digests_in
from shared.contracts.event import Event
from shared.refusals import Refusal

_NOTICE_OF = {
    Outcome.LINKED: DocumentKind.LINKED,
    Outcome.DECLINED: DocumentKind.DECLINED,
    Outcome.NO_FURTHER_ACCEPTANCE: DocumentKind.NO_FURTHER_ACCEPTANCE,
}


class EvidenceMissing(Refusal):
    """No paper and no text of the case shows this end: record it first, or name what shows it."""

    title = "The evidence of the closing is missing"


class EvidenceNotInRecord(Refusal):
    """The digests that are named are not those of papers, texts or attachments of this case."""

    status = 422
    title = "The evidence is not on record"


def evidence_of(
    outcome: Outcome, case: CaseFile, *, named: tuple[str, ...] | None, policy: ClosingPolicy
) -> tuple[str, ...] | None:
    """The evidence as it is named, or what the record has to show this end."""
    if named is not None:
        if not named or not set(named) <= _all_of(case):
            raise EvidenceNotInRecord(field="evidence")
        return tuple(dict.fromkeys(named))
    found = tuple(dict.fromkeys(_showing(outcome, case)))
    if not found and outcome not in policy.shown_elsewhere:
        raise EvidenceMissing(outcome=outcome.value)
    return found or None


def _showing(outcome: Outcome, case: CaseFile) -> list[str]:
    match outcome:
        case Outcome.WITHDRAWN:
            return _first_of(case.proceedings.withdrawal and case.proceedings.withdrawal[0], case)
        case Outcome.DIVERTED | Outcome.LINKED | Outcome.DECLINED | Outcome.NO_FURTHER_ACCEPTANCE:
            return _first_of(_notice_of(outcome, case), case)
        case Outcome.MEDIATED | Outcome.NOT_STATED:
            return []
        case Outcome.SUPPORTED | Outcome.PARTLY | Outcome.EXPLAINED | Outcome.NOT_SUPPORTED:
            return _of_handling(case)


def _notice_of(outcome: Outcome, case: CaseFile) -> Event | None:
    kind = _NOTICE_OF.get(outcome)
    notice = case.proceedings.documents.get(kind) if kind else None
    return notice.issued[0] if notice and notice.issued else None


def _first_of(fact: Event | None, case: CaseFile) -> list[str]:
    """What the fact names; else the petition itself, which was not handled further."""
    digests = list(digests_in(fact)) if fact else []
    return digests or (list(digests_in(case.registration)) if case.registration else [])


def _of_handling(case: CaseFile) -> list[str]:
    """The opinion and its paper; without one, the petitioner's acknowledgement on the spot."""
    if case.served:
        return list(digests_in(case.issued)) if case.issued else []
    return [
        digest
        for fact, _ in case.proceedings.stated
        if fact.statement is StatementKind.SETTLED_ON_THE_SPOT
        for digest in digests_in(fact)
    ]


def _all_of(case: CaseFile) -> set[str]:
    return {digest for fact in _facts(case) for digest in digests_in(fact)}


def _facts(case: CaseFile) -> Iterator[Event]:
    """Every fact of the case that may name a paper or a text."""
    done = case.proceedings
    single = (case.registration, case.replied, case.issued, done.withdrawal and done.withdrawal[0])
    yield from (each for each in single if each)
    for marked in (done.notices, done.found, done.extensions, done.stated, done.attached):
        yield from (fact for fact, _ in marked)
    yield from (fact for fact, _ in done.decided.values())
