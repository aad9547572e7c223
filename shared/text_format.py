"""Texts of a fixed format; an error message explains the format in a sentence."""

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

KIND = "written_otherwise"
"""The type of the pydantic error; its message is `rule` and never quotes the input."""


@dataclass(frozen=True, slots=True)
class TextFormat:
    """A text format, for `Annotated[str, …]`: `pattern` for machines, `rule` for people."""

    pattern: str
    longest: int
    rule: str

    def fits(self, text: str) -> bool:
        """Whether the whole text has the format."""
        return len(text) <= self.longest and re.fullmatch(self.pattern, text) is not None

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """The schema of the text, followed by the format check."""
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Adds the pattern to the JSON schema."""
        return {**handler(schema), "pattern": self.pattern, "maxLength": self.longest}

    def _checked(self, text: str) -> str:
        if not self.fits(text):
            raise PydanticCustomError(KIND, "{rule}", {"rule": self.rule})
        return text
