"""Reviews of an answer that somebody is not told of, since they see nothing of the case that repeats."""

from collections.abc import Sequence

import orjson

from services.intake.api.office import Office
from services.intake.api.reading import hidden_complaints
from services.intake.domain.case import CaseFile
from services.intake.domain.case.answer_review import NoAnswerReviewOpen
from services.intake.store.resting_cases import hidden_among
from shared.contracts.case_handling import AnswerReviewClosed, AnswerReviewOpened
from shared.divisions import county_of
from shared.identity import Actor
from shared.ledger.read import StreamEvent


async def hidden_reviews(
    office: Office, actor: Actor, history: Sequence[StreamEvent]
) -> frozenset[str]:
    """The events of reviews that were opened by a complaint of the actor's unit, or an accusation."""
    reviews = [
        (each, orjson.loads(each.data).get("repeated_by"))
        for each in history
        if each.kind in {AnswerReviewOpened.kind, AnswerReviewClosed.kind}
    ]
    hidden = await _hidden(office, actor, [case_id for _, case_id in reviews if case_id])
    found, opened_by = set[str](), None
    for event, repeated_by in reviews:
        # what closes a review names no case; a review of a rating was opened by none
        opened_by = repeated_by if event.kind == AnswerReviewOpened.kind else opened_by
        if opened_by in hidden:
            found.add(event.event_id)
    return frozenset(found)


async def refuse_hidden_review(office: Office, actor: Actor, case: CaseFile) -> None:
    """Raise NoAnswerReviewOpen where the last review is hidden from the actor."""
    reviews = [fact for fact, _ in case.proceedings.answer_reviews]
    opened = [each.repeated_by for each in reviews if isinstance(each, AnswerReviewOpened)]
    if await _hidden(office, actor, [each for each in opened[-1:] if each]):
        raise NoAnswerReviewOpen


async def _hidden(office: Office, actor: Actor, case_ids: Sequence[str]) -> frozenset[str]:
    if not case_ids:
        return frozenset()
    hidden = await hidden_complaints(office, actor)
    return await hidden_among(office.pool, county_of(actor.scope), case_ids, hidden)
