"""Whether the duties towards a case were kept in time (versions 2 of the timeliness measures).

A case that left the procedure, or whose matter another ledger held when the term ended, owes nothing
if it left in time; one that left late was late. Whatever settled it in time was in time.
"""

from datetime import date
from enum import StrEnum

from services.stats.domain.case_fact import CaseFact
from services.stats.domain.case_step import RECEIPT_TERM, Filing
from shared.contracts.case_codes import Channel, Purpose
from shared.folding.occurrence import Occurrence

CLAIMS = frozenset({Purpose.APPEAL.value, Purpose.REQUEST.value})
"""申诉求决: the claims whose handling has the term of article 34, unless a statutory route takes them
[R31, R34]. Suggestions [R29], accusations [R30], inquiries and others have none.
"""


class Verdict(StrEnum):
    """What is said of a duty when its last day is over, beside the ways of leaving."""

    NOTHING = "nothing"
    """There is no such term."""
    IN_TIME = "in-time"
    LATE = "late"
    NOT_STATED = "not-stated"
    """An older register is silent on it."""
    PURPOSE_NOT_STATED = "purpose-not-stated"
    NO_CLAIM = "no-claim"
    CONTACT_UNCLEAR = "contact-unclear"
    ACCUSATION = "accusation"


DUE = frozenset({Verdict.IN_TIME.value, Verdict.LATE.value})


class Extension(StrEnum):
    """What an extension of the term did."""

    NONE = "none"
    WITHIN = "within"
    """It was kept after the first term and within the extended one."""
    WITHOUT_NOTICE = "without-notice"
    """The petitioner was not told of it in time, so it excuses nothing."""


def receipt_term_ends_on(fact: CaseFact) -> date | None:
    """The last day for accepting the case and for telling the petitioner: that of receipt is not
    counted.
    """
    received = fact.received_on
    return received and received + RECEIPT_TERM


def receipt_verdict(fact: CaseFact) -> tuple[str, str]:
    """Of the acceptance and of the notice."""
    last = receipt_term_ends_on(fact)
    return (Verdict.NOTHING, Verdict.NOTHING) if last is None else receipt_verdict_by(fact, last)


def receipt_verdict_by(fact: CaseFact, last: date) -> tuple[str, str]:
    """The same, of a case whose term ends on that day."""
    judged = fact.seldom.held or fact
    return _acceptance(judged, last), _notice(judged, last)


def reply_verdict(fact: CaseFact) -> tuple[str, str, bool]:
    """Of the reply, what an extension did, and whether the petitioner's day is stated."""
    fact = fact.seldom.held or fact
    own, ends = fact.petitioner_due_on, fact.reply_term_ends_on
    if own is None or ends is None:
        return Verdict.NOTHING, Extension.NONE, True
    verdict = _reply(fact, fact.excused_until or own)
    is_stated = fact.petitioner_due_at is not None or fact.extended is not None
    return verdict, _extension(fact, verdict, own=own), is_stated


def _acceptance(fact: CaseFact, last: date) -> str:
    if fact.filing.purpose not in CLAIMS and not _is_uncompleted(fact.filing):
        return _without_claim(fact)
    if _by(fact.accepted, last) or _by(fact.resolved, last):
        return Verdict.IN_TIME
    if way := fact.departure_by(last):
        return way
    is_silent = fact.accepted is None and fact.filing.imported
    return Verdict.NOT_STATED if is_silent else Verdict.LATE


def _notice(fact: CaseFact, last: date) -> str:
    filing = fact.filing
    if filing.purpose == Purpose.ACCUSATION:
        return Verdict.ACCUSATION
    if filing.contact_unclear or filing.anonymous:
        return Verdict.CONTACT_UNCLEAR
    if _by(fact.notified, last):
        return Verdict.IN_TIME
    if _by(fact.withdrawn, last):
        return "withdrawn"
    is_silent = fact.notified is None and (filing.imported or _is_uncompleted(filing))
    return Verdict.NOT_STATED if is_silent else Verdict.LATE


def _reply(fact: CaseFact, last: date) -> str:
    if fact.filing.purpose not in CLAIMS:
        return _without_claim(fact)
    if _by(fact.answered, last) or _by(fact.resolved, last):
        return Verdict.IN_TIME
    return fact.departure_by(last) or Verdict.LATE


def _extension(fact: CaseFact, verdict: str, *, own: date) -> str:
    if fact.extended is None or verdict not in DUE:
        return Extension.NONE
    if fact.excused_until != fact.reply_term_ends_on:
        return Extension.WITHOUT_NOTICE
    kept = _by(fact.answered, own) or _by(fact.resolved, own)
    return Extension.WITHIN if verdict == Verdict.IN_TIME and not kept else Extension.NONE


def _without_claim(fact: CaseFact) -> str:
    stated = fact.filing.purpose not in {None, Purpose.NOT_STATED}
    return Verdict.NO_CLAIM if stated else Verdict.PURPOSE_NOT_STATED


def _is_uncompleted(filing: Filing) -> bool:
    """Whether nobody has taken over yet what a converted report left open: nobody can be told."""
    not_stated = filing.purpose == Purpose.NOT_STATED and not filing.imported
    return not_stated and filing.channel == Channel.GRID


def _by(occurrence: Occurrence | None, day: date) -> bool:
    return occurrence is not None and occurrence.on <= day
