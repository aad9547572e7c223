"""Policy on referrals by intake and grid: registers a dispute with the committee, or declines it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from services.mediation.domain.committee import COMMITTEE, Committee
from services.mediation.domain.committee_commands import CommitteeCommand
from services.mediation.domain.committee_refusals import CommitteeNotFound, CommitteeWasDissolved
from services.mediation.domain.committee_sitting import (
    GROUND_OF,
    CommitteeNotSitting,
    require_sitting,
)
from services.mediation.domain.follow_ups import (
    apply_for_mediation_on_referral,
    decline_on_referral,
)
from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.mediation_commands import ApplyForMediation, DeclineReferral
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.referral import Referral, referral_of
from services.mediation.store import mediation_board
from services.mediation.store.kept_from import follow_correction
from shared import vault
from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.grid_reports import GridReportConverted
from shared.contracts.intake import CaseReferredToMediation, FilingCorrected
from shared.contracts.mediation_codes import NotTakenUpGround
from shared.contracts.referral import declined_as, taken_up_as
from shared.divisions import division_of
from shared.handling import Handling, Prepare, Prepared, Record, ready
from shared.keyed_marks import NO_MARKS, KeyedMarks
from shared.keys import Keys
from shared.known_units import REGISTRY_KINDS, follow_registry
from shared.ledger import Ledger
from shared.office.following import Following, caused
from shared.streaming import Fold
from shared.times import china_day
from shared.topics import topic_of
from shared.vault import Vault

_NO_COMMITTEE = (CommitteeNotFound, CommitteeWasDissolved, CommitteeNotSitting)
SERVICE = "mediation"


@dataclass(frozen=True, kw_only=True)
class Referrals:
    """Follows referrals; a referral leads to the same dispute however often it is read."""

    mediations: Handling[MediationCommand, MediationFile]
    committees: Handling[CommitteeCommand, Committee]
    vault: Vault
    county: str
    marks: KeyedMarks = NO_MARKS

    async def on_referral(self, event: RecordedEvent, fact: Event) -> None:
        """Register the dispute with the requested committee, or decline it.

        The first outcome of a referral is final: when the event is read again, that outcome is
        looked for first, whatever has become of the committee meanwhile.
        """
        referred = referral_of(fact, self.marks)
        if referred is None:
            return
        if (await self._dispute(declined_as(event.event_id, referred.referred_id))).declined:
            return
        try:
            await self._take(event, referred)
        except _NO_COMMITTEE as refusal:
            await self._decline(event, referred, GROUND_OF[type(refusal)])

    async def _take(self, event: RecordedEvent, referred: Referral) -> None:
        """Enter the dispute; raises what is against the committee on the day of the referral."""
        mediation_id = taken_up_as(event.event_id, referred.committee_id)
        division = division_of(mediation_id)

        async def prepare(
            record: Record[MediationFile],
        ) -> Prepared[MediationCommand, MediationFile] | None:
            if record.state.applied is not None:
                return None
            committee = await self.committees.read(self.county, referred.committee_id)
            require_sitting(committee.state, china_day(event.occurred_at))
            return Prepared(
                command=apply_for_mediation_on_referral(referred, mediation_id=mediation_id),
                at=event.occurred_at,
                side_writes=vault.keep(division, [self.vault.begin(mediation_id)], []),
                looked_up={referred.committee_id: committee.version},
            )

        await self._carry_out(event, prepare, mediation_id, command=ApplyForMediation)

    async def _decline(
        self, event: RecordedEvent, referred: Referral, ground: NotTakenUpGround
    ) -> None:
        mediation_id = declined_as(event.event_id, referred.referred_id)
        command: MediationCommand = decline_on_referral(
            referred, mediation_id=mediation_id, ground=ground
        )
        prepare = ready(command, at=event.occurred_at)
        await self._carry_out(event, prepare, mediation_id, command=DeclineReferral)

    async def _carry_out(
        self,
        event: RecordedEvent,
        prepare: Prepare[MediationFile, MediationCommand],
        mediation_id: str,
        *,
        command: type[object],
    ) -> None:
        request = caused(
            event, prepare, mediation_id, command=command, service=SERVICE, county=self.county
        )
        await self.mediations.handle(request)

    async def _dispute(self, mediation_id: str) -> MediationFile:
        return (await self.mediations.read(self.county, mediation_id)).state


def _referrals(ledger: Ledger, keys: Keys, county: str, marks: KeyedMarks) -> Referrals:
    return Referrals(
        mediations=Handling(
            ledger=ledger,
            decider=MEDIATION,
            answer=lambda _: None,
            view_writes=partial(mediation_board.view_writes, marks=marks),
        ),
        committees=Handling(ledger=ledger, decider=COMMITTEE, answer=lambda _: None),
        vault=Vault(ledger.pool, keys),
        county=county,
        marks=marks,
    )


def follow_intake(
    ledger: Ledger, keys: Keys, *, county: str, marks: KeyedMarks = NO_MARKS
) -> Following:
    """The fold that runs mediation's policies on intake's events."""
    policies = {CaseReferredToMediation.kind: _referrals(ledger, keys, county, marks).on_referral}
    return Following(
        service=SERVICE,
        source="/intake",
        policies=policies,
        stateful={
            FilingCorrected.kind: (partial(follow_correction, marks=marks),),
            **dict.fromkeys(REGISTRY_KINDS, (follow_registry,)),
        },
    )


def follow_grid(
    ledger: Ledger, keys: Keys, *, county: str, marks: KeyedMarks = NO_MARKS
) -> Following:
    """The fold that runs mediation's policies on grid's events."""
    policies = {GridReportConverted.kind: _referrals(ledger, keys, county, marks).on_referral}
    return Following(service=SERVICE, source="/grid", policies=policies)


def followed_by(
    county: str, *, marks: KeyedMarks = NO_MARKS
) -> Callable[[Ledger, Keys], dict[str, Fold]]:
    """The folds of mediation by the topics that it follows."""
    return lambda ledger, keys: {
        topic_of("intake"): follow_intake(ledger, keys, county=county, marks=marks),
        topic_of("grid"): follow_grid(ledger, keys, county=county, marks=marks),
    }
