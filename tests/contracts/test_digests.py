"""The digests of an event are found by the type of its fields."""

from typing import Any

from shared.contracts.case_codes import Outcome
from shared.contracts.case_handling_codes import NoticeKind
from shared.contracts.case_notices import NoticeIssued
from shared.contracts.catalogue import event_classes
from shared.contracts.digests import digests_in
from shared.contracts.intake import CaseClosed, CaseReplied

ONE, TWO = "1" * 64, "2" * 64
ABOUT: dict[str, Any] = {"case_id": "519900101-018f0000-0000-7000-8000-000000000000"} | {
    "matter_id": "519900101-018f0000-0000-7000-8000-000000000001"
}


def test_one_that_is_required_one_that_may_be_left_out_and_a_list() -> None:
    assert list(digests_in(CaseReplied(reply_digest=ONE, **ABOUT))) == [ONE]
    notice = {"kind": NoticeKind.ACCEPTED, "paper_digest": None, **ABOUT}
    assert list(digests_in(NoticeIssued.model_validate(notice))) == []
    notice = {"kind": NoticeKind.ACCEPTED, "paper_digest": ONE, **ABOUT}
    assert list(digests_in(NoticeIssued.model_validate(notice))) == [ONE]
    evidence = {"outcome": Outcome.WITHDRAWN, "evidence": (ONE, TWO)}
    assert list(digests_in(CaseClosed.model_validate(evidence | ABOUT))) == [ONE, TWO]


KEYED_MARKS = {"about_mark", "cause_ref", "complained_mark", "text_mark", "was_cause_ref"}
"""By which nothing is found in a vault: they are equal or not."""


def test_no_event_has_a_digest_by_another_type() -> None:
    for _, event in event_classes():
        properties = event.model_json_schema()["properties"]
        written = {name for name, value in properties.items() if "{64}" in str(value)}
        patterns = written - KEYED_MARKS
        values: dict[str, Any] = dict.fromkeys(event.model_fields, ONE)
        made = event.model_construct(**values)
        assert len(list(digests_in(made))) == len(patterns), event.kind
