"""The JSON of figures, evidence and measures."""

from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

from services.stats.api.questions import Asked
from services.stats.asking.evidence import CountedEntity, Evidence
from services.stats.asking.figures import Answer
from services.stats.domain.case_step import EVENT_OF
from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.ledgers import LedgerName, Vector
from services.stats.domain.measures import (
    MEASURES,
    Change,
    Count,
    Figure,
    Measure,
    Quantile,
    Rate,
    Stock,
    service_of,
)
from services.stats.domain.measures.definition import ROUNDING, Formula, Kind, Listed, Name
from services.stats.domain.policy import POLICY
from services.stats.domain.time_basis import TimeBasis
from shared.times import to_wire


def figures_json(asked: Asked, answer: Answer) -> dict[str, Any]:
    """The object of interface §5."""
    return {
        **_about(asked, answer),
        "figures": [_figure(asked, figure, answer.parked) for figure in answer.figures],
    }


def evidence_head(asked: Asked, measure: Measure, part: str, found: Evidence) -> dict[str, Any]:
    """What a page of evidence is about."""
    named = {"id": measure.id, "version": measure.version, "part": part}
    return {**named, **_about(asked, found), "withheld": found.withheld}


def counted_json(subject: CountedSubject, counted: CountedEntity) -> dict[str, Any]:
    """A counted matter, by the name of its kind, and the events that made it count."""
    return {
        f"{subject.name}_id": counted.entity_id,
        "events": [
            {
                "position": f"{LedgerName(step.source[1:], step.division)}@{step.seq}",
                "event_id": step.event_id,
                "kind": EVENT_OF.get(step.kind, step.kind),
                "occurred_at": to_wire(step.at),
                "recorded_at": to_wire(step.recorded_at),
            }
            for step in counted.steps
        ],
    }


def measure_json(measure: Measure) -> dict[str, Any]:
    """A definition, whole."""
    treatment = measure.treatment
    return {
        "id": measure.id,
        "version": measure.version,
        "name": _name(measure.name),
        "unit": measure.unit.value,
        "formula": _formula(measure.formula),
        "cohort": measure.cohort,
        "treatment": {
            name: getattr(treatment, name) for name in (field.name for field in fields(treatment))
        },
        "excluded": [_listed(each) for each in measure.excluded],
        "beside": [_listed(each) for each in measure.beside],
        "kinds": [_kind(each) for each in measure.kinds],
        "minimum_sample": measure.minimum_sample,
        "rounding": ROUNDING,
        "without_base": measure.without_base,
        "basis": measure.basis,
        "policy": {name: _threshold(name) for name in measure.policy},
        "plausible": measure.plausible,
    }


def _about(asked: Asked, found: Answer | Evidence) -> dict[str, Any]:
    question = asked.question
    return {
        "division": question.division,
        "period": question.period.text,
        "by": question.by.value,
        **question.chosen.by_parameter(),
        "as_of": {str(ledger): seq for ledger, seq in sorted(found.vector.items())},
        "horizon": found.horizon.isoformat(),
        "parked": {str(ledger): events for ledger, events in sorted(found.parked.items())},
    }


def _figure(asked: Asked, figure: Figure, parked: Vector) -> dict[str, Any]:
    measure = figure.measure
    return {
        "id": measure.id,
        "version": measure.version,
        "name": _name(measure.name),
        "value": figure.value,
        "unit": measure.unit.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "cohort": measure.cohort,
        "excluded": dict(figure.excluded),
        "beside": dict(figure.beside),
        **_groups(figure),
        "note": _note(figure, parked),
        "basis": measure.basis,
        "evidence": _evidence_link(asked, measure),
    }


def _groups(figure: Figure) -> dict[str, Any]:
    """Of figures that are given by kind alone."""
    if figure.groups is None:
        return {}
    groups = [{"code": code, "value": str(value)} for code, value in figure.groups.items()]
    return {"groups": groups}


def _note(figure: Figure, parked: Vector) -> str | None:
    service = service_of(figure.measure)
    lacking = [
        f"{events} of {ledger}"
        for ledger, events in sorted(parked.items())
        if ledger.service == service
    ]
    said = [figure.note, f"without parked events: {', '.join(lacking)}" if lacking else None]
    return "; ".join(filter(None, said)) or None


def _evidence_link(asked: Asked, measure: Measure) -> str:
    question = asked.question
    about = {
        "division": question.division,
        "period": question.period.text,
        "by": None if question.by is TimeBasis.OCCURRED else question.by.value,
        **question.chosen.by_parameter(),
        "as_of": asked.as_of,
        "horizon": question.horizon and question.horizon.isoformat(),
        "version": None if MEASURES[measure.id] is measure else measure.version,
    }
    query = urlencode({name: value for name, value in about.items() if value is not None})
    return f"/figures/{measure.id}/evidence?{query}"


def _name(name: Name) -> dict[str, str]:
    return {"zh": name.zh, "en": name.en}


def _listed(listed: Listed) -> dict[str, Any]:
    return {"key": listed.key, "name": _name(listed.name), "counter": listed.counter}


def _formula(formula: Formula) -> dict[str, str]:
    match formula:
        case Count(counter):
            return {"kind": "count", "counter": counter}
        case Rate(numerator, denominator):
            return {"kind": "rate", "numerator": numerator, "denominator": denominator}
        case Change(counter):
            return {"kind": "change-on-the-year", "counter": counter}
        case Stock(joined, left):
            return {"kind": "stock", "joined": joined, "left": left}
        case Quantile(counter, percent):
            return {"kind": "quantile", "counter": counter, "percent": str(percent)}


def _kind(kind: Kind) -> dict[str, Any]:
    return {"code": kind.code, "name": kind.name, "formula": _formula(kind.formula)}


def _threshold(name: str) -> dict[str, Any]:
    return {
        "value": getattr(POLICY, name),
        "version": POLICY.version,
        "placeholder": name in POLICY.placeholders,
    }
