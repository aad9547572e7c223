"""How far a process lags is read from its own metrics."""

from deploy.local.status import lag_in


def test_the_lags_of_all_ledgers_are_added() -> None:
    page = """
# TYPE concord_consumer_lag_events gauge
concord_consumer_lag_events{service="stats",source="intake"} 40
concord_consumer_lag_events{service="stats",source="grid"} 2
# TYPE concord_relay_lag_seconds gauge
concord_relay_lag_seconds 9
"""
    assert lag_in(page) == 42


def test_a_process_without_a_lag_has_none() -> None:
    assert lag_in('process_cpu_seconds_total{a="b"} 1\n') is None
