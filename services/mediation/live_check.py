"""Compares mediation's tables with its ledgers: `python -m services.mediation.live_check`."""

import sys
from collections.abc import Sequence

from services.mediation.domain.committee import COMMITTEE
from services.mediation.domain.mediation import MEDIATION
from services.mediation.domain.mediator import MEDIATOR
from services.mediation.settings import Settings
from services.mediation.store import committee_board, mediation_board, mediator_roster
from shared.contracts.event import Event
from shared.contracts.mediation import (
    MediationApplied,
    MediationConsented,
    MediationEvent,
    MediationPartiesNamed,
)
from shared.contracts.mediators import CommitteeEvent, MediatorEnrolled, MediatorEvent
from shared.office.live_check import Tables, Viewed
from shared.office.live_check_command import live_check_command
from shared.office.vault_check import KeptInVault
from shared.settings import read_settings


def _file_of(event: Event) -> str | None:
    return event.mediation_id if isinstance(event, MediationEvent) else None


def _persons_of(event: Event) -> Sequence[str]:
    match event:
        case MediationApplied():
            return [*event.applicants, *event.respondents]
        case MediationPartiesNamed() | MediationConsented():
            return event.parties
        case MediatorEnrolled():
            return [event.person_ref]
        case _:
            return ()


TABLES = Tables(
    viewed=(
        Viewed(
            events=MediationEvent,
            decider=MEDIATION,
            view_writes=mediation_board.view_writes,
            board=mediation_board.MEDIATIONS,
        ),
        Viewed(
            events=MediatorEvent,
            decider=MEDIATOR,
            view_writes=mediator_roster.view_writes,
            board=mediator_roster.ROSTER,
        ),
        Viewed(
            events=CommitteeEvent,
            decider=COMMITTEE,
            view_writes=committee_board.view_writes,
            board=committee_board.COMMITTEES,
        ),
    ),
    kept=KeptInVault(
        file_of=_file_of,
        persons_of=_persons_of,
        # the print of a committee's seal is not in the vault
        without_texts=(CommitteeEvent,),
    ),
)

if __name__ == "__main__":
    sys.exit(live_check_command("mediation", read_settings(Settings), TABLES))
