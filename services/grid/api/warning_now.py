"""What a rule says of an open warning by what is on record now.

The sentence of a warning is that of its raising. A term may have been extended since, a case answered,
an instalment paid: whoever looks at the warning is told what the rule would say today.
"""

from datetime import date

from services.grid.api.office import Office
from services.grid.domain.early_warning import EarlyWarning
from services.grid.domain.rules import RULES
from services.grid.domain.rules.state import Watched
from services.grid.store import rule_state
from services.grid.store.rule_state import Place
from shared.divisions import division_of
from shared.http import Body

_RULES = {rule.id: rule for rule in RULES}


class WarningNow(Body):
    """What the rule would say now."""

    level: str | None
    """None where it would not warn any more: look whether the warning can be ended."""
    reason: str | None
    """In Chinese."""
    reason_en: str | None
    last_day: date | None
    """Of the term or the promise, as extended."""


async def by_the_record(office: Office, warning: EarlyWarning) -> dict[str, object] | None:
    """None of a warning that is over, that a post raised, or of which no rule has read anything."""
    known = warning.raised
    rule = None if known is None else _RULES.get(known.rule)
    if known is None or rule is None or not warning.is_open:
        return None
    place = Place(division_of(known.warning_id), rule.id, known.subject)
    state = await rule_state.read(office.pool, place)
    if state is None or state.warning_id != known.warning_id:
        return None
    watched = Watched(rule=rule, key=known.subject, policy=office.early_warnings)
    verdict = watched.says(state, office.now())
    if verdict is None:
        return dict.fromkeys(WarningNow.model_fields)
    reason, reason_en = rule.sentences(verdict)
    day = verdict.last_day and verdict.last_day.isoformat()
    return {"level": verdict.level, "reason": reason, "reason_en": reason_en, "last_day": day}
