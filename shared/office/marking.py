"""The key of the county's marks, as the settings of a service have it."""

import structlog

from shared.keyed_marks import NO_MARKS, KeyedMarks
from shared.office.settings import LedgerSettings

log = structlog.get_logger()


def marks_of(settings: LedgerSettings) -> KeyedMarks:
    """Without a key the service runs, and its events have no such marks: the log says so."""
    if settings.mark_key is None:
        log.warning(
            "no mark key is set: events have no cause_ref and no text_mark, and name units complained of"
        )
        return NO_MARKS
    return KeyedMarks.from_base64(settings.mark_key.get_secret_value())
