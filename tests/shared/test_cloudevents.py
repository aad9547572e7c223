from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.cloudevents import NotOurs, RecordedEvent, from_message, to_headers, to_structured

EVENT = RecordedEvent(
    source="/intake",
    division="519900101",
    sequence=42,
    stream_id="519900101-0198a5c0-0000-7000-8000-000000000001",
    event_id="519900101-0198a5c0-0000-7000-8000-000000000002",
    kind="case-withdrawn",
    schema_version=1,
    data=b'{"statement_recorded":true}',
    actor_ref="post-7",
    correlation_id="c-1",
    causation_id=None,
    occurred_at=datetime(2025, 3, 4, 1, 2, 3, 4, tzinfo=UTC),
    recorded_at=datetime(2025, 3, 4, 5, 6, 7, 8, tzinfo=UTC),
    previous_hash=bytes(32),
    hash=bytes(range(32)),
)


def test_an_event_survives_the_wire() -> None:
    assert from_message(to_headers(EVENT), EVENT.data) == EVENT


def test_the_headers_are_those_that_outsiders_rely_on() -> None:
    assert dict(to_headers(EVENT)) == {
        "ce_specversion": b"1.0",
        "ce_id": EVENT.event_id.encode(),
        "ce_type": b"case-withdrawn",
        "ce_source": b"/intake",
        "ce_subject": EVENT.stream_id.encode(),
        "ce_time": b"2025-03-04T01:02:03.000004Z",
        "ce_dataschema": b"/contracts/case-withdrawn/1",
        "ce_partitionkey": b"519900101",
        "ce_sequence": b"42",
        "ce_recordedtime": b"2025-03-04T05:06:07.000008Z",
        "ce_actorref": b"post-7",
        "ce_correlationid": b"c-1",
        "ce_previoushash": b"0" * 64,
        "ce_hash": bytes(range(32)).hex().encode(),
        "content-type": b"application/json",
    }


def test_what_is_absent_is_left_out() -> None:
    anonymous = replace(EVENT, actor_ref=None, correlation_id=None)
    assert {"ce_actorref", "ce_correlationid", "ce_causationid"}.isdisjoint(
        dict(to_headers(anonymous))
    )


@pytest.mark.parametrize("name", [name for name, _ in to_headers(EVENT) if name != "content-type"])
def test_a_message_that_lacks_a_header_says_which(name: str) -> None:
    headers = [(key, value) for key, value in to_headers(EVENT) if key != name]
    if name in {"ce_specversion", "ce_actorref", "ce_correlationid"}:
        from_message(headers, EVENT.data)
        return
    with pytest.raises(NotOurs, match=name):
        from_message(headers, EVENT.data)


@given(
    st.dictionaries(st.sampled_from([n for n, _ in to_headers(EVENT)]), st.binary(max_size=40)),
    st.none() | st.binary(),
)
def test_hostile_messages_are_not_ours_and_nothing_worse(
    spoilt: dict[str, bytes], value: bytes | None
) -> None:
    headers = {**dict(to_headers(EVENT)), **spoilt}
    reason = ""
    try:
        from_message(headers.items(), value)
    except NotOurs as refused:
        reason = str(refused)
    assert not any(len(each) > 8 and each.decode("latin-1") in reason for each in spoilt.values())


def test_a_message_without_a_value_is_not_ours() -> None:
    with pytest.raises(NotOurs, match="no value"):
        from_message(to_headers(EVENT), None)


def test_exports_hold_the_structured_form() -> None:
    structured = to_structured(EVENT)
    assert structured["type"] == "case-withdrawn"
    assert structured["sequence"] == "42"
    assert structured["data"] == {"statement_recorded": True}
    assert "causationid" not in structured
