"""化解 (resolution): the matter is settled in substance, on grounds that the record has."""

from dataclasses import dataclass
from datetime import date

from services.intake.domain.case.acceptance import refuse_unless_accepted
from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import refuse_if_departed
from services.intake.domain.case.grounds import grounds_of
from services.intake.domain.case.order import refuse_out_of_order
from services.intake.domain.case.origin import Origin
from shared.contracts.case_codes import ResolvedHow
from shared.contracts.event import Event
from shared.contracts.intake import CaseResolved
from shared.decider import Mark
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveCase:
    """化解. A register states no grounds."""

    how: ResolvedHow
    on_site: bool
    grounds: tuple[str, ...] | None = None
    """The events on which it rests; None: the latest of the record that fits."""
    review_until: date | None = None
    """The petitioner's last day to ask for a review of what was served, where one runs."""
    visits: tuple[Mark, ...] = ()
    """Those at a reception at which the case was solved, as the petitioner acknowledged."""
    origin: Origin = Origin.OFFICE


class CaseResolvedOtherwise(Refusal):
    """The case is resolved already, in another way."""

    title = "The case was resolved otherwise"


def resolve(command: ResolveCase, case: CaseFile) -> list[Event]:
    """In substance; after closing too, since the time for review runs on."""
    resolved = CaseResolved(how=command.how, on_site=command.on_site, **case.about(command.origin))
    if case.holds(resolved) or _says_the_same(command, case.resolved):
        return []
    refuse_if_departed(case)
    if case.resolved:
        raise CaseResolvedOtherwise
    if command.origin is not Origin.OFFICE:
        return [resolved]
    refuse_unless_accepted(case)
    refuse_out_of_order([resolved], case)
    grounds = grounds_of(
        command.how,
        case,
        named=command.grounds,
        review_until=command.review_until,
        visits=command.visits,
    )
    return [resolved.model_copy(update={"grounds": grounds})]


def _says_the_same(command: ResolveCase, before: CaseResolved | None) -> bool:
    """Whether the case is resolved in this way; grounds that are left out are those on record."""
    if before is None or (command.how, command.on_site) != (before.how, before.on_site):
        return False
    return command.grounds in {None, before.grounds}
