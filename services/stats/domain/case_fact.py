"""The fact of a case: what its steps come to, remembering which event made each part.

How it comes about is `case_fold`.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from services.stats.domain.case_step import Filing
from shared.contracts.case_rating_codes import RatedSubject
from shared.folding.occurrence import Occurrence
from shared.times import china_day

_INSTANT = timedelta(microseconds=1)
LONGEST_REST = timedelta(days=31)
"""Rest days never move the petitioner's last day by more; another one is not taken for it."""

DEPARTURES = ("withdrawn", "diverted", "linked", "declined")
"""The ways in which a case leaves the procedure."""
TRANSFERRED = "transferred"
"""Another ledger holds the matter."""


class Repeat(NamedTuple):
    """A case of the same township that repeats this one, and its registration."""

    case_id: str
    registered: Occurrence


class Away(NamedTuple):
    """A time in which another ledger held the matter."""

    left: Occurrence
    back: Occurrence | None = None

    def covers(self, day: date) -> bool:
        """Whether the matter was elsewhere at the end of that day."""
        return self.left.on <= day and (self.back is None or day < self.back.on)


class Rating(NamedTuple):
    """How content the petitioner was with one subject."""

    about: str
    grade: str
    rated: Occurrence


class Seldom(NamedTuple):
    """What few cases have."""

    registered: Occurrence | None = None
    """Of a case that was voided, returned, passed on or recognised as an accusation: the
    registration that counts no more.
    """
    voided: Occurrence | None = None
    returned: Occurrence | None = None
    """The matter that came from another ledger was not this office's."""
    to_discipline: Occurrence | None = None
    """It was recognised as an accusation."""
    transferred: Occurrence | None = None
    """When the matter was passed on that another ledger holds now."""
    held: "CaseFact | None" = None
    """The whole case whose matter another ledger holds: its terms are judged by it."""
    away: tuple[Away, ...] = ()
    declined: Occurrence | None = None
    extended: Occurrence | None = None
    extended_due_at: datetime | None = None
    extension_notified: Occurrence | None = None
    """The notice of that extension has reached the petitioner."""
    excused_until: date | None = None
    """The last day of an earlier extension, whose notice had reached the petitioner by then."""
    repeats: tuple[Repeat, ...] = ()
    ratings: tuple[Rating, ...] = ()
    """Of the last answer, each subject once."""


NOTHING_SELDOM = Seldom()


class CaseFact(NamedTuple):
    """One case as it stands; every event makes a new one, so it is of the kind made fastest."""

    division: str
    case_id: str
    filing: Filing
    filed: Occurrence | None = None
    """None of a case that counts no more, or only once its matter is back."""
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
        return self.due_at and last_day_of(self.due_at)

    @property
    def petitioner_due_on(self) -> date | None:
        """The petitioner's last day for the reply, without an extension."""
        due_at = self.petitioner_due_at or self.due_at
        return due_at and last_day_of(due_at)

    @property
    def reply_term_ends_on(self) -> date | None:
        """The last day for the reply: the petitioner's, and moved by an extension."""
        if extended := self.seldom.extended_due_at:
            return last_day_of(extended)
        held = self.seldom.held
        return held.reply_term_ends_on if held else self.petitioner_due_on

    @property
    def received_on(self) -> date | None:
        """The day on which the office received it, from which its terms run."""
        if self.filed is None:
            held = self.seldom.held
            return held and held.received_on
        return self.filing.received_on or self.filed.on

    @property
    def judged(self) -> "CaseFact":
        """By which its terms are judged, also while another ledger holds the matter."""
        return self.seldom.held or self

    @property
    def transferred(self) -> Occurrence | None:
        """When the matter was passed on last."""
        away = self.judged.seldom.away
        return away[-1].left if away else None

    @property
    def returned(self) -> Occurrence | None:
        """When the case was returned to whom the matter came from."""
        return self.seldom.returned

    @property
    def to_discipline(self) -> Occurrence | None:
        """When it was recognised as an accusation."""
        return self.seldom.to_discipline

    @property
    def rated_responsible_unit(self) -> Occurrence | None:
        """When the petitioner rated the responsible unit."""
        rating = self.rating_of(RatedSubject.RESPONSIBLE_UNIT)
        return rating and rating.rated

    @property
    def rated_petition_office(self) -> Occurrence | None:
        """When the petitioner rated the petition office."""
        rating = self.rating_of(RatedSubject.PETITION_OFFICE)
        return rating and rating.rated

    def rating_of(self, about: str) -> Rating | None:
        """How that subject was rated."""
        return next((each for each in self.seldom.ratings if each.about == about), None)

    @property
    def voided(self) -> Occurrence | None:
        """When the registration was voided."""
        return self.seldom.voided

    @property
    def registered(self) -> Occurrence | None:
        """The registration of a case that counts no more."""
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
        if notified and due_at and notified.on <= last_day_of(due_at):
            return last_day_of(due_at)
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
        is_away = any(each.covers(day) for each in self.seldom.away)
        return TRANSFERRED if is_away else None


def last_day_of(due_at: datetime) -> date:
    """The last day of what is due before the first moment of the next day."""
    return china_day(due_at - _INSTANT)
