"""The open matters of a post that is vacated, substituted or ended."""

from dataclasses import dataclass

from services.intake.api.office import Office
from services.intake.domain.posts import PostFile, refusals
from services.intake.store import open_matters
from services.intake.store.registry_locks import Given, post_ends
from services.intake.store.registry_rows import mark_of, registry_of
from shared.divisions import county_of
from shared.ledger import Statement
from shared.times import china_day


@dataclass(frozen=True, slots=True)
class Matters:
    """What is open with a post, and with those that it has taken over or acts for."""

    given: Given
    substituted: bool
    """Whether a post that is held acts for it."""

    @property
    def open(self) -> int:
        """How many cases are open."""
        return self.given.open

    def unmoved(self, post_id: str) -> list[Statement]:
        """A conflict of the append if they came to be some, or none, meanwhile."""
        return [post_ends(post_id, self.given)]


async def matters_of(office: Office, post: PostFile) -> Matters:
    """Look them up; raises PostNotFound."""
    if post.registered is None:
        raise refusals.PostNotFound
    today, county = china_day(office.now()), county_of(post.registered.post_id)
    mark = await mark_of(office.pool, county)
    registry = await registry_of(office.pool, county)
    division, code = post.registered.division, post.registered.code
    places = registry.posts_given_to((division, code), today)
    known = registry.post(division, code)
    substitute = known.substitute_on(today) if known else None
    known_open = await open_matters.of_posts(office.pool, county, places)
    return Matters(
        Given(mark, places, known_open),
        substitute is not None and not registry.post_unheld(division, substitute, today),
    )
