"""Citations of a rule: `R 23.2` is paragraph 2 of article 23 of the law that `R` names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass as plain_dataclass
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints
from pydantic.dataclasses import dataclass

_WRITTEN = re.compile(
    r"(?P<law>[A-Z]+)(?: (?P<article>[0-9]+)(?:\.(?P<paragraph>[0-9]+))?(?:\((?P<item>[0-9]+)\))?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Law:
    """A law, regulation or notice by its title."""

    zh: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    en: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    year: Annotated[int, Field(strict=True, ge=1949, le=2200)] | None = None


class NoCitation(ValueError):
    """The text is no citation, or its law is not listed."""


@plain_dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A place in a law; without an article the whole law is meant."""

    short: str
    law: Law
    article: str | None
    paragraph: str | None
    item: str | None

    @property
    def zh(self) -> str:
        """《信访工作条例》(2022)第23条第2款."""
        year = f"({self.law.year})" if self.law.year else ""
        parts = ((self.article, "条"), (self.paragraph, "款"), (self.item, "项"))
        return f"《{self.law.zh}》{year}" + "".join(f"第{no}{sign}" for no, sign in parts if no)

    @property
    def en(self) -> str:
        """Regulations on Petition Work (2022) Art 23 para 2."""
        year = f" ({self.law.year})" if self.law.year else ""
        parts = ((" Art ", self.article), (" para ", self.paragraph), (" item ", self.item))
        return f"{self.law.en}{year}" + "".join(f"{sign}{no}" for sign, no in parts if no)


def cite(text: str, laws: Mapping[str, Law]) -> Citation:
    """Parse a citation of a policy file; raises NoCitation with the reason."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise NoCitation(f"{text!r} is no citation such as R 34, R 23.2 or R 22(3)")
    if found["law"] not in laws:
        known = ", ".join(laws) or "none"
        raise NoCitation(f"{found['law']} is no law of [laws] ({known})")
    return Citation(
        short=text,
        law=laws[found["law"]],
        article=found["article"],
        paragraph=found["paragraph"],
        item=found["item"],
    )


def cite_all(texts: Iterable[str], laws: Mapping[str, Law]) -> tuple[Citation, ...]:
    """The citations of these texts, without duplicates."""
    return tuple(cite(text, laws) for text in dict.fromkeys(texts))
