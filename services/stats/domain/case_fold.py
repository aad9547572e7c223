"""The fold of a case: its fact after each of its steps.

filed ─► accepted ─► answered (the earliest answer) ─► resolved | withdrawn | diverted | linked ─► closed
  │  └─► declined
  ├─► voided, returned, recognised as an accusation: counts nowhere any more
  └─► passed on to another ledger: counts there, and here again once it is back
             what ended a case no longer counts once it is reopened; its acceptance and first answer do
"""

from collections.abc import Callable
from datetime import datetime

from services.stats.domain.case_fact import (
    LONGEST_REST,
    Away,
    CaseFact,
    Rating,
    Repeat,
    Seldom,
    last_day_of,
)
from services.stats.domain.case_step import (
    BACK,
    ELSEWHERE,
    FOUND_REPEATED,
    GROUNDED,
    NOT_REPEATED,
    REPEATED,
    TO_DISCIPLINE,
    Filing,
    corrected_by,
    repeat_of_step,
    says,
)
from shared.contracts.case_handling import ExtensionGranted
from shared.contracts.case_handling_codes import NoticeKind
from shared.contracts.case_holding import CaseRouted
from shared.contracts.case_notices import NoticeServed
from shared.contracts.case_ratings import CaseRated
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDeclined,
    CaseDiverted,
    CaseFiled,
    CaseForwarded,
    CaseLinked,
    CaseReopened,
    CaseReplied,
    CaseResolved,
    CaseWithdrawn,
    FilingCorrected,
    FilingVoided,
    OpinionServed,
)
from shared.contracts.transfers import CaseAssigned, CaseReturned, TransferNoted
from shared.folding.occurrence import Occurrence
from shared.folding.step import Step, first_recorded, occurrence_of
from shared.times import china_day, start_of

After = Callable[[CaseFact, Step], CaseFact]


def evolve(fact: CaseFact | None, step: Step) -> CaseFact | None:
    """The fact after a step; a case whose filing is not known (it was parked) counts nowhere."""
    if fact is None:
        return _begun(step) if step.kind == CaseFiled.kind else None
    after = _AFTER.get(step.kind)
    if after is None:
        return fact
    return after(fact, step) if fact.filed else _after_elsewhere(fact, step, after)


def _after_elsewhere(fact: CaseFact, step: Step, after: After) -> CaseFact:
    """Of a case that counts nowhere nothing does any more; one that was passed on goes on."""
    held = fact.seldom.held
    return fact if held is None else _as_counted(after(held, step))


def _as_counted(case: CaseFact) -> CaseFact:
    """Nothing of it counts while another ledger holds the matter, but for its terms."""
    away = case.seldom.away
    if case.filed is None or not away or away[-1].back:
        return case
    seldom = Seldom(registered=case.filed, transferred=away[-1].left, held=case)
    return CaseFact(case.division, case.case_id, case.filing, seldom=seldom)


def _begun(step: Step) -> CaseFact:
    filing = Filing(*step.stated[: len(Filing._fields)])
    return CaseFact(step.division, step.entity_id, filing, occurrence_of(step))


def _corrected(fact: CaseFact, step: Step) -> CaseFact:
    return fact._replace(filing=fact.filing._replace(**corrected_by(step)))


def _voided(fact: CaseFact, step: Step) -> CaseFact:
    """Nothing of the case counts from now on."""
    seldom = Seldom(registered=fact.filed, voided=occurrence_of(step))
    return CaseFact(fact.division, fact.case_id, fact.filing, seldom=seldom)


def _returned(fact: CaseFact, step: Step) -> CaseFact:
    """It never was a matter of this office."""
    seldom = Seldom(registered=fact.filed, returned=occurrence_of(step))
    return CaseFact(fact.division, fact.case_id, fact.filing, seldom=seldom)


def _to_discipline(fact: CaseFact, step: Step) -> CaseFact:
    """An accusation is no case; of a matter that another ledger holds, that one lists it."""
    if not says(step, TO_DISCIPLINE):
        return fact
    away = fact.seldom.away
    is_away = bool(away) and away[-1].back is None
    seldom = Seldom(registered=fact.filed, to_discipline=occurrence_of(step))
    left = CaseFact(fact.division, fact.case_id, fact.filing)
    return left if is_away else left._replace(seldom=seldom)


def _passed_on(fact: CaseFact, step: Step) -> CaseFact:
    """Out of the ledger; a forwarding within the division changes nothing here."""
    away = fact.seldom.away
    if not says(step, ELSEWHERE) or (away and away[-1].back is None):
        return fact
    left = Away(occurrence_of(step))
    return _as_counted(fact._replace(seldom=fact.seldom._replace(away=(*away, left))))


def _noted(fact: CaseFact, step: Step) -> CaseFact:
    """The matter is back, and the case counts again as if it had never left."""
    away = fact.seldom.away
    if not says(step, BACK) or not away or away[-1].back:
        return fact
    back = away[-1]._replace(back=occurrence_of(step))
    return fact._replace(seldom=fact.seldom._replace(away=(*away[:-1], back)))


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
    if last is None or due_at is None or not step.day <= last < last_day_of(due_at):
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
    grounded = says(step, GROUNDED)
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


def _rated(fact: CaseFact, step: Step) -> CaseFact:
    """Each subject once; a new answer after a reopening is rated anew."""
    about, _, grade = step.stated.detail.partition(" ")
    if fact.rating_of(about) is not None:
        return fact
    ratings = (*fact.seldom.ratings, Rating(about, grade, occurrence_of(step)))
    return fact._replace(seldom=fact.seldom._replace(ratings=ratings))


def _reopened(fact: CaseFact, step: Step) -> CaseFact:
    return fact._replace(
        resolved=None,
        grounded=None,
        withdrawn=None,
        diverted=None,
        linked=None,
        closed=None,
        reopened=occurrence_of(step),
        seldom=fact.seldom._replace(declined=None, ratings=()),
    )


_AFTER: dict[str, After] = {
    FilingCorrected.kind: _corrected,
    FilingVoided.kind: _voided,
    CaseForwarded.kind: _passed_on,
    CaseAssigned.kind: _passed_on,
    TransferNoted.kind: _noted,
    CaseReturned.kind: _returned,
    CaseRouted.kind: _to_discipline,
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
    CaseRated.kind: _rated,
    REPEATED: _repeated,
    FOUND_REPEATED: _repeated,
    NOT_REPEATED: _not_repeated,
}
