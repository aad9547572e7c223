"""What grid does on the events of intake and mediation: it notes what became of converted reports."""

from collections.abc import Callable

from services.grid.policies import STEPS, shipped_terms
from services.grid.stream.outcomes import follow_intake, follow_mediation, outcomes_over
from shared.keys import Keys
from shared.ledger import Ledger
from shared.streaming import Fold
from shared.topics import topic_of


def followed_by(
    county: str, *, report_terms: str = STEPS
) -> Callable[[Ledger, Keys], dict[str, Fold]]:
    """The folds of grid by the topics that it follows; notes begin steps under these terms."""
    terms = shipped_terms(report_terms)

    def folds(ledger: Ledger, _: Keys) -> dict[str, Fold]:
        outcomes = outcomes_over(ledger, county=county, terms=terms)
        return {
            topic_of("intake"): follow_intake(outcomes),
            topic_of("mediation"): follow_mediation(outcomes),
        }

    return folds
