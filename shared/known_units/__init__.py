"""The county's units and posts as other services know them, from what intake publishes.

By them it is known whom a complaint about a unit concerns: the unit, what is below it, what has its
matters since, and posts that are in charge of it [R30].
"""

from shared.known_units.concerned_units import KnownPost, KnownUnit, KnownUnits, Place
from shared.known_units.following import REGISTRY_KINDS, follow_registry
from shared.known_units.snapshot import KnownUnitsSnapshot

__all__ = [
    "REGISTRY_KINDS",
    "KnownPost",
    "KnownUnit",
    "KnownUnits",
    "KnownUnitsSnapshot",
    "Place",
    "follow_registry",
]
