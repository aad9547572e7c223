"""The posts of a county: one row a post, written in the transaction that appends its events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from psycopg import sql

from services.intake.domain.posts import PostFile
from shared.board import Ascending, Board, Equals, Key, Moves, Named, Unless
from shared.contracts.units import PostHandedOver
from shared.contracts.words import PostRef, UnitRef
from shared.divisions import ScopeCode, division_of
from shared.handling import Written
from shared.ledger import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """A post as the list shows it: codes and opaque references, nobody's name."""

    county: Annotated[str, Named("division_code")]
    """The ledger in which it is registered."""
    post_id: Key[str]
    division: Annotated[str, Named("of_division"), Equals(ScopeCode)]
    """The township or county whose post it is."""
    code: Annotated[str, Equals(PostRef)]
    unit: Annotated[Moves[str], Equals(UnitRef)]
    leads: Moves[bool]
    portfolio: Moves[list[str] | None]
    portfolio_units: Moves[list[str] | None]
    valid_from: Moves[date]
    holder: Moves[str | None]
    held_since: Moves[date | None]
    vacated_on: Moves[date | None]
    substitute: Moves[str | None]
    substitute_since: Moves[date | None]
    substitute_until: Moves[date | None]
    ended_on: Moves[date | None]
    successor: Moves[str | None]
    """The post that took its matters over."""
    hand_over_reason: Moves[str | None]
    leaves_open: Moves[bool | None]
    version: Moves[int]


POSTS = Board(
    "post_board",
    shows=PostLine,
    filters=(Unless("ended", sql.SQL("ended_on is null"), "Those that have ended as well"),),
    orders={"registration": Ascending(by=("county", "post_id"), says="as they were registered")},
)


def view_writes(written: Sequence[Written[PostFile]]) -> list[Statement]:
    """Writes the board along with events of one ledger."""
    rows = [row for each in written if (row := _row(each.state))]
    return POSTS.upsert(division_of(written[0].new[0].stream_id), rows)


def _row(post: PostFile) -> dict[str, object] | None:
    registered, held, named = post.registered, post.held, post.substitute
    if registered is None:
        return None
    return {
        "post_id": registered.post_id,
        "of_division": registered.division,
        "code": registered.code,
        "unit": registered.unit,
        "leads": registered.leads,
        "portfolio": registered.portfolio,
        "portfolio_units": registered.portfolio_units,
        "valid_from": registered.valid_from,
        "holder": held and held.holder,
        "held_since": held and held.since,
        "vacated_on": post.vacated and post.vacated.on,
        "substitute": named and named.substitute,
        "substitute_since": named and named.since,
        "substitute_until": named and named.until,
        **_end(post),
        "version": post.version,
    }


def _end(post: PostFile) -> dict[str, object]:
    handed_over = post.ended if isinstance(post.ended, PostHandedOver) else None
    left = post.vacated if handed_over or post.ended is None else post.ended
    return {
        "ended_on": post.ended and post.ended.on,
        "successor": handed_over and handed_over.to,
        "hand_over_reason": handed_over and handed_over.reason,
        "leaves_open": getattr(left, "leaves_open", None),
    }
