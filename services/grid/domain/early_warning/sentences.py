"""The sentences of warnings that no rule makes: fixed ones, of which nobody types a word."""

from shared.contracts.early_warning_codes import WarningRule, WarningSubject

Sentences = tuple[str, str]
"""In Chinese and in English."""

SAFETY: Sentences = (
    "有人身安全风险,请立即核实并依法处置。",
    "Safety is at risk: look into it at once, and act as the law says.",
)
MATTER: Sentences = (
    "基层工作人员就此事项预警,请研判处置。",
    "A post of the office warns about this matter: look into it and act.",
)


def by_post(kind: WarningSubject) -> Sentences:
    """Of a warning that a post raises."""
    return SAFETY if kind is WarningSubject.SAFETY else MATTER


def recorded_afterwards(kind: WarningSubject, rule: WarningRule) -> Sentences:
    """Of a warning that an older record states; for safety the one that every safety warning has."""
    if kind is WarningSubject.SAFETY:
        return SAFETY
    return f"补录的历史预警:{rule.label}。", f"Recorded afterwards, by the rule {rule.value}."
