"""What the routes about notices take."""

from services.intake.api.case_bodies import Act
from services.intake.api.case_papers import Printing
from services.intake.api.service_bodies import Served, ServedLater
from shared.contracts.case_codes import ServiceMethod
from shared.contracts.case_handling_codes import DeclineGround, DocumentKind, NoticeKind
from shared.contracts.words import UnitRef


class DeclineBody(Act):
    """On which ground, and who is competent where this office is not [R23]."""

    ground: DeclineGround
    competent_unit: UnitRef | None = None


class NoticeBody(Act, Printing):
    """Which notice; `served` where it is handed over in the same act."""

    kind: NoticeKind
    served: Served | None = None


class ServeNoticeBody(Served, ServedLater):
    """Which notice reached the petitioner, how, when, and what proves it."""

    kind: NoticeKind


class DispatchBody(Act):
    """Which document was sent, by which way."""

    document: DocumentKind
    method: ServiceMethod
