"""From how many people on a registration has to state that they petition jointly: policy data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationPolicy:
    """What a registration is asked for; a change is a new version."""

    version: str
    joint_from: int
    """So many people behind one matter petition jointly 联名."""


FROM_FIVE = RegistrationPolicy(version="registration.1-placeholder", joint_from=5)
"""A placeholder: the Regulation has several people choose up to five representatives [R20], and names
no number from which on a petition is a group's."""
