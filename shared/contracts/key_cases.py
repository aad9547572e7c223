"""Events about key cases that a leader owns to the end 包案, 四个一 [R18].

One leader, one task force, one plan, to the end. The leader is a post, the task force are units; the
plan stays in the vault. Who petitioned is in no event, and a key case says nothing of the person.
"""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contracts.event import Event
from shared.contracts.key_case_codes import KeyCaseEnd, KeyCaseStep
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.words import Digest, PostRef, UnitRef
from shared.divisions import Identifier

KeyCasePolicyVersion = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""The version of the policy that says how long a backlog case may take."""


class KeyCaseEvent(Event):
    """What all events about a key case have in common."""

    key_case_id: Identifier
    case_id: Identifier
    """The case that the leader owns, of the same township or county."""


class KeyCaseOpened(KeyCaseEvent):
    """A leader takes a case to the end."""

    leader_post: PostRef
    task_force: tuple[UnitRef, ...]
    """Units of the division, by their codes."""
    plan_digest: Digest
    backlog: Annotated[bool, Field(strict=True)]
    """历史积案: it is old, and is to be settled within the policy's months."""
    on: date
    target_on: date
    policy_version: KeyCasePolicyVersion


class KeyCaseProgressed(KeyCaseEvent):
    """A step of the leader or the task force."""

    step_id: Identifier
    step: KeyCaseStep
    on: date
    words_digest: Digest | None = None


class KeyCaseClosed(KeyCaseEvent):
    """The case has ended, and with it what the leader owed."""

    closing_id: Identifier
    end: KeyCaseEnd
    on: date
    backlog: Annotated[bool, Field(strict=True)]
    in_time: Annotated[bool, Field(strict=True)]
    """Whether it is settled by the target day."""


class KeyCaseVoided(KeyCaseEvent):
    """It had been recorded by mistake; it counts as none."""

    on: date
    backlog: Annotated[bool, Field(strict=True)]
    reason: VoidReason
