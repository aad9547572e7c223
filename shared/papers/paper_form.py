"""Forms: versioned data on what a paper contains, with the legal source of every element."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """The kind of an element's value, and its Python type."""

    TEXT = "text"
    """str: plain text; each line is a paragraph of its own."""
    ROWS = "rows"
    """A sequence of mappings from column id to text: parties, instalments, routes …"""
    DATE = "date"
    """datetime.date."""
    NUMBER = "number"
    """str: a document number, as `document_number` prints it."""
    COUNT = "count"
    """int, at least 1."""
    SEAL = "seal"
    """str: the name of the unit that seals here."""
    SIGNATURES = "signatures"
    """A sequence of `Signer`, each with a line to sign on."""


class Place(StrEnum):
    """How an element is printed."""

    HEADED = "headed"
    """Below a heading of its own: 一、…"""
    SUBHEADED = "subheaded"
    """Below a heading of the second level: （一）…"""
    LABELLED = "labelled"
    """After its name, in one paragraph."""
    PLAIN = "plain"
    """By itself."""
    FLUSH = "flush"
    """By itself at the left margin, as an addressee."""
    TITLE = "title"
    """In the title, by the element's `wording`; a form has at most one such text."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of rows; `share` is its relative width."""

    id: str
    zh: str
    en: str
    share: int = 1
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element of a paper, required by law or by the office's own layout.

    `source` cites what requires it; `mark` is the note beside a signature line or a seal, such as
    （签名）; `wording` has one {} where the value is printed, such as 本协议一式{}份。
    """

    id: str
    zh: str
    en: str
    kind: Kind
    source: str
    required: bool = True
    place: Place = Place.HEADED
    columns: tuple[Column, ...] = ()
    mark: str = ""
    wording: str = "{}"

    def __post_init__(self) -> None:
        """Raises ValueError, at import, for an element that cannot be printed."""
        if bool(self.columns) is not (self.kind is Kind.ROWS):
            raise ValueError(f"{self.id}: rows have columns, nothing else has")


@dataclass(frozen=True, slots=True)
class Printed:
    """A sentence of the form itself, the same on every paper.

    `with_next` keeps it on the page of the next block, as 此致 (to:) before an addressee.
    """

    text: str
    with_next: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading over the subheaded elements after it."""

    zh: str


Item = Element | Printed | Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One version of a form; a change of its required content is a new version.

    `paged` is false for sheets without a page number (a cover, a list of contents); `cover` sets
    the title large and the lines widely spaced.
    """

    id: str
    version: int = 1
    zh: str
    en: str
    source: str
    body: tuple[Item, ...]
    paged: bool = True
    cover: bool = False
    _by_id: dict[str, Element] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raises ValueError, at import, for two elements with the same id."""
        elements = [item for item in self.body if isinstance(item, Element)]
        object.__setattr__(self, "_by_id", {element.id: element for element in elements})
        if len(self._by_id) != len(elements):
            raise ValueError(f"{self.id}: an element stands twice")

    @property
    def elements(self) -> tuple[Element, ...]:
        """All elements in the order of the paper."""
        return tuple(self._by_id.values())

    @property
    def required(self) -> Iterator[Element]:
        """The elements that every paper must have."""
        return (element for element in self.elements if element.required)
