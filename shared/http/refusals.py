"""Refusals of the HTTP layer, before any domain rule."""

from shared.refusals import Refusal


class NotFound(Refusal):
    """There is nothing here."""

    status = 404
    title = "Not found"


class MethodNotAllowed(Refusal):
    """This resource does not take that method."""

    status = 405
    title = "Method not allowed"


class MalformedJson(Refusal):
    """The body is not JSON in UTF-8."""

    status = 400
    title = "Malformed JSON"


class MalformedRequest(Refusal):
    """The request cannot be understood."""

    status = 400
    title = "Malformed request"


class BodyTooLate(Refusal):
    """The body did not arrive in time."""

    status = 408
    title = "The body did not arrive in time"


class BodyTooLarge(Refusal):
    """The body is larger than this address accepts."""

    status = 413
    title = "The body is too large"


class TooManyValues(Refusal):
    """The body holds more values than this address accepts."""

    status = 413
    title = "The body holds too many values"


class HeadTooLarge(Refusal):
    """The address and the headers are longer than this service accepts."""

    status = 431
    title = "The head of the request is too large"


class MediaTypeNotSupported(Refusal):
    """The body has to be application/json."""

    status = 415
    title = "Media type not supported"


class LedgerNotFollowed(Refusal):
    """A position names a ledger that this service does not follow."""

    status = 422
    title = "The ledger is not followed here"


class PositionNotReached(Refusal):
    """What was asked to be shown has not arrived here yet; ask again."""

    status = 503
    title = "The position is not reached yet"


class DatabaseAway(Refusal):
    """The database does not answer at the moment; nothing was lost, ask again."""

    status = 503
    title = "The database is away"


class ClockNotRight(Refusal):
    """The clock here cannot be believed, so nothing is recorded until it is right; ask again."""

    status = 503
    title = "The clock is not right"


class TooBusy(Refusal):
    """More requests are waiting than can be served soon; ask again."""

    status = 503
    title = "Too busy"


class NotBegun(Refusal):
    """After a restore, what was erased before is erased again first; ask again."""

    status = 503
    title = "The service has not begun"


class Unexpected(Refusal):
    """Something went wrong that nobody foresaw; the correlation id leads to its trace."""

    status = 500
    title = "Unexpected fault"
