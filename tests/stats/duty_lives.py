"""What leaders and units did, for tests that make it up: receptions, visits, conferences, key cases."""

from datetime import date, timedelta
from typing import ClassVar

from hypothesis import strategies as st

from shared.contracts.case_codes import Category
from shared.contracts.conference_codes import ConferenceForm
from shared.contracts.conferences import ConferenceHeld, ConferenceVoided
from shared.contracts.key_case_codes import KeyCaseEnd
from shared.contracts.key_cases import KeyCaseClosed, KeyCaseOpened, KeyCaseVoided
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.reception_codes import ReceptionForm, ReceptionPlace
from shared.contracts.receptions import (
    ReceptionHeld,
    ReceptionVisitReceived,
    ReceptionVisitVoided,
    ReceptionVoided,
)
from shared.divisions import new_id
from tests.stats.made_up_ledger import MadeUpLedger, noon

FIRST = date(2024, 12, 1)
WHY = VoidReason.BY_MISTAKE


class Duties(MadeUpLedger):
    """A township's receptions and conferences."""

    source: ClassVar[str] = "/intake"

    def held(self, on: date, recorded: date | None = None) -> str:
        reception_id = new_id(self.division)
        event = ReceptionHeld(
            reception_id=reception_id,
            form=next(iter(ReceptionForm)),
            leader_post="secretary",
            on=on,
            place_kind=next(iter(ReceptionPlace)),
        )
        self.record(event, reception_id, noon((recorded or on).isoformat()))
        return reception_id

    def visited(
        self,
        reception_id: str,
        on: date,
        *,
        headcount: int = 1,
        solved: bool = False,
        category: Category = Category.LAND,
    ) -> str:
        visit_id = new_id(self.division)
        event = ReceptionVisitReceived(
            reception_id=reception_id,
            visit_id=visit_id,
            on=on,
            headcount=headcount,
            category=category,
            solved_on_site=solved,
            acknowledged=solved,
        )
        self.record(event, reception_id, noon(on.isoformat()))
        return visit_id

    def visit_voided(self, reception_id: str, visit_id: str, on: date) -> None:
        event = ReceptionVisitVoided(
            reception_id=reception_id,
            visit_id=visit_id,
            on=on,
            headcount=1,
            solved_on_site=False,
            reason=WHY,
        )
        self.record(event, reception_id, noon(on.isoformat()))

    def reception_voided(self, reception_id: str, on: date) -> None:
        event = ReceptionVoided(reception_id=reception_id, on=on, was_held=True, reason=WHY)
        self.record(event, reception_id, noon(on.isoformat()))

    def met(self, on: date, again: str | None = None) -> str:
        """A new conference, or one of the same month once more."""
        conference_id = again or new_id(self.division)
        event = ConferenceHeld(
            conference_id=conference_id,
            form=next(iter(ConferenceForm)),
            on=on,
            units=("petition-office", "justice-office"),
            cross_department=True,
            cases=(),
        )
        self.record(event, conference_id, noon(on.isoformat()))
        return conference_id

    def conference_voided(self, conference_id: str, on: date) -> None:
        event = ConferenceVoided(
            conference_id=conference_id,
            form=next(iter(ConferenceForm)),
            on=on,
            cross_department=True,
            reason=WHY,
        )
        self.record(event, conference_id, noon(on.isoformat()))

    def taken(self, on: date, *, backlog: bool = False) -> str:
        """A new key case."""
        key_case_id = new_id(self.division)
        event = KeyCaseOpened(
            key_case_id=key_case_id,
            case_id=new_id(self.division),
            leader_post="secretary",
            task_force=("justice-office",),
            plan_digest="ab" * 32,
            backlog=backlog,
            on=on,
            target_on=on,
            policy_version="key-cases.1-placeholder",
        )
        self.record(event, key_case_id, noon(on.isoformat()))
        return key_case_id

    def ended(
        self, key_case_id: str, on: date, *, backlog: bool = True, in_time: bool = True
    ) -> None:
        event = KeyCaseClosed(
            key_case_id=key_case_id,
            case_id=new_id(self.division),
            closing_id=new_id(self.division),
            end=KeyCaseEnd.SETTLED,
            on=on,
            backlog=backlog,
            in_time=in_time,
        )
        self.record(event, key_case_id, noon(on.isoformat()))

    def key_case_voided(self, key_case_id: str, on: date) -> None:
        event = KeyCaseVoided(
            key_case_id=key_case_id,
            case_id=new_id(self.division),
            on=on,
            backlog=False,
            reason=WHY,
        )
        self.record(event, key_case_id, noon(on.isoformat()))


_DAYS = st.integers(0, 430).map(lambda days: FIRST + timedelta(days=days))


@st.composite
def duty_ledgers(draw: st.DrawFn) -> Duties:  # noqa: C901 - a line for each thing that may happen
    """Any history of them, also one that intake would refuse: what is voided twice, or unknown."""
    ledger = Duties()
    receptions, visits, conferences = list[str](), list[tuple[str, str]](), list[str]()
    taken = list[str]()
    steps = st.sampled_from(["hold", "visit", "meet", "take", "end", "void"])
    for what in draw(st.lists(steps, max_size=25)):
        on = draw(_DAYS)
        match what:
            case "hold":
                receptions.append(ledger.held(on, draw(st.none() | _DAYS)))
            case "visit":
                reception = draw(st.sampled_from([*receptions, new_id(ledger.division)]))
                people, solved = draw(st.integers(1, 9)), draw(st.booleans())
                visit = ledger.visited(reception, on, headcount=people, solved=solved)
                visits.append((reception, visit))
            case "meet":
                conferences.append(ledger.met(on, draw(st.sampled_from([None, *conferences]))))
            case "take":
                taken.append(ledger.taken(on, backlog=draw(st.booleans())))
            case "end":
                owned = draw(st.sampled_from([*taken, new_id(ledger.division)]))
                late, backlog = draw(st.booleans()), draw(st.booleans())
                ledger.ended(owned, on, backlog=backlog, in_time=not late)
            case _:
                for known in receptions[:1]:
                    ledger.reception_voided(known, on)
                for reception, visit in visits[:1]:
                    ledger.visit_voided(reception, visit, on)
                for known in conferences[:1]:
                    ledger.conference_voided(known, on)
                for known in taken[:1]:
                    ledger.key_case_voided(known, on)
    return ledger
