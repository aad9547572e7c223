"""The route of a case's history in sentences."""

from dataclasses import dataclass

from fastapi import Response

from services.intake.api.answer_reviews_shown import hidden_reviews
from services.intake.api.case_context import find_case
from services.intake.api.office import SERVICE, TheOffice
from services.intake.api.queries import Reader
from services.intake.api.reading import refuse_reader
from services.intake.domain.case import CaseNotFound
from services.intake.domain.registry import Registry
from services.intake.store.case_number import CaseReference
from shared.divisions import division_of
from shared.http import AtLeast, Router, refused_with
from shared.office import wait_to_show
from shared.office.sentences import HistoryInSentences, in_sentences

router = Router(prefix="/cases/{case_id}", tags=["cases"])


@dataclass(frozen=True, slots=True)
class RegisteredTitles:
    """Units and posts as the registry of the county calls them: a post by its unit, never a person."""

    registry: Registry
    division: str

    def unit(self, code: str, division: str | None = None) -> str:
        """The title, or the code of a unit that the registry lacks."""
        found = self.registry.unit(division or self.division, code)
        return found.title if found else code

    def post(self, code: str) -> str:
        """`司法所 post-wu`, or the code alone where the registry lacks the post."""
        found = self.registry.post(self.division, code)
        return code if found is None else f"{self.unit(found.unit)} {code}"


@router.get("/history", response_model=HistoryInSentences, responses=refused_with(CaseNotFound))
async def history(
    case_id: CaseReference, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """The history of a case, a sentence for each event, in Chinese and English."""
    await wait_to_show(office, actor, at_least)
    case_id = await find_case(office, actor.scope, case_id)
    events = await office.cases.ledger.stream(actor.scope, case_id)
    await refuse_reader(office, actor, office.cases.fold(events).state)
    registry = await office.registry(actor.scope)
    titles = RegisteredTitles(registry, division_of(case_id))
    hidden = await hidden_reviews(office, actor, events)
    return in_sentences(SERVICE, events, titles, without=hidden)
