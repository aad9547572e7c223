"""A petition that is mediated, as two services show it; what goes wrong between them is named."""

from dataclasses import replace

from tests.chaos.checker import check
from tests.chaos.made_up import (
    CASE,
    COMMITTEE,
    DISPUTE,
    DIVISION,
    GRID,
    INTAKE,
    MEDIATION,
    MEDIATOR,
    Made,
    again,
    shown,
    twice,
    without,
)
from tests.chaos.observed import Observation

_OF_CASE = {"case_id": CASE}
_AS_REFERRED = _OF_CASE | {"origin": "referred"}
SET_UP = [
    Made(MEDIATION, MEDIATOR, "mediator-enrolled", "enrol"),
    Made(MEDIATION, COMMITTEE, "committee-established", "establish"),
]
FILED = Made(INTAKE, CASE, "case-filed", "file", said=_OF_CASE)
ROUTED = Made(INTAKE, CASE, "case-routed", "accept", said=_OF_CASE)
ACCEPTED = Made(INTAKE, CASE, "case-accepted", "accept", said=_OF_CASE)
REFERRED = Made(
    INTAKE,
    CASE,
    "case-referred-to-mediation",
    "refer",
    said=_OF_CASE | {"committee_id": COMMITTEE},
)
APPLIED = Made(
    MEDIATION, DISPUTE, "mediation-applied", "refer", REFERRED.event_id, said=_AS_REFERRED
)


def of_dispute(kind: str, command: str) -> Made:
    return Made(MEDIATION, DISPUTE, kind, command, said=_OF_CASE)


def noted(of: Made) -> Made:
    return Made(INTAKE, CASE, "mediation-outcome-noted", of.command, of.event_id, said=_OF_CASE)


HELD = of_dispute("mediation-session-held", "hold")
HELD_AGAIN = of_dispute("mediation-session-held", "hold-again")
SIGNED = of_dispute("mediation-succeeded", "sign")
PERFORMED = of_dispute("agreement-performed", "perform")
RESOLVED = Made(INTAKE, CASE, "case-resolved", "perform", PERFORMED.event_id, said=_OF_CASE)
BREACHED = of_dispute("agreement-breached", "undo")
REOPENED = Made(INTAKE, CASE, "case-reopened", "undo", BREACHED.event_id, said=_OF_CASE)
NOTE, RESOLUTION = f"mediation-outcome-noted in {INTAKE}", f"case-resolved in {INTAKE}"
ALL = [
    *(*SET_UP, FILED, ROUTED, ACCEPTED, REFERRED, APPLIED, HELD, HELD_AGAIN, SIGNED),
    noted(SIGNED),
    *(PERFORMED, noted(PERFORMED), RESOLVED, BREACHED, noted(BREACHED), REOPENED),
]
VERBS = {
    name: name for name in ("enrol", "establish", "file", "accept", "refer", "hold", "sign")
} | {
    "hold-again": "hold",
    "perform": "perform",
    "undo": "undo",
}


def sound() -> Observation:
    return shown(ALL, VERBS)


def found(seen: Observation) -> list[tuple[str, str]]:
    return [(finding.rule, finding.says) for finding in check(seen)]


def came(cause: Made, what: str) -> tuple[str, str]:
    return "follow-up", f"of event {cause.event_id} came {what}, due once"


def test_nothing_is_said_where_two_services_have_done_everything_right() -> None:
    assert check(sound()) == []


def test_a_referral_that_was_lost() -> None:
    assert found(without(sound(), "mediation-applied")) == [came(REFERRED, "nothing")]


def test_a_referral_that_became_two_disputes() -> None:
    doubled = twice(sound(), "mediation-applied", stream_id=f"{DIVISION}-9")
    ledger = f"mediation-applied in {MEDIATION}"
    assert found(doubled) == [came(REFERRED, f"{ledger}, {ledger}")]


def test_a_referral_that_became_a_dispute_of_another_case() -> None:
    other = replace(APPLIED, said=_AS_REFERRED | {"case_id": f"{DIVISION}-8"})
    wrong = again(sound(), [other if each is APPLIED else each for each in ALL])
    assert found(wrong) == [came(REFERRED, f"mediation-applied in {MEDIATION}")]


def test_a_referral_to_nobody_is_declined_and_the_petition_learns_of_it() -> None:
    to_nobody = replace(REFERRED, said=_OF_CASE | {"committee_id": MEDIATOR})
    declined = replace(APPLIED, kind="mediation-not-taken-up", said=_OF_CASE)
    verbs = {"enrol": "enrol", "file": "file", "refer": "refer-to-nobody"}
    asked = [SET_UP[0], FILED, to_nobody]
    assert check(shown([*asked, declined, noted(declined)], verbs)) == []
    assert found(shown(asked, verbs)) == [came(to_nobody, "nothing")]
    assert found(shown([*asked, declined], verbs)) == [came(declined, "nothing")]
    taken = came(to_nobody, f"mediation-applied in {MEDIATION}")
    assert found(shown([*asked, APPLIED], verbs)) == [taken]


def test_a_kept_promise_that_did_not_resolve_its_case() -> None:
    # without the resolution the reopening of the breach stands, and is still due
    assert found(without(sound(), "case-resolved")) == [came(PERFORMED, NOTE)]


def test_a_success_that_the_petition_did_not_learn_of() -> None:
    unheard = [each for each in ALL if each != noted(SIGNED)]
    assert found(again(sound(), unheard)) == [came(SIGNED, "nothing")]


def test_a_success_that_the_petition_learned_of_twice() -> None:
    assert found(again(sound(), [*ALL, noted(SIGNED)])) == [came(SIGNED, f"{NOTE}, {NOTE}")]


def test_a_kept_promise_that_resolved_its_case_twice() -> None:
    # the second stands after the reopening, so the figures count the case
    said = came(PERFORMED, f"{NOTE}, {RESOLUTION}, {RESOLUTION}")
    assert said in found(twice(sound(), "case-resolved"))


def test_a_broken_promise_that_did_not_open_its_case_again() -> None:
    assert found(without(sound(), "case-reopened")) == [came(BREACHED, NOTE)]


def test_a_case_that_was_not_accepted_is_resolved_by_nothing() -> None:
    not_accepted = again(sound(), [each for each in ALL if each not in (ROUTED, ACCEPTED)])
    assert found(not_accepted) == [
        came(PERFORMED, f"{NOTE}, {RESOLUTION}"),
        came(BREACHED, f"{NOTE}, case-reopened in {INTAKE}"),
    ]


def test_a_case_that_a_dispute_only_names_is_resolved_by_nothing() -> None:
    named = replace(APPLIED, command="apply", cause=None)
    events = [*SET_UP, FILED, ROUTED, ACCEPTED, named, SIGNED, PERFORMED, RESOLVED]
    verbs = {each.command: each.command for each in events} | {"apply": "apply-naming-a-case"}
    assert found(shown(events, verbs)) == [("unasked", "case-resolved does not follow")]


def test_a_promise_performed_after_it_was_broken_resolves_the_case_again() -> None:
    performed = replace(PERFORMED, command="perform again")
    resolved = replace(RESOLVED, command="perform again", cause=performed.event_id)
    verbs = VERBS | {"perform again": "perform"}
    assert check(shown([*ALL, performed, noted(performed), resolved], verbs)) == []
    assert found(shown([*ALL, performed, noted(performed)], verbs)) == [came(performed, NOTE)]


def test_what_follows_without_a_cause_is_asked_for_by_nobody() -> None:
    events = [replace(each, cause=None) if each is RESOLVED else each for each in ALL]
    said = found(again(sound(), events))
    assert ("unasked", "case-resolved of no command") in said
    assert came(PERFORMED, NOTE) in said


REPORT = f"{DIVISION}-5"
_OF_REPORT = {"report_id": REPORT}
SUBMITTED = Made(GRID, REPORT, "grid-report-submitted", "report", said=_OF_REPORT)
CONVERTED = Made(
    GRID,
    REPORT,
    "grid-report-converted",
    "convert-report",
    said=_OF_REPORT | {"committee_id": COMMITTEE},
)
TAKEN_UP = Made(
    *(MEDIATION, DISPUTE, "mediation-applied", "convert-report", CONVERTED.event_id),
    said=_OF_REPORT,
)
FAILED = Made(MEDIATION, DISPUTE, "mediation-failed", "fail", said=_OF_REPORT)


def noted_on_report(of: Made) -> Made:
    kind = "grid-report-outcome-noted"
    return Made(GRID, REPORT, kind, of.command, of.event_id, said=_OF_REPORT)


CONVERSION = [
    *(*SET_UP, SUBMITTED, CONVERTED, TAKEN_UP, noted_on_report(TAKEN_UP)),
    *(FAILED, noted_on_report(FAILED)),
]
BY_REPORT = {each.command: each.command for each in CONVERSION}


def test_a_converted_report_notes_each_outcome_once() -> None:
    assert check(shown(CONVERSION, BY_REPORT)) == []
    lost = [each for each in CONVERSION if each != noted_on_report(FAILED)]
    assert found(shown(lost, BY_REPORT)) == [came(FAILED, "nothing")]
    note = f"grid-report-outcome-noted in {GRID}"
    doubled = shown([*CONVERSION, noted_on_report(FAILED)], BY_REPORT)
    assert found(doubled) == [came(FAILED, f"{note}, {note}")]


def test_a_conversion_that_nobody_took_up() -> None:
    asked = [*SET_UP, SUBMITTED, CONVERTED]
    verbs = {each.command: each.command for each in asked}
    assert found(shown(asked, verbs)) == [came(CONVERTED, "nothing")]


def test_a_figure_of_mediation_that_is_off_by_one() -> None:
    seen = sound()
    figures = {
        **seen.figures,
        (DIVISION, "mediation_sessions"): 1,
        (DIVISION, "mediations_succeeded"): 0,
    }
    assert found(replace(seen, figures=figures)) == [
        ("figure", "is 0, by the ledger it is 1"),
        ("figure", "is 1, by the ledger it is 2"),
    ]


def test_a_ledger_of_mediation_that_stats_is_behind() -> None:
    seen = sound()
    assert found(replace(seen, as_of={**seen.as_of, MEDIATION: 2})) == [
        ("as of", "stats is at 2, the ledger at 8")
    ]


def test_evidence_names_a_dispute_of_two_sessions_once() -> None:
    seen = sound()
    evidence = {**seen.evidence, (DIVISION, "mediation_sessions"): [DISPUTE, DISPUTE]}
    assert found(replace(seen, evidence=evidence)) == [
        ("evidence", f"{DISPUTE} is named 2 times, due 1")
    ]


def stated(takes_effect_at: str) -> Made:
    said = _OF_CASE | {"takes_effect_at": takes_effect_at}
    return Made(INTAKE, CASE, "withdrawal-stated", "state", said=said)


RUNNING = stated("2026-01-08T16:00:00.000000Z")
WITHDRAWN = Made(INTAKE, CASE, "case-withdrawn", "state", RUNNING.event_id, said=_OF_CASE)


def test_a_withdrawal_that_ends_its_case_too_early_is_named() -> None:
    verbs = {"file": "file", "state": "state-withdrawal"}
    assert check(shown([FILED, RUNNING], verbs)) == []
    assert found(shown([FILED, RUNNING, WITHDRAWN], verbs)) == [
        ("unasked", "case-withdrawn does not follow")
    ]
