"""What is asked of a key case."""

from dataclasses import dataclass
from datetime import date

from services.intake.domain.key_cases.case_end import CaseEnd
from shared.contracts.key_case_codes import KeyCaseStep
from shared.contracts.mediation_codes import VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenKeyCase:
    """A leader takes a case; `latest` is the policy's last day for the target of a backlog case."""

    key_case_id: str
    case_id: str
    leader_post: str
    task_force: tuple[str, ...]
    plan_digest: str
    backlog: bool
    on: date
    target_on: date
    latest: date | None
    policy_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStep:
    """Something was done."""

    step_id: str
    step: KeyCaseStep
    on: date
    words_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseKeyCase:
    """How the case has ended, as its record says, and by when that is stated; None while it goes on."""

    closing_id: str
    ended: CaseEnd | None
    by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidKeyCase:
    """It was recorded by mistake."""

    reason: VoidReason


KeyCaseCommand = OpenKeyCase | RecordStep | CloseKeyCase | VoidKeyCase
