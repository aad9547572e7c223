"""The fact of a case: what its steps come to, remembering which event made each part.

filed ─► accepted ─► answered (the earliest answer) ─► resolved | withdrawn | diverted | linked ─► closed
  │  └─► declined
  └─► voided: counts nowhere any more
             what ended a case no longer counts once it is reopened; its acceptance and first answer do
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from services.stats.domain.case_step import (
    FOUND_REPEATED,
    GROUNDED,
    NOT_REPEATED,
    REPEATED,
    Filing,
    corrected_by,
    repeat_of_step,
)
from shared.contracts.case_handling import ExtensionGranted
from shared.contracts.case_handling_codes import NoticeKind
from shared.contracts.case_notices import NoticeServed
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDeclined,
    CaseDiverted,
    CaseFiled,
    CaseLinked,
    CaseReopened,
    CaseReplied,
    CaseResolved,
    CaseWithdrawn,
    FilingCorrected,
    FilingVoided,
    OpinionServed,
)
from shared.folding.occurrence import Occurrence
from shared.folding.step import Step, first_recorded, occurrence_of
from shared.times import china_day, start_of

_INSTANT = timedelta(microseconds=1)
LONGEST_REST = timedelta(days=31)
"""Rest days never move the petitioner's last day by more; another one is not taken for it."""

DEPARTURES = ("withdrawn", "diverted", "linked", "declined")
"""The ways in which a case leaves the procedure."""


class Repeat(NamedTuple):
    """A case of the same township that repeats this one, and its registration."""

    case_id: str
    registered: Occurrence


class Seldom(NamedTuple):
    """What few cases have."""

    registered: Occurrence | None = None
    """Of a voided case: the registration that counts no more."""
    voided: Occurrence | None = None
    declined: Occurrence | None = None
    extended: Occurrence | None = None
    extended_due_at: datetime | None = None
    extension_notified: Occurrence | None = None
    """The notice of that extension has reached the petitioner."""
    excused_until: date | None = None
    """The last day of an earlier extension, whose notice had reached the petitioner by then."""
    repeats: tuple[Repeat, ...] = ()


NOTHING_SELDOM = Seldom()


class CaseFact(NamedTuple):
    """One case as it stands; every event makes a new one, so it is of the kind made fastest."""

    division: str
    case_id: str
    filing: Filing
    filed: Occurrence | None = None
    """None of a voided case."""
    accepted: Occurrence | None = None
    due_at: datetime | None = None
    """The reply is due before this moment, the end of the office's last day."""
    petitioner_due_at: datetime | None = None
    """The same for the petitioner, where it is stated."""
    notified: Occurrence | None = None
    """The earliest notice that has reached the petitioner, those of extensions left out."""
    answered: Occurrence | None = None
    resolved: Occurrence | None = None
    grounded: bool | None = None
    """Whether the resolution names the events that it rests on."""
    withdrawn: Occurrence | None = None
    diverted: Occurrence | None = None
    linked: Occurrence | None = None
    closed: Occurrence | None = None
    reopened: Occurrence | None = None
    seldom: Seldom = NOTHING_SELDOM

    @property
    def due_on(self) -> date | None:
        """The office's last day for the reply."""
        return self.due_at and _last_day(self.due_at)

    @property
    def petitioner_due_on(self) -> date | None:
        """The petitioner's last day for the reply, without an extension."""
        due_at = self.petitioner_due_at or self.due_at
        return due_at and _last_day(due_at)

    @property
    def reply_term_ends_on(self) -> date | None:
        """The last day for the reply: the petitioner's, and moved by an extension."""
        extended = self.seldom.extended_due_at
        return _last_day(extended) if extended else self.petitioner_due_on

    @property
    def received_on(self) -> date | None:
        """The day on which the office received it, from which its terms run."""
        if self.filed is None:
            return None
        return self.filing.received_on or self.filed.on

    @property
    def voided(self) -> Occurrence | None:
        """When the registration was voided."""
        return self.seldom.voided

    @property
    def registered(self) -> Occurrence | None:
        """The registration of a case that was voided since."""
        return self.seldom.registered

    @property
    def declined(self) -> Occurrence | None:
        """When the case was not accepted."""
        return self.seldom.declined

    @property
    def extended(self) -> Occurrence | None:
        """When the term was extended."""
        return self.seldom.extended

    @property
    def extension_notified(self) -> Occurrence | None:
        """When the notice of that reached the petitioner."""
        return self.seldom.extension_notified

    @property
    def excused_until(self) -> date | None:
        """The last day to which an extension excuses: one whose notice was served by its end."""
        notified, due_at = self.seldom.extension_notified, self.seldom.extended_due_at
        if notified and due_at and notified.on <= _last_day(due_at):
            return _last_day(due_at)
        return self.seldom.excused_until

    @property
    def repeated(self) -> Occurrence | None:
        """The earliest case of the same township that repeats this one."""
        repeats = self.seldom.repeats
        return min(each.registered for each in repeats) if repeats else None

    @property
    def departure(self) -> str | None:
        """The way in which the case left the procedure, if it did; the first versions of measures
        know no declined case.
        """
        if self.withdrawn:
            return "withdrawn"
        if self.diverted:
            return "diverted"
        return "linked" if self.linked else None

    def departure_by(self, day: date) -> str | None:
        """The way in which the case left the procedure by the end of that day."""
        for way in DEPARTURES:
            left = getattr(self, way)
            if left and left.on <= day:
                return way
        return None


def evolve(fact: CaseFact | None, step: Step) -> CaseFact | None:
    """The fact after a step; a case whose filing is not known (it was parked) counts nowhere."""
    if fact is None:
        return _begun(step) if step.kind == CaseFiled.kind else None
    after = _AFTER.get(step.kind)
    return after(fact, step) if after and fact.filed else fact


def _begun(step: Step) -> CaseFact:
    filing = Filing(*step.stated[: len(Filing._fields)])
    return CaseFact(step.division, step.entity_id, filing, occurrence_of(step))


def _last_day(due_at: datetime) -> date:
    return china_day(due_at - _INSTANT)


def _corrected(fact: CaseFact, step: Step) -> CaseFact:
    return fact._replace(filing=fact.filing._replace(**corrected_by(step)))


def _voided(fact: CaseFact, step: Step) -> CaseFact:
    """Nothing of the case counts from now on."""
    seldom = Seldom(registered=fact.filed, voided=occurrence_of(step))
    return CaseFact(fact.division, fact.case_id, fact.filing, seldom=seldom)


def _accepted(fact: CaseFact, step: Step) -> CaseFact:
    if fact.accepted:
        return fact
    return fact._replace(
        accepted=occurrence_of(step),
        due_at=step.due_at,
        petitioner_due_at=_petitioner_due_at(step),
    )


def _petitioner_due_at(step: Step) -> datetime | None:
    """None where it is not stated, or is no end of the office's term moved on from rest days."""
    stated: datetime | None = step.stated and step.stated.petitioner_due_at
    if stated is None or step.due_at is None:
        return None
    return stated if step.due_at <= stated <= step.due_at + LONGEST_REST else None


def _extended(fact: CaseFact, step: Step) -> CaseFact:
    """An extension moves a term that is still running, and never back."""
    last, due_at = fact.reply_term_ends_on, step.due_at
    if last is None or due_at is None or not step.day <= last < _last_day(due_at):
        return fact
    seldom = fact.seldom._replace(
        extended=occurrence_of(step),
        extended_due_at=due_at,
        extension_notified=None,
        excused_until=fact.excused_until,
    )
    return fact._replace(seldom=seldom)


def _notified(fact: CaseFact, step: Step) -> CaseFact:
    if step.stated.detail != NoticeKind.EXTENSION:
        return fact._replace(notified=_earliest(fact.notified, step))
    if not fact.seldom.extended:
        return fact
    notified = _earliest(fact.seldom.extension_notified, step)
    return fact._replace(seldom=fact.seldom._replace(extension_notified=notified))


def _answered(fact: CaseFact, step: Step) -> CaseFact:
    return fact._replace(answered=_earliest(fact.answered, step))


def _earliest(kept: Occurrence | None, step: Step) -> Occurrence:
    """Whichever was received earlier; of two at the same moment the one that was recorded first."""
    on_that_day = china_day(step.at) == step.day
    came = occurrence_of(step) if on_that_day else Occurrence.of(start_of(step.day), step.seq)
    return kept if kept and kept.at <= came.at else came


def _resolved(fact: CaseFact, step: Step) -> CaseFact:
    if fact.resolved:
        return fact
    grounded = step.stated is not None and step.stated.detail == GROUNDED
    return fact._replace(resolved=occurrence_of(step), grounded=grounded)


def _declined(fact: CaseFact, step: Step) -> CaseFact:
    declined = first_recorded(fact.seldom.declined, step)
    return fact._replace(seldom=fact.seldom._replace(declined=declined))


def _repeated(fact: CaseFact, step: Step) -> CaseFact:
    case_id, registered = repeat_of_step(step)
    others = _others(fact, case_id)
    repeat = Repeat(case_id, Occurrence.of(registered, step.seq))
    return fact._replace(seldom=fact.seldom._replace(repeats=(*others, repeat)))


def _not_repeated(fact: CaseFact, step: Step) -> CaseFact:
    case_id, _ = repeat_of_step(step)
    return fact._replace(seldom=fact.seldom._replace(repeats=_others(fact, case_id)))


def _others(fact: CaseFact, case_id: str) -> tuple[Repeat, ...]:
    return tuple(each for each in fact.seldom.repeats if each.case_id != case_id)


def _reopened(fact: CaseFact, step: Step) -> CaseFact:
    return fact._replace(
        resolved=None,
        grounded=None,
        withdrawn=None,
        diverted=None,
        linked=None,
        closed=None,
        reopened=occurrence_of(step),
        seldom=fact.seldom._replace(declined=None) if fact.seldom.declined else fact.seldom,
    )


_AFTER: dict[str, Callable[[CaseFact, Step], CaseFact]] = {
    FilingCorrected.kind: _corrected,
    FilingVoided.kind: _voided,
    CaseAccepted.kind: _accepted,
    ExtensionGranted.kind: _extended,
    NoticeServed.kind: _notified,
    CaseReplied.kind: _answered,
    OpinionServed.kind: _answered,
    CaseResolved.kind: _resolved,
    CaseDeclined.kind: _declined,
    CaseWithdrawn.kind: lambda fact, step: fact._replace(
        withdrawn=first_recorded(fact.withdrawn, step)
    ),
    CaseDiverted.kind: lambda fact, step: fact._replace(
        diverted=first_recorded(fact.diverted, step)
    ),
    CaseLinked.kind: lambda fact, step: fact._replace(linked=first_recorded(fact.linked, step)),
    CaseClosed.kind: lambda fact, step: fact._replace(closed=first_recorded(fact.closed, step)),
    CaseReopened.kind: _reopened,
    REPEATED: _repeated,
    FOUND_REPEATED: _repeated,
    NOT_REPEATED: _not_repeated,
}
