"""Derives from a dispute which papers its file needs."""

from services.mediation.api.signing import FORM_OF
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_state import MediationState
from services.mediation.papers import ENDINGS, FORMS, FileProgress
from services.mediation.papers.forms import TERMINATION_NOTICE
from shared.papers import Form

_NOT_OVER = (MediationState.APPLIED, MediationState.OPEN)


def progress_of(mediation: MediationFile) -> FileProgress:
    """The steps that the file must document, and the papers about the dispute's end."""
    return FileProgress(
        opened=mediation.opened is not None,
        met=bool(mediation.sessions),
        endings=_endings(mediation),
    )


def _endings(mediation: MediationFile) -> tuple[Form, ...]:
    succeeded = mediation.agreement.succeeded
    if succeeded is not None:
        of_ours = succeeded.agreement_digest in mediation.papers
        return (FORMS[FORM_OF[succeeded.form]],) if of_ours else ()
    if mediation.sessions and mediation.state in _NOT_OVER:
        return ENDINGS
    return (TERMINATION_NOTICE,)
