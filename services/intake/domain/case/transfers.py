"""Where a matter went across the ledgers of its county, as one case knows it.

  held here ─ CaseForwarded | CaseAssigned to another division ─► on its way ─ received ─► held there
      ▲                                                                                     │
      └───────────────────────── TransferNoted: returned ◄──────────────────────────────────┘

The case by which the matter was first filed is its home: its fold alone names the holder. Every
other case of the matter knows what it was told.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from shared.contracts.intake import CaseForwarded
from shared.contracts.transfer_codes import TransferStep
from shared.contracts.transfers import CaseAssigned, RemitObjectionDecided, TransferNoted
from shared.decider import Mark
from shared.divisions import COUNTY, division_of, id_caused_by
from shared.times import china_day

PETITION_OFFICE = "petition-office"
"""The unit that holds what no other unit of a division has."""

MOST_OBJECTIONS = 1
"""So many objections to a matter its senders decide; the next one goes to the common superior."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The one unit that holds a matter."""

    division: str
    unit: str
    case_id: str
    on_its_way: bool = False
    """True until the receiver's case exists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step of a matter from a ledger into another one."""

    case_id: str
    """The receiver's case; its id is made of the event that passed the matter on."""
    came_from: str | None
    """The case that passed the matter on."""
    division: str
    unit: str
    at: datetime
    """When it was passed on, as the sender states it."""
    assigned: bool = False
    report_due: datetime | None = None
    note: TransferNoted | None = None
    """What was noted of it last."""

    @property
    def on(self) -> date:
        """The day in China on which it was passed on."""
        return china_day(self.at)

    @property
    def step(self) -> TransferStep | None:
        return self.note.step if self.note else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfers:
    """The hops of a matter, as far as one case knows them."""

    hops: tuple[Hop, ...] = ()
    holding: int | None = None
    """The hop whose receiver holds the matter; None where this case does."""
    passed: CaseForwarded | CaseAssigned | None = None
    """By which event this case passed the matter on last; None once it was returned."""
    objections: int = 0
    decided: RemitObjectionDecided | None = None
    given_by: Hop | None = None
    """Who passed the matter back to this case, where that was no objection."""

    @property
    def current(self) -> Hop | None:
        """The hop whose receiver holds the matter; None where this case does."""
        return None if self.holding is None else self.hops[self.holding]

    @property
    def is_bound(self) -> bool:
        """Whether the superior has assigned the matter back to this case."""
        return self.given_by is not None and len(self.given_by.division) == COUNTY

    def hop_to(self, receiver_case_id: str) -> Hop | None:
        """The last hop to that receiver's case."""
        place = self._place_of(receiver_case_id)
        return None if place is None else self.hops[place]

    def last_note(self, receiver_case_id: str) -> TransferNoted | None:
        """What was noted last of that receiver's case."""
        hop = self.hop_to(receiver_case_id)
        return hop.note if hop else None

    def after_passing(
        self, passed: CaseForwarded | CaseAssigned, mark: Mark, *, home_case_id: str
    ) -> "Transfers":
        """The transfers after this case has passed the matter on."""
        division = passed.to_division or division_of(passed.case_id)
        hop = Hop(
            case_id=receiver_of(mark.event_id or passed.case_id, division, home_case_id),
            came_from=passed.case_id,
            division=division,
            unit=passed.to_unit,
            at=mark.occurred_at,
            assigned=isinstance(passed, CaseAssigned),
            report_due=passed.report_due,
        )
        return replace(self._with(hop), passed=passed, given_by=None)

    def after_note(self, note: TransferNoted, mark: Mark) -> "Transfers":
        """The transfers after one more note."""
        place = self._place_of(note.receiver_case_id)
        if place is None:
            return self._with(self._learned_of(note, mark))
        if note.step is TransferStep.RETURNED:
            return self._returned(place, note)
        hops = self._noted(place, note, unit=note.to_unit)
        objected = note.step is TransferStep.OBJECTED
        return replace(self, hops=hops, objections=self.objections + objected)

    def after_decision(self, decided: RemitObjectionDecided) -> "Transfers":
        """The transfers after the sender has decided an objection."""
        return replace(self, decided=decided)

    def _learned_of(self, note: TransferNoted, mark: Mark) -> Hop:
        before = self.current
        return Hop(
            case_id=note.receiver_case_id,
            came_from=before.case_id if before else None,
            division=note.to_division,
            unit=note.to_unit,
            at=mark.occurred_at,
            note=note,
        )

    def _returned(self, place: int, note: TransferNoted) -> "Transfers":
        """Back to this case, or to another one that had passed the matter on."""
        back = self.hops[place]
        hops = self._noted(place, note, unit=back.unit)
        if note.to_division == division_of(note.case_id):
            given_by = None if back.step is TransferStep.OBJECTED else back
            return replace(self, hops=hops, holding=None, passed=None, given_by=given_by)
        sender = self._place_of(back.came_from or "")
        if sender is None:
            return replace(self, hops=hops, holding=None)
        again = replace(hops[sender], unit=note.to_unit)
        return replace(self, hops=(*hops[:sender], again, *hops[sender + 1 :]), holding=sender)

    def _with(self, hop: Hop) -> "Transfers":
        return replace(self, hops=(*self.hops, hop), holding=len(self.hops))

    def _noted(self, place: int, note: TransferNoted, *, unit: str) -> tuple[Hop, ...]:
        hop = replace(self.hops[place], note=note, unit=unit)
        return (*self.hops[:place], hop, *self.hops[place + 1 :])

    def _place_of(self, case_id: str) -> int | None:
        """The last hop to that case."""
        places = (place for place, hop in enumerate(self.hops) if hop.case_id == case_id)
        return max(places, default=None)


def receiver_of(event_id: str, to_division: str, home_case_id: str) -> str:
    """The case of the receiver: a new one made of the event, or the home of the matter again."""
    if to_division == division_of(home_case_id):
        return home_case_id
    return id_caused_by(event_id, division=to_division)
