"""Intake's `case-referred-to-mediation` brings a dispute into a committee's register, or no."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import orjson

from services.mediation.domain.committee import COMMITTEE
from services.mediation.domain.committee_sitting import ground_against
from services.mediation.domain.follow_ups import (
    apply_for_mediation_on_case_referred,
    decline_on_case_referred,
)
from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.store import mediation_board
from shared import vault
from shared.cloudevents import RecordedEvent
from shared.contracts.catalogue import decode_data
from shared.contracts.event import Event
from shared.contracts.intake import CaseReferredToMediation
from shared.contracts.mediation_codes import NotTakenUpGround
from shared.contracts.referral import declined_as, taken_up_as
from shared.divisions import division_of
from shared.handling import Handling
from shared.keys import Keys
from shared.ledger import Ledger, Statement
from shared.office.following import Following, caused
from shared.streaming import Fold
from shared.times import china_day
from shared.topics import INTAKE
from shared.vault import Vault

SERVICE = "mediation"


@dataclass(frozen=True, kw_only=True)
class Referrals:
    """Follows referrals; the same referral comes to the same dispute whenever it is read."""

    ledger: Ledger
    mediations: Handling[MediationCommand, MediationFile]
    vault: Vault
    county: str

    async def on_case_referred(self, event: RecordedEvent, referred: Event) -> None:
        """The dispute is in the register of the committee that was asked, or is declined.

        What a referral came to once it stays: read again, it looks for that first, whatever has
        become of the committee meanwhile.
        """
        if not isinstance(referred, CaseReferredToMediation):
            raise TypeError(event.kind)
        taken = taken_up_as(event.event_id, referred.committee_id)
        declined = declined_as(event.event_id, referred.case_id)
        ground = await self._ground_against(event, referred.committee_id)
        if ground is None:
            if (await self._dispute(declined)).declined is None:
                await self._take(event, referred, taken)
        elif (await self._dispute(taken)).applied is None:
            wishes = decline_on_case_referred(referred, mediation_id=declined, ground=ground)
            await self._carry_out(event, wishes, declined, beside=())

    async def _take(
        self, event: RecordedEvent, referred: CaseReferredToMediation, mediation_id: str
    ) -> None:
        file = vault.keep(division_of(mediation_id), [self.vault.begin(mediation_id)], [])
        wishes = apply_for_mediation_on_case_referred(referred, mediation_id=mediation_id)
        await self._carry_out(event, wishes, mediation_id, beside=file)

    async def _carry_out(
        self,
        event: RecordedEvent,
        wishes: Sequence[MediationCommand],
        mediation_id: str,
        *,
        beside: Sequence[Statement],
    ) -> None:
        for each in wishes:
            wish = caused(event, each, mediation_id, service=SERVICE, county=self.county)
            await self.mediations.handle(wish, beside=beside)

    async def _dispute(self, mediation_id: str) -> MediationFile:
        return self.mediations.fold(await self.ledger.stream(self.county, mediation_id)).state

    async def _ground_against(
        self, event: RecordedEvent, committee_id: str
    ) -> NotTakenUpGround | None:
        history = await self.ledger.stream(self.county, committee_id)
        committee = COMMITTEE.fold(
            decode_data(each.kind, each.schema_version, orjson.loads(each.data))
            for each in history
        )
        return ground_against(committee, china_day(event.occurred_at))


def follow_intake(ledger: Ledger, keys: Keys, *, county: str) -> Following:
    """What mediation does of itself when intake has stated something."""
    referrals = Referrals(
        ledger=ledger,
        mediations=Handling(
            ledger=ledger,
            decider=MEDIATION,
            answer=lambda _: None,
            beside=mediation_board.beside,
        ),
        vault=Vault(ledger.pool, keys),
        county=county,
    )
    policies = {CaseReferredToMediation.kind: referrals.on_case_referred}
    return Following(service=SERVICE, source="/intake", policies=policies)


def followed_by(county: str) -> Callable[[Ledger, Keys], dict[str, Fold]]:
    """Every topic that mediation follows, with what it does there, over its ledgers."""
    return lambda ledger, keys: {INTAKE: follow_intake(ledger, keys, county=county)}
