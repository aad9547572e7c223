"""Refusals of the command pipeline itself, whatever the aggregate."""

from shared.refusals import Refusal


class StreamMovedOn(Refusal):
    """Others kept changing the same record while the command was decided."""

    status = 409
    title = "The record kept changing"


class StaleVersion(Refusal):
    """The record has changed since the version that the command names."""

    status = 412
    title = "The record has changed since you read it"


class IdempotencyKeyReused(Refusal):
    """The idempotency key was used before, for another request."""

    status = 422
    title = "The idempotency key belongs to another request"


class HappenedBeforeItBegan(Refusal):
    """The fact is dated to a day before the record's first one."""

    status = 422
    title = "The date lies before the beginning of the record"
