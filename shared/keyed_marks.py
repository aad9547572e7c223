"""Marks under the key of a county: equal where the same is meant, and nothing is read from them.

A mark is an HMAC-SHA-256 under a key derived from the county's for that purpose. Intake, grid and
mediation share it, so that an organisation has one mark in all of them.
"""

import re
import unicodedata
from typing import Protocol, Self

from shared.keys import Key, Keys
from shared.organisation import normalised_name, normalised_number
from shared.personal_numbers import normalised_identity, normalised_phones

_NO_LETTER = re.compile(r"[\W\d_]+")
SHORTEST_TEXT = 20
"""A shorter text, such as a stock phrase, is nobody's answer used again."""
_UNITS_KEPT = 10_000
"""The marks of units are asked for with every reading: so many are kept in memory."""


class NamedOrganisation(Protocol):
    """An organisation as somebody states it."""

    @property
    def title(self) -> str:
        """Its name."""
        ...

    @property
    def registration_number(self) -> str | None:
        """Its unified social credit code."""
        ...


class KeyedMarks:
    """Makes marks; where the county has no key, there are none."""

    __slots__ = ("_keys", "_unit_key", "_units")

    def __init__(self, keys: Keys | None = None, unit_key: Key | None = None) -> None:
        self._keys = keys
        self._unit_key = keys.for_purpose("mark-unit") if keys else unit_key
        self._units: dict[str, str | None] = {}

    @classmethod
    def from_base64(cls, text: str) -> Self:
        """From 32 bytes in base64; raises ValueError."""
        return cls(Keys.from_base64(text))

    @classmethod
    def of_units_alone(cls, text: str) -> Self:
        """Of a process that has the key of units alone, as `unit_key` gives it; raises ValueError."""
        return cls(unit_key=Key.from_base64(text))

    @property
    def unit_key(self) -> str | None:
        """The key by which units are marked, in base64: it tells nothing of the county's."""
        return None if self._unit_key is None else self._unit_key.to_base64()

    def of_organisation(self, stated: NamedOrganisation | None) -> str | None:
        """By its registration number where that is stated, else by its name in one form."""
        if stated is None:
            return None
        if stated.registration_number:
            return self._mark("organisation-number", normalised_number(stated.registration_number))
        return self._mark("organisation-name", normalised_name(stated.title))

    def of_text(self, text: str) -> str | None:
        """By its letters alone; None of a text that is too short to tell."""
        letters = normalised_text(text)
        return self._mark("text", letters) if len(letters) >= SHORTEST_TEXT else None

    def of_identity(self, number: str) -> str | None:
        """Of the number of an identity document."""
        return self._mark("identity-number", normalised_identity(number))

    def of_phones(self, written: str) -> list[str]:
        """Of each telephone number that the text names."""
        marks = [self._mark("phone", number) for number in normalised_phones(written)]
        return [mark for mark in marks if mark is not None]

    @property
    def has_key(self) -> bool:
        """Whether the county has a key, without which there are no marks."""
        return self._keys is not None

    def of_unit(self, code: str) -> str | None:
        """Of a unit by its code, wherever it is: where several units have the code, they have one mark."""
        if code not in self._units:
            if len(self._units) >= _UNITS_KEPT:
                self._units.clear()
            key = self._unit_key
            self._units[code] = None if key is None else key.mac(code.encode()).hex()
        return self._units[code]

    def names_of_unit(self, code: str) -> frozenset[str]:
        """How records name a unit: by its mark, or by its code where they are older or had no key."""
        mark = self.of_unit(code)
        return frozenset({code} if mark is None else {code, mark})

    def _mark(self, purpose: str, said: str) -> str | None:
        if self._keys is None:
            return None
        return self._keys.for_purpose(f"mark-{purpose}").mac(said.encode()).hex()


NO_MARKS = KeyedMarks()


def normalised_text(text: str) -> str:
    """NFKC and lower case, without blanks, punctuation and digits."""
    letters = unicodedata.normalize("NFKC", text).casefold()
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", letters))
