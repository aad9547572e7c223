"""A people's mediation committee: three to nine mediators, a woman among them, for three years.

  (none) ─ CommitteeEstablished ─► sitting ─ CommitteeSealFiled | CommitteeSeatsFilled ─┐
                                      ▲└──── CommitteeTermRenewed ◄─────────────────────┘
                                      └───── CommitteeDissolved ─► dissolved

[M8, M9, M34]. `committee_commands` and `committee_refusals` have commands and refusals.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.mediation.domain.committee_commands import (
    CommitteeCommand,
    DissolveCommittee,
    EstablishCommittee,
    FileSeal,
    FillSeats,
    RenewTerm,
)
from services.mediation.domain.committee_refusals import (
    CommitteeAlreadyEstablished,
    CommitteeNotFound,
    CommitteeSizeNotLawful,
    CommitteeWasDissolved,
    CommitteeWithoutWomen,
    MoreWomenThanMembers,
    TermOverlaps,
    VillageCommitteeNeedsItsVillage,
)
from shared.contracts.event import Event
from shared.contracts.mediation_codes import CommitteeKind
from shared.contracts.mediators import (
    CommitteeDissolved,
    CommitteeEstablished,
    CommitteeSealFiled,
    CommitteeSeatsFilled,
    CommitteeTermRenewed,
)
from shared.decider import Decider, EventOfAnotherAggregate
from shared.divisions import check_village

MEMBERS = range(3, 10)
TERM_YEARS = 3

CommitteeFact = (
    CommitteeEstablished
    | CommitteeSealFiled
    | CommitteeSeatsFilled
    | CommitteeTermRenewed
    | CommitteeDissolved
)
"""Every event of a committee's stream; each of them changes the state."""

Seated = CommitteeEstablished | CommitteeSeatsFilled | CommitteeTermRenewed


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """The state of a committee; each fact is kept as it was published."""

    version: int = 0
    established: CommitteeEstablished | None = None
    seated: Seated | None = None
    """The event that seated the current members."""
    term: CommitteeEstablished | CommitteeTermRenewed | None = None
    seal_digest: str | None = None
    dissolved: bool = False

    def sits_on(self, day: date) -> bool:
        """Whether the committee has a term that covers the day."""
        if self.term is None or self.dissolved:
            return False
        return self.term.term_from <= day <= self.term.term_to


def end_of_term(begins_on: date) -> date:
    """The last day of a term of three years [M9]."""
    year = begins_on.year + TERM_YEARS
    if (begins_on.month, begins_on.day) == (2, 29):
        return date(year, 2, 28)
    return begins_on.replace(year=year) - timedelta(days=1)


def decide(command: CommitteeCommand, committee: Committee) -> list[Event]:
    """Decide a command: its events, none if they are recorded already, or a refusal."""
    match command:
        case EstablishCommittee():
            return _establish(command, committee)
        case FileSeal():
            return _file_seal(command, committee)
        case FillSeats():
            return _fill_seats(command, committee)
        case RenewTerm():
            return _renew(command, committee)
        case DissolveCommittee():
            return _dissolve(committee)


def _establish(command: EstablishCommittee, committee: Committee) -> list[Event]:
    check_village(command.village_code, of=command.committee_id)
    if command.kind is CommitteeKind.VILLAGE and command.village_code is None:
        raise VillageCommitteeNeedsItsVillage(field="village_code")
    _require_lawful(command.members, command.women)
    established = CommitteeEstablished(
        committee_id=command.committee_id,
        committee_kind=command.kind,
        members=tuple(sorted(command.members)),
        women=command.women,
        term_from=command.term_from,
        term_to=end_of_term(command.term_from),
        village_code=command.village_code,
        seal_digest=command.seal_digest,
    )
    if committee.established is None:
        return [established]
    if committee.established != established:
        raise CommitteeAlreadyEstablished
    return []


def _require_lawful(members: Collection[str], women: int) -> None:
    """Three to nine members, women among them [M8]."""
    if len(members) not in MEMBERS:
        raise CommitteeSizeNotLawful(field="members", members=len(members))
    if women < 1:
        raise CommitteeWithoutWomen(field="women")
    if women > len(members):
        raise MoreWomenThanMembers(field="women", members=len(members))


def _file_seal(command: FileSeal, committee: Committee) -> list[Event]:
    committee_id = _id_of_sitting(committee)
    if committee.seal_digest == command.seal_digest:
        return []
    return [CommitteeSealFiled(committee_id=committee_id, seal_digest=command.seal_digest)]


def _fill_seats(command: FillSeats, committee: Committee) -> list[Event]:
    committee_id = _id_of_sitting(committee)
    _require_lawful(command.members, command.women)
    members = tuple(sorted(command.members))
    seated = committee.seated
    if seated and (seated.members, seated.women) == (members, command.women):
        return []
    return [CommitteeSeatsFilled(committee_id=committee_id, members=members, women=command.women)]


def _renew(command: RenewTerm, committee: Committee) -> list[Event]:
    committee_id = _id_of_sitting(committee)
    _require_lawful(command.members, command.women)
    renewed = CommitteeTermRenewed(
        committee_id=committee_id,
        members=tuple(sorted(command.members)),
        women=command.women,
        term_from=command.term_from,
        term_to=end_of_term(command.term_from),
    )
    if committee.term == renewed:
        return []
    if committee.term and command.term_from <= committee.term.term_to:
        raise TermOverlaps(field="term_from", term_to=committee.term.term_to.isoformat())
    return [renewed]


def _dissolve(committee: Committee) -> list[Event]:
    if committee.established is None:
        raise CommitteeNotFound
    if committee.dissolved:
        return []
    return [CommitteeDissolved(committee_id=committee.established.committee_id)]


def _id_of_sitting(committee: Committee) -> str:
    if committee.established is None:
        raise CommitteeNotFound
    if committee.dissolved:
        raise CommitteeWasDissolved
    return committee.established.committee_id


def evolve(committee: Committee, event: Event) -> Committee:
    """The committee after an event; EventOfAnotherAggregate for one that does not belong to a committee."""
    if not isinstance(event, CommitteeFact):
        raise EventOfAnotherAggregate(f"{event.kind} is no event of a committee")
    return replace(_after(committee, event), version=committee.version + 1)


def _after(committee: Committee, event: CommitteeFact) -> Committee:
    match event:
        case CommitteeEstablished(seal_digest=seal):
            return replace(
                committee, established=event, seated=event, term=event, seal_digest=seal
            )
        case CommitteeTermRenewed():
            return replace(committee, seated=event, term=event)
        case CommitteeSeatsFilled():
            return replace(committee, seated=event)
        case CommitteeSealFiled(seal_digest=seal):
            return replace(committee, seal_digest=seal)
        case CommitteeDissolved():
            return replace(committee, dissolved=True)


COMMITTEE = Decider(initial=Committee(), decide=decide, evolve=evolve)
