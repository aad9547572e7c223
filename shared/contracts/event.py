"""What every published event and every closed code list is made of."""

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any, ClassVar, Final, Self

from pydantic import BaseModel, ConfigDict, ValidationInfo

from shared.canonical import canonical_unchecked

STORED: Final[Mapping[str, bool]] = {"stored": True}
"""The context in which a stored event is read: what is asked of new ones alone is not asked of it."""


def is_stored(info: ValidationInfo) -> bool:
    """Whether the event is read from a ledger; every other one is new."""
    return info.context is STORED


class Code(StrEnum):
    """A closed set: the English identifier travels, the Chinese label is what people read."""

    label: str

    def __new__(cls, identifier: str, label: str) -> Self:
        """One member: `VISIT = "visit", "来访"`."""
        member = str.__new__(cls, identifier)
        member._value_ = identifier
        member.label = label
        return member

    @classmethod
    def of(cls, identifier: str) -> Self:
        """The member that travels as this; ValueError where there is none."""
        for code in cls:
            if code.value == identifier:
                return code
        raise ValueError(f"{cls.__name__} has no such code")

    @classmethod
    def in_order(cls, chosen: Collection[Self]) -> tuple[Self, ...]:
        """The chosen codes once each, in the order of the list: how a set of them travels."""
        return tuple(code for code in cls if code in chosen)


class Event(BaseModel):
    """A fact as it is published: what the office did, in codes and references, never a name.

    A field without a default is always written, as null where the register is silent; a field
    with a default of None is left out when it has nothing to say. A stored event only ever
    gains fields of the second kind: anything else is a new version with an upcaster.
    """

    model_config = ConfigDict(
        frozen=True, extra="ignore", hide_input_in_errors=True, validate_by_name=True
    )

    kind: ClassVar[str]
    schema_version: ClassVar[int] = 1
    _optional: ClassVar[frozenset[str]]

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Name the event on the wire after its class: CaseFiled is `case-filed`."""
        cls.kind = re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()
        cls._optional = frozenset(
            field.alias or name
            for name, field in cls.model_fields.items()
            if not field.is_required()
        )

    def to_data(self) -> dict[str, Any]:
        """The event's data as JSON values, what has nothing to say left out."""
        return {
            name: value
            for name, value in self.model_dump(mode="json", by_alias=True).items()
            if value is not None or name not in self._optional
        }

    def to_canonical(self) -> bytes:
        """The event's data in canonical JSON, the bytes that the ledger keeps and Kafka carries."""
        return canonical_unchecked(self.to_data())
