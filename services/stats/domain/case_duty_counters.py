"""The counters of duties towards a case (versions 2): by the last day of their term.

The frequent ones come first: rows of rollups are as long as the last that counts anything.
"""

from collections.abc import Collection

from services.stats.domain import case_anchors as anchors
from services.stats.domain.case_fact import DEPARTURES, TRANSFERRED
from services.stats.domain.case_verdicts import (
    DUE,
    Extension,
    Verdict,
    receipt_verdict,
    reply_verdict,
)
from services.stats.domain.counter import Condition, Counter


def _by_receipt_term() -> list[Counter]:
    """Of the acceptance and of the notice, whose term is the same."""
    return [
        _of_receipt("acceptance_term_over", 0, DUE, "accepted", "resolved"),
        _of_receipt("accepted_within_term", 0, {Verdict.IN_TIME}, "accepted", "resolved"),
        _of_receipt("notice_due", 1, DUE, "notified"),
        _of_receipt("notice_in_time", 1, {Verdict.IN_TIME}, "notified"),
        *(_of_receipt(f"{way}_before_acceptance", 0, {way}, way) for way in DEPARTURES),
        _of_receipt("acceptance_silent", 0, {Verdict.NOT_STATED}),
        _of_receipt("acceptance_purpose_not_stated", 0, {Verdict.PURPOSE_NOT_STATED}),
        _of_receipt("acceptance_no_claim", 0, {Verdict.NO_CLAIM}),
        _of_receipt("withdrawn_before_notice", 1, {"withdrawn"}, "withdrawn"),
        _of_receipt("notice_contact_unclear", 1, {Verdict.CONTACT_UNCLEAR}),
        _of_receipt("notice_accusation", 1, {Verdict.ACCUSATION}),
        _of_receipt("notice_silent", 1, {Verdict.NOT_STATED}),
        _of_receipt("transferred_before_acceptance", 0, {TRANSFERRED}, TRANSFERRED),
    ]


def _of_receipt(name: str, place: int, verdicts: Collection[str], *made_by: str) -> Counter:
    on = anchors.RECEIPT_TERM_ENDS
    return Counter(
        name,
        on,
        lambda fact: receipt_verdict(fact)[place] in verdicts,
        _judged("filed", *made_by),
    )


def _by_reply_term_of_petitioner() -> list[Counter]:
    return [
        _of_reply("reply_term_over", _is(DUE), "answered", "resolved"),
        _of_reply("replied_within_term", _is({Verdict.IN_TIME}), "answered", "resolved"),
        _of_reply("petitioner_day_not_stated", _lacks_petitioners_day),
        _of_reply("reply_purpose_not_stated", _is({Verdict.PURPOSE_NOT_STATED})),
        _of_reply("reply_no_claim", _is({Verdict.NO_CLAIM})),
        _of_reply("replied_within_extension", _has(Extension.WITHIN), "answered", "extended"),
        _of_reply(
            "extension_without_notice",
            _has(Extension.WITHOUT_NOTICE),
            "extended",
            "extension_notified",
        ),
        *(_of_reply(f"{way}_before_reply", _is({way}), way) for way in DEPARTURES),
        _of_reply("transferred_before_reply", _is({TRANSFERRED}), TRANSFERRED),
    ]


def _is(verdicts: Collection[str]) -> Condition:
    return lambda verdict: verdict[0] in verdicts


def _has(extension: Extension) -> Condition:
    return lambda verdict: verdict[1] == extension


def _lacks_petitioners_day(verdict: tuple[str, str, bool]) -> bool:
    return verdict[0] in DUE and not verdict[2]


def _of_reply(name: str, says: Condition, *made_by: str) -> Counter:
    on = anchors.REPLY_TERM_ENDS
    return Counter(name, on, lambda fact: says(reply_verdict(fact)), _judged("accepted", *made_by))


def _judged(*made_by: str) -> tuple[str, ...]:
    """Of the case by which the term is judged, also while another ledger holds the matter."""
    return tuple(f"judged.{name}" for name in made_by)


CASE_DUTY_COUNTERS = (*_by_receipt_term(), *_by_reply_term_of_petitioner())
