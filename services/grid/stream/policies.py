"""What grid does on the events of intake, mediation and its own ledgers.

It notes what became of converted reports, and has the rules of early warnings read what they follow.
"""

from collections.abc import Callable

from services.grid.policies import STEPS, shipped_terms
from services.grid.policies.early_warnings import EARLY_WARNINGS, chosen_early_warnings
from services.grid.stream.outcomes import SERVICE, follow_intake, follow_mediation, outcomes_over
from services.grid.stream.rule_fold import RuleFold
from shared.keys import Keys
from shared.ledger import Ledger
from shared.office.following import Following
from shared.streaming import Fold
from shared.topics import topic_of


def followed_by(
    county: str,
    *,
    report_terms: str = STEPS,
    early_warnings: str = EARLY_WARNINGS,
    wake: Callable[[], None] = lambda: None,
) -> Callable[[Ledger, Keys], dict[str, Fold]]:
    """The folds of grid by the topics that it follows; notes begin steps under these terms,
    and rules judge by this policy of early warnings.

    `wake` is called where rules have asked for a warning.
    """
    terms = shipped_terms(report_terms)
    warnings = chosen_early_warnings(early_warnings)

    def folds(ledger: Ledger, _: Keys) -> dict[str, Fold]:
        outcomes = outcomes_over(ledger, county=county, terms=terms)
        followed = (
            follow_intake(outcomes),
            follow_mediation(outcomes),
            Following(service=SERVICE, source="/grid"),
        )
        return {
            topic_of(each.source.removeprefix("/")): RuleFold(
                following=each, policy=warnings, wake=wake
            )
            for each in followed
        }

    return folds
