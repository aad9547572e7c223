"""The rules of early warnings: each reads events of cases, reports, signals and mediations.

event ─► facts about subjects ─► verdict on the set of a subject's facts ─► warning

Each rule is a file of its own, named after what it warns of. A rule is pure: it reads no clock and no
table, and knows of its policy the numbers that it is given.
"""

from services.grid.domain.rules.agreement_broken import AGREEMENT_BROKEN
from services.grid.domain.rules.case_term import TERM
from services.grid.domain.rules.cluster import CLUSTER
from services.grid.domain.rules.compensation_overdue import COMPENSATION_OVERDUE
from services.grid.domain.rules.facts import RuleFact, Says
from services.grid.domain.rules.half_term import HALF_TERM_WITHOUT_STEP
from services.grid.domain.rules.policy import EarlyWarningPolicy, RulePolicy
from services.grid.domain.rules.raised_after_answer import RAISED_AFTER_ANSWER
from services.grid.domain.rules.returned_twice import RETURNED_TWICE
from services.grid.domain.rules.same_answer_text import SAME_ANSWER_TEXT
from services.grid.domain.rules.unpaid_wages import UNPAID_WAGES
from services.grid.domain.rules.verdict import Rule, Subject, Verdict

RULES = (
    RAISED_AFTER_ANSWER,
    CLUSTER,
    UNPAID_WAGES,
    COMPENSATION_OVERDUE,
    AGREEMENT_BROKEN,
    TERM,
    HALF_TERM_WITHOUT_STEP,
    RETURNED_TWICE,
    SAME_ANSWER_TEXT,
)
"""Every rule by which the office is warned of itself; what a post warns of is no rule's."""

BY_KIND = {
    kind: tuple(rule for rule in RULES if kind in rule.kinds)
    for kind in sorted({kind for rule in RULES for kind in rule.kinds})
}
"""The rules that read events of a kind."""

__all__ = [
    "BY_KIND",
    "RULES",
    "EarlyWarningPolicy",
    "Rule",
    "RuleFact",
    "RulePolicy",
    "Says",
    "Subject",
    "Verdict",
]
