"""A key case 包案: one leader, one task force, one plan, to the end (四个一).

(none) ─ KeyCaseOpened ─► open ─ KeyCaseProgressed ─► open ─ KeyCaseClosed ─► closed
                           └─ KeyCaseVoided ─► voided

It ends with its case alone: settled where the case is resolved on grounds, lawfully ended where it
was closed or left the procedure. `commands` and `refusals` have what is asked and why not;
`key_case` decides.
"""

from services.intake.domain.key_cases.case_end import CaseEnd, ended_as
from services.intake.domain.key_cases.commands import (
    CloseKeyCase,
    KeyCaseCommand,
    OpenKeyCase,
    RecordStep,
    VoidKeyCase,
)
from services.intake.domain.key_cases.key_case import KEY_CASE, KeyCaseFile, KeyCaseState

__all__ = [
    "KEY_CASE",
    "CaseEnd",
    "CloseKeyCase",
    "KeyCaseCommand",
    "KeyCaseFile",
    "KeyCaseState",
    "OpenKeyCase",
    "RecordStep",
    "VoidKeyCase",
    "ended_as",
]
