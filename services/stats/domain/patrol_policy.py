"""Where a patrol is due on which days, as grid's own policy `patrol.1-placeholder` has it.

Every grid of these kinds, every day from its first to its last. Another policy is another version
of the measure.
"""

from shared.contracts.grid_codes import GridKind

VERSION = "patrol.1-placeholder"
PATROLLED_KINDS = frozenset({GridKind.BASIC.value})
