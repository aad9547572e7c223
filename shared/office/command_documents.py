"""What the routes of commands document: the answer, and the refusals that they share."""

from typing import Any, Protocol

from shared.handling import IdempotencyKeyReused, StaleVersion
from shared.http import refused_with
from shared.office.occurrence_time import BackfillOnly, NotYetHappened
from shared.refusals import Refusal


class Documented(Protocol):
    """Takes a route's own refusals; returns `response_model=` and `responses=` of that route."""

    def __call__(self, *refused: type[Refusal]) -> dict[str, Any]: ...


def command_documents(
    answer: Any, *, first: tuple[type[Refusal], ...] = (), own: tuple[type[Refusal], ...] = ()
) -> Documented:
    """The documents of the commands to one kind of record.

    Their order is that of the OpenAPI document: `first`, who may date a fact and how, the record's
    `own`, the version and the key, and then those of the single route.
    """
    usual = (*first, BackfillOnly, NotYetHappened, *own, StaleVersion, IdempotencyKeyReused)

    def documented(*refused: type[Refusal]) -> dict[str, Any]:
        return {"response_model": answer, "responses": refused_with(*usual, *refused)}

    return documented
