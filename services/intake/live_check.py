"""Compares intake's tables with its ledgers: `python -m services.intake.live_check`."""

import sys

from services.intake.domain.accusation import ACCUSATION
from services.intake.domain.case import CASE
from services.intake.domain.conferences import CONFERENCE
from services.intake.domain.higher_visit import HIGHER_VISIT
from services.intake.domain.key_cases import KEY_CASE
from services.intake.domain.posts import POST
from services.intake.domain.receptions import RECEPTION
from services.intake.domain.units import UNIT
from services.intake.settings import Settings
from services.intake.store import (
    accusation_board,
    case_board,
    conference_board,
    higher_visit_board,
    key_case_board,
    post_board,
    reception_board,
    unit_board,
)
from shared.contracts.accusations import AccusationEvent, AccusationRegistered
from shared.contracts.conferences import ConferenceEvent
from shared.contracts.event import Event
from shared.contracts.higher_visits import HigherVisitEvent
from shared.contracts.intake import CaseEvent, CaseFiled
from shared.contracts.key_cases import KeyCaseEvent
from shared.contracts.receptions import ReceptionEvent
from shared.contracts.units import PostEvent, UnitEvent
from shared.office.live_check import Tables, Viewed
from shared.office.live_check_command import live_check_command
from shared.office.vault_check import KeptInVault
from shared.settings import read_settings


def _file_of(event: Event) -> str | None:
    match event:
        case CaseFiled() | AccusationRegistered():
            return event.person_ref
        case ConferenceEvent():
            return event.conference_id
        case KeyCaseEvent():
            return event.key_case_id
        case _:
            return None


TABLES = Tables(
    viewed=(
        Viewed(
            events=CaseEvent,
            decider=CASE,
            view_writes=case_board.view_writes,
            board=case_board.CASES,
        ),
        Viewed(
            events=UnitEvent,
            decider=UNIT,
            view_writes=unit_board.view_writes,
            board=unit_board.UNITS,
        ),
        Viewed(
            events=PostEvent,
            decider=POST,
            view_writes=post_board.view_writes,
            board=post_board.POSTS,
        ),
        Viewed(
            events=AccusationEvent,
            decider=ACCUSATION,
            view_writes=accusation_board.view_writes,
            board=accusation_board.ACCUSATIONS,
        ),
        Viewed(
            events=ReceptionEvent,
            decider=RECEPTION,
            view_writes=reception_board.view_writes,
            board=reception_board.RECEPTION_BOARD,
        ),
        Viewed(
            events=ConferenceEvent,
            decider=CONFERENCE,
            view_writes=conference_board.view_writes,
            board=conference_board.CONFERENCE_BOARD,
        ),
        Viewed(
            events=KeyCaseEvent,
            decider=KEY_CASE,
            view_writes=key_case_board.view_writes,
            board=key_case_board.KEY_CASE_BOARD,
        ),
        Viewed(
            events=HigherVisitEvent,
            decider=HIGHER_VISIT,
            view_writes=higher_visit_board.view_writes,
            board=higher_visit_board.HIGHER_VISITS,
        ),
    ),
    kept=KeptInVault(file_of=_file_of),
)

if __name__ == "__main__":
    sys.exit(live_check_command("intake", read_settings(Settings), TABLES))
