"""Events that every service publishes about its own vault."""

from typing import Annotated

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vault_codes import ErasingRole, ErasureReason, RevealReason, RevealRole
from shared.divisions import Identifier


class PersonErased(Event):
    """A person's file in the vault was erased, and the files with texts that name the person.

    It never says who it was: its stream is about the erasure alone. It is about no matter, so it
    names none.
    """

    erasure_id: Identifier
    reason_code: ErasureReason
    by_role: ErasingRole
    files: Annotated[int, Field(strict=True, ge=1)]
    """How many files of the vault were closed by it."""


class IdentityRevealed(Event):
    """Somebody may see the person and the text of a record for a day, approved by another post.

    It never says who it was, nor of which record: its stream is about the reveal alone. It is about
    no matter, so it names none.
    """

    reveal_id: Identifier
    reason_code: RevealReason
    by_role: RevealRole
    """As what the reveal was approved."""
