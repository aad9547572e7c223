"""The declarations of a table of units and of one of posts."""

import re
from collections.abc import Iterator
from typing import ClassVar

from cli.register.facts import Fact, Said, Undated
from cli.register.fields import Field, Part, TimeField
from cli.register.mapping import Mapping, Target
from cli.register.refusals import RowUnreadable
from cli.register.registry.tables import Holding, Post, Unit
from cli.register.values import Reader
from shared.contracts.case_codes import Category
from shared.contracts.unit_codes import UnitType

_UNIT_CODE = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_POST_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,127}")

UNITS = Target(
    subject="unit",
    plural="units",
    opening="registration",
    opening_key="register",
    order=(),
    service="intake",
    path="/units/import",
    outcomes=("registered", "extended", "known"),
    renamed={"at": "valid_from", "unit_type": "type"},
    of_divisions=True,
    counted=False,
)
POSTS = Target(
    subject="post",
    plural="posts",
    opening="registration",
    opening_key="register",
    order=("hold",),
    service="intake",
    path="/posts/import",
    outcomes=("registered", "extended", "known"),
    renamed={"at": "valid_from"},
    of_divisions=True,
    counted=False,
)


class UnitMapping(Mapping):
    """A mapping whose rows are units."""

    target: ClassVar[Target] = UNITS

    unit: Unit

    @property
    def subject(self) -> Unit:
        """The unit."""
        return self.unit

    @property
    def opened_at(self) -> TimeField:
        """Since when it is there."""
        return self.unit.valid_from

    def opening(self, reader: Reader) -> Said:
        """What a row says of the unit."""
        unit = self.unit
        parent = reader.text(unit.parent)
        return {
            "code": _code(reader, unit.code, _UNIT_CODE),
            "unit_type": reader.code(unit.type, UnitType) or UnitType.OTHER,
            "title": _needed(reader, unit.title),
            **({"parent": parent} if parent else {}),
        }

    def facts(self, _: Reader) -> Iterator[Fact | Undated]:
        """A row says nothing more."""
        yield from ()

    def table_of(self, _: str) -> Part | None:
        """There is one table."""
        return self.unit


class PostMapping(Mapping):
    """A mapping whose rows are posts."""

    target: ClassVar[Target] = POSTS

    post: Post
    holding: Holding | None = None

    @property
    def subject(self) -> Post:
        """The post."""
        return self.post

    @property
    def opened_at(self) -> TimeField:
        """Since when it is there."""
        return self.post.valid_from

    def opening(self, reader: Reader) -> Said:
        """What a row says of the post."""
        post = self.post
        return {
            "code": _code(reader, post.code, _POST_CODE),
            "unit": _code(reader, post.unit, _UNIT_CODE),
            "leads": reader.flag(post.leads),
            "portfolio": reader.code(post.portfolio, Category),
        }

    def facts(self, reader: Reader) -> Iterator[Fact | Undated]:
        """Who holds it, where the row says so with a day."""
        part = self.holding
        if part is None or (holder := reader.text(part.holder)) is None:
            return
        if not _POST_CODE.fullmatch(holder):
            raise RowUnreadable(
                part.holder.label, "no opaque reference such as h-17; never a name"
            )
        when = reader.moment(part.at)
        if when:
            yield Fact("hold", when, part.at.label, {"holder": holder})
        else:
            yield Undated("who holds the post")

    def table_of(self, fact: str) -> Part | None:
        """The holding, else the post."""
        return self.holding if fact == "hold" else self.post


def _code(reader: Reader, field: Field, allowed: re.Pattern[str]) -> str:
    said = _needed(reader, field)
    if allowed.fullmatch(said):
        return said
    raise RowUnreadable(field.label, "no code such as justice-office; add it to `map`")


def _needed(reader: Reader, field: Field) -> str:
    said = reader.text(field)
    if said is None:
        raise RowUnreadable(field.label, "empty")
    return said
