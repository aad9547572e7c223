"""Intake's `case-referred-to-mediation` brings a dispute into a committee's register."""

from collections.abc import Callable
from dataclasses import dataclass

import orjson

from services.mediation.domain.committee import COMMITTEE
from services.mediation.domain.committee_sitting import require_sitting
from services.mediation.domain.follow_ups import apply_for_mediation_on_case_referred
from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.store import mediation_board
from shared import vault
from shared.cloudevents import RecordedEvent
from shared.contracts.catalogue import decode_data
from shared.contracts.event import Event
from shared.contracts.intake import CaseReferredToMediation
from shared.divisions import division_of, id_caused_by
from shared.handling import Handling, Wish
from shared.keys import Keys
from shared.ledger import Ledger
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

    async def apply_on_case_referred(self, event: RecordedEvent, referred: Event) -> None:
        """The dispute is in the register of the committee that was asked, if that one sits."""
        if not isinstance(referred, CaseReferredToMediation):
            raise TypeError(event.kind)
        await self._require_sitting(event, referred.committee_id)
        division = division_of(referred.committee_id)
        mediation_id = id_caused_by(event.event_id, division=division)
        file = vault.keep(division, [self.vault.begin(mediation_id)], [])
        for command in apply_for_mediation_on_case_referred(referred, mediation_id=mediation_id):
            wish: Wish[MediationCommand] = caused(
                event, command, mediation_id, service=SERVICE, county=self.county
            )
            await self.mediations.handle(wish, beside=file)

    async def _require_sitting(self, event: RecordedEvent, committee_id: str) -> None:
        history = await self.ledger.stream(self.county, committee_id)
        committee = COMMITTEE.fold(
            decode_data(each.kind, each.schema_version, orjson.loads(each.data))
            for each in history
        )
        require_sitting(committee, china_day(event.occurred_at))


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
    policies = {CaseReferredToMediation.kind: referrals.apply_on_case_referred}
    return Following(service=SERVICE, source="/intake", policies=policies)


def followed_by(county: str) -> Callable[[Ledger, Keys], dict[str, Fold]]:
    """Every topic that mediation follows, with what it does there, over its ledgers."""
    return lambda ledger, keys: {INTAKE: follow_intake(ledger, keys, county=county)}
