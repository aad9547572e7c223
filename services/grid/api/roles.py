"""Who may do what with the register of villages, grids and workers."""

from shared.identity import Role

KEEPING = (Role.CLERK, Role.GRID_LEAD, Role.TOWNSHIP_LEADER, Role.BACKFILL)
"""Roles that keep the register."""
READING = (*KEEPING, Role.GRID_WORKER, Role.HANDLER, Role.COUNTY_LEADER, Role.AUDITOR)
LEADERS = frozenset({Role.TOWNSHIP_LEADER, Role.COUNTY_LEADER})
"""Red warnings are theirs at once, and they see safety warnings and those about a sealed matter."""
NAMING = (Role.CLERK, Role.GRID_LEAD, Role.TOWNSHIP_LEADER)
"""Roles that may see people's names, because they have to speak with them."""
