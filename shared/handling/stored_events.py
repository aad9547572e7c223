"""A stream's stored events as a decider reads them."""

from collections.abc import Iterable, Iterator

import orjson
import structlog
from pydantic import ValidationError

from shared.contracts.catalogue import UnknownEvent, decode_data
from shared.contracts.event import Event
from shared.ledger.read import StreamEvent
from shared.refusals import Refusal

log = structlog.get_logger()


class RecordOfALaterRelease(Refusal):
    """A later release has written to this record, and this process cannot read it; ask again."""

    status = 503
    title = "The record is of a later release"


def decoded(history: Iterable[StreamEvent]) -> Iterator[Event]:
    """The events of a stream, oldest first; raises RecordOfALaterRelease.

    While a release is rolled out, processes of both releases use the same ledgers. An old one
    cannot read a kind, a version of a kind or a code that the later release added. A state that
    lacks such an event must not be shown and nothing must be decided on it.
    """
    for stored in history:
        try:
            event = decode_data(stored.kind, stored.schema_version, orjson.loads(stored.data))
        except UnknownEvent:
            raise _later(stored) from None
        except ValidationError as fault:
            if _only_unknown_codes(fault):
                raise _later(stored) from None
            raise
        yield event


def _only_unknown_codes(fault: ValidationError) -> bool:
    """Code lists grow without a new version; anything else that is not valid is a fault."""
    return all(error["type"] == "enum" for error in fault.errors())


def _later(stored: StreamEvent) -> RecordOfALaterRelease:
    log.warning(
        "a record holds an event of a later release",
        kind=stored.kind,
        schema_version=stored.schema_version,
    )
    return RecordOfALaterRelease()
