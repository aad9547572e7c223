"""The digests in an event: of texts in the vault, of papers, or of a ledger's own history."""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_type_hints

from shared.contracts.event import Event
from shared.contracts.words import Digest


def digests_in(event: Event) -> Iterator[str]:
    """Every digest that the event states, also those in a list."""
    for name in _digest_fields(type(event)):
        match getattr(event, name):
            case None:
                pass
            case str() as digest:
                yield digest
            case several:
                yield from several


@cache
def _digest_fields(kind: type[Event]) -> tuple[str, ...]:
    hints = get_type_hints(kind, include_extras=True)
    return tuple(name for name in kind.model_fields if _holds_digest(hints[name]))


def _holds_digest(hint: Any) -> bool:
    return bool(hint == Digest) or any(_holds_digest(part) for part in get_args(hint))
