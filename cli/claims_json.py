"""Findings as JSON: columns are counted from 1, `from` and `to` are inclusive."""

from typing import Any

from claims.rules.check import Checked
from claims.rules.finding import Finding


def as_json(checked: Checked) -> dict[str, Any]:
    """`claims` in the order of the document, `counts` by verdict."""
    return {
        "claims": [_claim(finding) for finding in checked.findings],
        "counts": {verdict.value: count for verdict, count in checked.counts.items()},
    }


def _claim(finding: Finding) -> dict[str, Any]:
    place = finding.place
    claim = {
        "text": finding.sentence.printed,
        "line": place.line,
        "from": place.first,
        "to": place.last,
        "kind": finding.kind.value,
        "stated": finding.stated,
        "computed": finding.computed,
        "uses": list(finding.uses),
        "verdict": finding.verdict.value,
        "why": finding.why,
    }
    return claim if place.page is None else claim | {"page": place.page}
