"""What grid does on the events of intake and mediation: nothing yet but to follow them.

The worker keeps its place in their ledgers; a policy is a line in `_ON_INTAKE` or `_ON_MEDIATION`.
"""

from collections.abc import Callable, Mapping

from shared.keys import Keys
from shared.ledger import Ledger
from shared.office.following import Following, Policy
from shared.streaming import Fold
from shared.topics import topic_of

SERVICE = "grid"
_ON_INTAKE: Mapping[str, Policy] = {}
_ON_MEDIATION: Mapping[str, Policy] = {}


def followed_by(_county: str) -> Callable[[Ledger, Keys], dict[str, Fold]]:
    """The folds of grid by the topics that it follows."""
    return lambda _ledger, _keys: {
        topic_of("intake"): Following(service=SERVICE, source="/intake", policies=_ON_INTAKE),
        topic_of("mediation"): Following(
            service=SERVICE, source="/mediation", policies=_ON_MEDIATION
        ),
    }
