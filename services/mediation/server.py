"""The server process of mediation: API, relay and seals (`… services.mediation.server`)."""

from functools import partial

from fastapi import FastAPI

from services.mediation.api import (
    agreeing,
    applying,
    committees,
    confirming,
    drafting,
    ending,
    erasing,
    mediators,
    opening,
    papers,
    performing,
    queries,
    rosters,
    sessions,
    sheet,
    subsidies,
    today,
    voiding,
    work,
)
from services.mediation.api.context import READING
from services.mediation.api.office import SERVICE, Office
from services.mediation.api.paper_printing import NUMBERED
from services.mediation.domain.mediation_state import MediationState
from services.mediation.papers import FORMS
from services.mediation.settings import Settings
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
    today.router,
    sheet.router,
    rosters.router,
    subsidies.router,
    applying.router,
    opening.router,
    sessions.router,
    agreeing.router,
    drafting.router,
    ending.router,
    voiding.router,
    performing.router,
    confirming.router,
    paper_forms(list(FORMS.values()), numbered=NUMBERED, readers=READING),
    papers.router,
    queries.router,
    work.router,
    mediators.router,
    committees.router,
    erasing.router,
    language(MediationState, WorkGroup),
    drafts(Role.CLERK, Role.MEDIATOR, Role.TOWNSHIP_LEADER),
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
