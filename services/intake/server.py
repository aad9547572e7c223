"""The server process of intake: API, relay and seals (`python -m services.intake.server`)."""

from functools import partial

from fastapi import FastAPI

from services.intake.api import (
    accusation_figures,
    accusations,
    attaching,
    closing,
    commands,
    complaint_counts,
    conference_lists,
    conferences,
    correcting,
    duty_lists,
    erasing,
    exporting,
    filing,
    handling,
    higher_visits,
    history,
    holding,
    imports,
    key_case_lists,
    key_cases,
    linking,
    looking_up,
    masked_petitioners,
    notices,
    opinions,
    papers,
    person_and_text,
    posts,
    queries,
    questions,
    rating,
    receipts,
    reception_lists,
    reception_schedule,
    receptions,
    registry_import,
    registry_lists,
    resident,
    resident_commands,
    resident_openings,
    resident_printing,
    revealing,
    reviewing,
    statements,
    transfers,
    units,
    withdrawals,
    work,
)
from services.intake.api.office import SERVICE, Office
from services.intake.api.shown_texts import READING
from services.intake.domain.accusation import AccusationState
from services.intake.domain.case import CaseState
from services.intake.domain.conferences import ConferenceState
from services.intake.domain.key_cases import KeyCaseState
from services.intake.domain.posts import PostState
from services.intake.domain.receptions import ReceptionState
from services.intake.papers import FORMS
from services.intake.settings import Settings
from services.intake.store.case_work import WaitsFor
from shared.drafts.routes import drafts
from shared.identity import Role, Verifier
from shared.office import ledgers, openings, seals
from shared.office.language import language
from shared.office.marking import marks_of
from shared.office.paper_forms import paper_forms
from shared.office.serving import ledger_app, serve
from shared.office.work import WorkGroup
from shared.settings import read_settings

ROUTERS = (
    filing.router,
    imports.router,
    commands.router,
    holding.router,
    statements.router,
    questions.router,
    receipts.router,
    correcting.router,
    notices.router,
    opinions.router,
    papers.router,
    paper_forms(
        list(FORMS.values()),
        numbered={form.id for form in FORMS.values()},
        readers=(*READING, Role.BACKFILL),
    ),
    attaching.router,
    attaching.attachments,
    withdrawals.router,
    handling.router,
    reviewing.router,
    linking.router,
    transfers.router,
    closing.router,
    rating.router,
    queries.router,
    history.router,
    work.router,
    person_and_text.router,
    exporting.router,
    masked_petitioners.router,
    revealing.router,
    looking_up.router,
    accusations.router,
    accusation_figures.router,
    complaint_counts.router,
    units.router,
    posts.router,
    receptions.router,
    reception_lists.router,
    reception_schedule.router,
    conferences.router,
    conference_lists.router,
    key_cases.router,
    key_case_lists.router,
    higher_visits.router,
    registry_import.router,
    registry_lists.router,
    duty_lists.router,
    resident.router,
    resident_commands.router,
    resident_openings.router,
    resident_printing.router,
    receipts.residents,
    erasing.router,
    language(
        CaseState,
        PostState,
        AccusationState,
        ReceptionState,
        ConferenceState,
        KeyCaseState,
        WorkGroup,
        WaitsFor,
    ),
    drafts(Role.CLERK, Role.HANDLER, Role.TOWNSHIP_LEADER, Role.COUNTY_LEADER),
    ledgers.router,
    openings.router,
    seals.router,
)


def new_app(settings: Settings, verifier: Verifier) -> FastAPI:
    """All that runs in this process."""
    return ledger_app(
        service=SERVICE,
        routers=ROUTERS,
        office_over=partial(
            Office.over,
            clock_policy=settings.clock_policy,
            faces=settings.faces,
            marks=marks_of(settings),
            limits={
                "per_number": settings.resident_per_number,
                "per_network": settings.resident_per_network,
                "proxies": settings.proxies,
            },
        ),
        settings=settings,
        verifier=verifier,
    )


def main() -> None:
    """Serve until a signal."""
    settings = read_settings(Settings)
    serve(SERVICE, settings, partial(new_app, settings))


if __name__ == "__main__":
    main()
