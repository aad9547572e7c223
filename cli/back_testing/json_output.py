"""Prints a back-test as one JSON object; the warnings one a line, with one in memory."""

from typing import Any

import orjson

from cli.back_testing.back_test import Asked, Summary
from cli.back_testing.found import Found, FoundWarning
from cli.back_testing.tables import became
from services.grid.domain.back_test.counts import Recall
from shared.times import to_wire


def print_json(division: str, asked: Asked, summary: Summary, found: Found) -> None:
    """The counts, then every warning of the period."""
    head = orjson.dumps(_head(division, asked, summary)).decode()
    print(f'{head[:-1]},"warnings":[', end="")
    for number, each in enumerate(found.warnings()):
        print("," if number else "")
        print(orjson.dumps(_warning(asked, each)).decode(), end="")
    print("\n]}")


def _head(division: str, asked: Asked, summary: Summary) -> dict[str, Any]:
    return {
        "division": division,
        "from": asked.first.isoformat(),
        "to": asked.last.isoformat(),
        "policy_version": asked.policy.version,
        "within_days": asked.within.days,
        "as_live": not asked.sees_late,
        "history_ends_at": to_wire(summary.end),
        "events": summary.read,
        "events_judged": summary.walked,
        "left_out": summary.left_out,
        "rules": [_rule(summary, rule) for rule in summary.rules],
        "failures": {kind.value: _recall(recall) for kind, recall in summary.failures.items()},
        "matters_failed": _recall(summary.all_matters),
    }


def _rule(summary: Summary, rule: Any) -> dict[str, Any]:
    counts = summary.rules[rule]
    return {
        "rule": rule.value,
        "fired": counts.fired,
        "recorded_late": counts.recorded_late,
        "found_false": counts.false,
        "precision": {"numerator": counts.right, "denominator": counts.decided},
        "before": counts.earlier,
        "at_once": counts.at_once,
        "after": counts.afterwards,
        "median_lead_days": {"value": counts.median_lead, "of": counts.right},
        "recall": _recall(summary.of_rules[rule]),
    }


def _recall(recall: Recall) -> dict[str, int]:
    return {"failed": recall.failed, "warned": recall.warned, "in_time": recall.in_time}


def _warning(asked: Asked, each: FoundWarning) -> dict[str, Any]:
    lead = each.judged.lead(asked.within)
    return {
        "warning_id": each.warning_id,
        "rule": each.judged.rule.value,
        "subject": each.subject,
        "episode": each.episode,
        "level": each.level,
        "raised_at": to_wire(each.judged.at),
        "recorded_late": each.judged.recorded_late,
        "reason": each.reason,
        "reason_en": each.reason_en,
        "because": each.because,
        "matters": [matter.matter_id for matter in each.judged.matters],
        "ended": each.ended_how,
        "ended_at": None if each.ended_at is None else to_wire(each.ended_at),
        "lead_seconds": None if lead is None else int(lead.total_seconds()),
        "became": list(became(each)),
    }
