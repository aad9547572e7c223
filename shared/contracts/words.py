"""Field types that the contracts of several services use; each by itself says nothing of a case."""

from typing import Annotated

from pydantic import Field, StringConstraints

UnitRef = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
"""An office by its code, such as `justice-office`; `not-stated` where a register is silent."""

PostRef = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9:._-]{0,127}$")]
"""A post by an opaque reference; never a person's name."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in lowercase hex; of text that stays in the vault it is salted, and the salt stays too."""

KeyedMark = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-f]{64}$", min_length=64, max_length=64)
]
"""HMAC-SHA-256 under the key of the county, in lowercase hex: equal where what it stands for is.

It is no `Digest`: nothing in a vault is found by it.
"""

ExternalText = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""A number or a source as another register writes it."""

Headcount = Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
"""How many people stand behind a matter; a count, nobody's data."""
