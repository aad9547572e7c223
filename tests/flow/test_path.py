"""From a command over HTTP to the live figure, over the real Kafka and PostgreSQL."""

from collections.abc import Iterator
from typing import Any

import pytest
from kafka import KafkaConsumer

from shared.cloudevents import RecordedEvent, from_message
from shared.identity import Role
from shared.ledger.chain import FIRST, digest_of, hash_after
from shared.testing.waiters import eventually
from tests.flow.doors import Doors
from tests.legal_acts import RESOLVED_BY_OPINION
from tests.opinions import OPINION

pytestmark = [pytest.mark.parts, pytest.mark.slow]

TOWNSHIP = "519900150"
FILING = {
    "channel": "visit",
    "purpose": "request",
    "category": "land",
    "headcount": 6,
    "joint": True,
    "first_or_repeat": "first",
    "person": {"name": "测试甲", "phone": "000-5550100"},
    "narrative": "村东头的地界多年不清，请求丈量。",
}
PLANTED = ("测试甲", "000-5550100", "地界多年不清")


def file_case(doors: Doors, township: str = TOWNSHIP) -> tuple[str, str]:
    filed = doors.post(f"/townships/{township}/cases", FILING, role=Role.CLERK, division=township)
    assert filed.status_code == 201, filed.text
    return filed.json()["case_id"], filed.headers["Concord-Position"]


def carry_on(doors: Doors, case: str, verb: str, body: dict[str, Any]) -> str:
    answer = doors.post(f"/cases/{case}/{verb}", body, division=case[:9])
    assert answer.status_code == 200, answer.text
    return answer.headers["Concord-Position"]


def test_a_case_goes_from_filing_to_a_figure_that_names_it(doors: Doors) -> None:
    case, position = file_case(doors)
    figures = doors.figures(TOWNSHIP, "all", at_least=position)
    assert (figures["cases_filed"]["value"], figures["cases_filed"]["unit"]) == ("1", "件")
    assert figures["resolution_rate"]["value"] is None

    carry_on(doors, case, "accept", {"responsible_unit": "land-office"})
    carry_on(
        doors,
        case,
        "answer",
        {
            "result": "supported",
            "measures": ["solve"],
            "method": "in-person",
            "opinion": OPINION,
        },
    )
    position = [carry_on(doors, case, *step) for step in RESOLVED_BY_OPINION][-1]
    figures = doors.figures(TOWNSHIP, "all", at_least=position)
    rate = figures["resolution_rate"]
    assert (rate["value"], rate["numerator"], rate["denominator"]) == ("100.0", 1, 1)
    # a filing as a group's visit was one by the first definition; the second counts receptions
    assert (figures["group_visits"]["version"], figures["group_visits"]["value"]) == (2, "0")

    evidence = doors.get(
        "stats", "/figures/resolution_rate/evidence", TOWNSHIP, division=TOWNSHIP, period="all"
    )
    assert evidence.status_code == 200, evidence.text
    assert case in evidence.text

    position = carry_on(doors, case, "reopen", {"reason": "new-facts"})
    rate = doors.figures(TOWNSHIP, "all", at_least=position)["resolution_rate"]
    assert (rate["value"], rate["numerator"], rate["denominator"]) == ("0.0", 0, 1)


def test_what_was_saved_is_visible_at_once_in_intakes_own_views(doors: Doors) -> None:
    case, position = file_case(doors, "519900151")
    board = doors.get("intake", "/cases", "519900151", at_least=position)
    assert case in board.text
    assert doors.get("intake", f"/cases/{case}", "519900151").json()["state"] == "filed"
    assert doors.get("intake", f"/cases/{case}", "519900152").status_code == 404


def messages(doors: Doors, until: int) -> Iterator[RecordedEvent]:
    """The township's events as any subscriber reads them, up to that sequence."""
    consumer = KafkaConsumer(
        "concord.intake",
        bootstrap_servers=doors.run.kafka.bootstrap,
        auto_offset_reset="earliest",
        consumer_timeout_ms=20_000,
        enable_auto_commit=False,
    )
    try:
        for message in consumer:
            event = from_message(message.headers, message.value)
            assert message.key.decode() == event.division
            if event.division == TOWNSHIP:
                yield event
                if event.sequence == until:
                    return
    finally:
        consumer.close()


def test_a_stranger_checks_the_ledger_from_kafka_alone(doors: Doors) -> None:
    _, position = file_case(doors)
    head = int(position.rpartition("@")[2])
    previous, sequence = FIRST, 0
    for event in messages(doors, head):
        sequence += 1
        digest = digest_of(
            event_id=event.event_id,
            kind=event.kind,
            schema_version=event.schema_version,
            source=event.source,
            stream_id=event.stream_id,
            division=event.division,
            occurred_at=event.occurred_at,
            data=event.data,
            actor_ref=event.actor_ref,
            correlation_id=event.correlation_id,
            causation_id=event.causation_id,
        )
        assert (event.sequence, event.previous_hash) == (sequence, previous)
        previous = hash_after(previous, digest, sequence, event.recorded_at)
        assert event.hash == previous
        assert not any(secret.encode() in event.data for secret in PLANTED)
    assert sequence == head


def test_no_log_and_no_metric_knows_the_petitioner(doors: Doors) -> None:
    file_case(doors)
    said = "".join(
        file.read_text(encoding="utf-8", errors="replace")
        for file in (doors.run.path / "logs").iterdir()
        if file.is_file()
    )
    said += doors.client.get(f"{doors.run.url('intake')}/metrics").text
    said += doors.client.get(f"{doors.run.url('stats')}/metrics").text
    said += doors.get("stats", "/metrics/figures", "519900").text
    assert said
    assert [secret for secret in PLANTED if secret in said] == []


async def test_prometheus_shows_the_townships_figures(doors: Doors) -> None:
    case, _ = file_case(doors, "519900153")
    position = carry_on(doors, case, "accept", {"responsible_unit": "land-office"})
    doors.figures("519900153", "all", at_least=position)

    def shown() -> bool:
        metrics = doors.get("stats", "/metrics/figures", "519900").text
        return 'concord_cases_accepted{division="519900153",period="year"} 1.0' in metrics

    # the gauges are computed anew every few seconds, however often they are scraped
    await eventually(shown, within=30)


def test_every_service_says_that_it_can_serve(doors: Doors) -> None:
    for name in ("intake", "stats"):
        assert doors.client.get(f"{doors.run.url(name)}/healthz").status_code == 200
        assert doors.client.get(f"{doors.run.url(name)}/readyz").status_code == 200
        assert doors.client.get(f"{doors.run.url(name)}/openapi.json").status_code == 200
