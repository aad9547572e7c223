"""What a paper's form consists of: data, versioned, with the legal source of every element."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What an element's value is, and by which Python type it is given."""

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
    """str: the name of the unit whose seal goes here."""
    SIGNATURES = "signatures"
    """A sequence of `Signer`: who signs, each with a line of its own."""


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
    """By itself at the left margin, as whom a paper is addressed to."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of rows; `share` is its part of the width against the others'."""

    id: str
    zh: str
    en: str
    share: int = 1
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One thing that a paper says, by the law or by the office's own layout.

    `source` cites what asks for it; `mark` is the note beside a signature line or a seal, such as
    （签名）; `wording` has one {} where a count is printed, such as 本协议一式{}份。
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
        """A form that cannot be printed is a fault of who wrote it; it is told at import."""
        if bool(self.columns) is not (self.kind is Kind.ROWS):
            raise ValueError(f"{self.id}: rows have columns, nothing else has")


@dataclass(frozen=True, slots=True)
class Printed:
    """A sentence that the form itself has, the same on every paper.

    `with_next` keeps it on the page of what follows, as 此致 before whom it is addressed to.
    """

    text: str
    with_next: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that only gathers the subheaded elements after it."""

    zh: str


Item = Element | Printed | Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form in one version; a change of what it has to contain is a new version.

    `paged` is false where the sheet carries no page number (a cover, a list of contents); `cover`
    sets the title large and the body as lines to be read from a shelf.
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
        """Two elements of one name could not be told apart; that is told at import."""
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
        """Those that the paper may not lack."""
        return (element for element in self.elements if element.required)
