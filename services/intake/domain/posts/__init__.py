"""A post of a unit: registered, held by one holder after another, handed over or ended.

  (none) ─ PostRegistered ─► vacant ─ PostHeld ─► held ─ PostVacated ─► vacant
                               │                   │
             PostCorrected and SubstituteNamed change neither
                               │                   │
                               └───────────────────┴─ PostHandedOver | PostEnded ─► ended

A holder is an opaque reference. `commands` and `refusals` have what is asked and why not; `post`
decides.
"""

from services.intake.domain.posts.commands import (
    CorrectPost,
    EndPost,
    HandOverPost,
    HoldPost,
    NameSubstitute,
    PostCommand,
    RegisterPost,
    VacatePost,
)
from services.intake.domain.posts.post import POST, PostFile, PostState

__all__ = [
    "POST",
    "CorrectPost",
    "EndPost",
    "HandOverPost",
    "HoldPost",
    "NameSubstitute",
    "PostCommand",
    "PostFile",
    "PostState",
    "RegisterPost",
    "VacatePost",
]
