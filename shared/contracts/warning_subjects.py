"""What a warning may be about, by kind and rule: forms in which nobody could be named.

A matter is the subject of any warning about it. Besides, a cluster is a place and an issue or an
organisation by its keyed mark, a term is a case, a promise a mediation, and a text an answer's keyed
mark. That a matter, a case or a mediation is on record is looked up by whoever states it.
"""

import re

from shared.contracts.case_codes import Category
from shared.contracts.early_warning_codes import WarningRule, WarningSubject
from shared.divisions import county_of, division_of, in_scope

_PLACE_AND_ISSUE = re.compile(rf"([1-9][0-9]{{11}})/({'|'.join(Category)})")
_CAUSE, _TEXT = re.compile("cause/[0-9a-f]{64}"), re.compile("text/[0-9a-f]{64}")
_OF_RECORDS = (
    (WarningSubject.AGENCY_CLOCK, WarningRule.TERM),
    (WarningSubject.AGENCY_CLOCK, WarningRule.HALF_TERM_WITHOUT_STEP),
    (WarningSubject.SERVICE_FAILURE, WarningRule.COMPENSATION_OVERDUE),
    (WarningSubject.SERVICE_FAILURE, WarningRule.AGREEMENT_BROKEN),
)
"""These are about one case or one mediation."""


def subject_fits(
    kind: WarningSubject, rule: WarningRule, subject: str, *, matter_id: str | None, division: str
) -> bool:
    """Whether a warning in the division's ledger may be about that subject."""
    if subject == matter_id:
        return is_of_county(subject, division)
    match kind, rule:
        case WarningSubject.ISSUE_CLUSTER, WarningRule.CLUSTER:
            found = _PLACE_AND_ISSUE.fullmatch(subject)
            return found is not None and in_scope(division, found[1])
        case WarningSubject.ISSUE_CLUSTER, WarningRule.UNPAID_WAGES:
            return _CAUSE.fullmatch(subject) is not None
        case WarningSubject.SERVICE_FAILURE, WarningRule.SAME_ANSWER_TEXT:
            return _TEXT.fullmatch(subject) is not None
        case _:
            return (kind, rule) in _OF_RECORDS and is_of_county(subject, division)


def is_of_county(identifier: str, division: str) -> bool:
    """Whether it is the id of a record in a ledger of the division's county."""
    try:
        return county_of(division_of(identifier)) == county_of(division)
    except ValueError:
        return False
