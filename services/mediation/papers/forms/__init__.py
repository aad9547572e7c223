"""The forms, in the order in which a file has their papers."""

from services.mediation.papers.forms.agreement import AGREEMENT, ORAL_AGREEMENT
from services.mediation.papers.forms.application_and_consent import APPLICATION, CONSENT
from services.mediation.papers.forms.confirmation import CONFIRMATION_REQUEST
from services.mediation.papers.forms.cover import COVER
from services.mediation.papers.forms.follow_up import FOLLOW_UP
from services.mediation.papers.forms.session_record import SESSION_RECORD
from services.mediation.papers.forms.termination import TERMINATION_NOTICE
from shared.papers import Form

FORMS: dict[str, Form] = {
    form.id: form
    for form in (
        COVER,
        APPLICATION,
        CONSENT,
        SESSION_RECORD,
        AGREEMENT,
        ORAL_AGREEMENT,
        TERMINATION_NOTICE,
        CONFIRMATION_REQUEST,
        FOLLOW_UP,
    )
}

__all__ = [
    "AGREEMENT",
    "APPLICATION",
    "CONFIRMATION_REQUEST",
    "CONSENT",
    "COVER",
    "FOLLOW_UP",
    "FORMS",
    "ORAL_AGREEMENT",
    "SESSION_RECORD",
    "TERMINATION_NOTICE",
]
