"""Whoever waits says for what, and lets nothing of a library's words into the log."""

import pytest
import structlog

from shared.broker import BrokerAway
from shared.streaming import backoff
from shared.streaming.backoff import Backoff


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (BrokerAway("Kafka has no topic concord.grid"), "Kafka has no topic concord.grid"),
        (OSError("password of 何秀英"), "OSError"),
    ],
)
async def test_a_missing_topic_is_named(
    monkeypatch: pytest.MonkeyPatch, fault: Exception, why: str
) -> None:
    monkeypatch.setattr(backoff, "_FIRST_PAUSE", 0.001)
    with structlog.testing.capture_logs() as said:
        await Backoff("Kafka").wait(fault)
    assert [(each["what"], each["why"]) for each in said] == [("Kafka", why)]
