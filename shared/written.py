"""Texts that have to be written in one way: who writes one otherwise reads a sentence about it."""

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

KIND = "written_otherwise"
"""The kind of pydantic's error: its message is the rule's own and quotes no input."""


@dataclass(frozen=True, slots=True)
class WrittenAs:
    """How a text is written, for `Annotated[str, …]`: `pattern` for machines, `rule` for people."""

    pattern: str
    longest: int
    rule: str

    def fits(self, text: str) -> bool:
        """Whether the whole text is written so."""
        return len(text) <= self.longest and re.fullmatch(self.pattern, text) is not None

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """The text's own schema, and this rule after it."""
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The pattern stays in the documents, where programs read it."""
        return {**handler(schema), "pattern": self.pattern, "maxLength": self.longest}

    def _checked(self, text: str) -> str:
        if not self.fits(text):
            raise PydanticCustomError(KIND, "{rule}", {"rule": self.rule})
        return text
