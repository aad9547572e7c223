"""化解 (resolution): the matter is settled in substance."""

from dataclasses import dataclass

from services.intake.domain.case.acceptance import refuse_unless_accepted
from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import refuse_if_departed
from services.intake.domain.case.origin import Origin
from shared.contracts.case_codes import ResolvedHow
from shared.contracts.event import Event
from shared.contracts.intake import CaseResolved
from shared.refusals import Refusal

_NEEDS_AN_ANSWER = {
    ResolvedHow.OPINION_ACCEPTED,
    ResolvedHow.TIME_FOR_REVIEW_PASSED,
    ResolvedHow.FINAL_REVIEW,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveCase:
    """化解."""

    how: ResolvedHow
    on_site: bool
    origin: Origin = Origin.OFFICE


class CaseResolvedOtherwise(Refusal):
    """The case is resolved already, in another way."""

    title = "The case was resolved otherwise"


class CaseNotAnswered(Refusal):
    """No opinion has been served on the petitioner yet."""

    title = "The case is not answered"


def resolve(command: ResolveCase, case: CaseFile) -> list[Event]:
    """In substance; after closing too, since the time for review runs on."""
    resolved = CaseResolved(how=command.how, on_site=command.on_site, **case.about(command.origin))
    if case.holds(resolved):
        return []
    refuse_if_departed(case)
    if case.resolved:
        raise CaseResolvedOtherwise
    if command.origin is Origin.OFFICE:
        refuse_unless_accepted(case)
        if command.how in _NEEDS_AN_ANSWER and case.served is None:
            raise CaseNotAnswered
    return [resolved]
