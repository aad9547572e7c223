"""The dashboards of machinery: one service, and Kafka with the relays."""

from collections.abc import Callable, Mapping

from deploy.grafana.panels import Choice, Dashboard, Panel
from deploy.grafana.queries import (
    Declared,
    in_an_hour,
    largest,
    per_second,
    quantile,
    requests,
    total,
)
from shared import metrics
from shared.services import SERVICES

_SERVICE = Choice(
    name="service", title="Service", values=tuple(service.name for service in SERVICES)
)
_CHOSEN = {"service": "$service"}
_LATENCY = metrics.HTTP_REQUEST_DURATION


def _by(query: Callable[..., str], metric: Declared, *labels: str) -> Mapping[str, str]:
    """A line of the chosen service for each value of these labels."""
    return {" ".join(f"{{{{{each}}}}}" for each in labels): query(metric, *labels, **_CHOSEN)}


def _now(title: str, says: str, metric: Declared, *, unit: str = "s") -> Panel:
    """A number of the chosen service as it is now."""
    return Panel(
        title=title, says=says, asks=_by(largest, metric, "service"), unit=unit, number=True
    )


def _of_workers(query: Callable[..., str], metric: Declared) -> Mapping[str, str]:
    """A line for each worker and the service whose topic it reads."""
    return {"{{service}} of {{source}}": query(metric, "service", "source")}


ONE_SERVICE = Dashboard(
    name="service",
    title="Concord: one service",
    choices=(_SERVICE,),
    panels=(
        Panel(
            title="Requests by status",
            says="A second; pages that machines read are left out.",
            asks=_by(requests, metrics.HTTP_REQUESTS, "status"),
            unit="reqps",
        ),
        Panel(
            title="Latency",
            says="What half, and 99 of 100 requests do not exceed.",
            asks={
                f"p{share * 100:g}": quantile(share, _LATENCY, **_CHOSEN) for share in (0.5, 0.99)
            },
            unit="s",
        ),
        Panel(
            title="p99 of the slowest routes",
            says="The ten slowest routes.",
            asks={
                "{{method}} {{route}}": "topk(10, "
                + quantile(0.99, _LATENCY, "method", "route", **_CHOSEN)
                + ")"
            },
            unit="s",
        ),
        Panel(
            title="Refusals by problem",
            says="A second.",
            asks=_by(per_second, metrics.REFUSALS, "type"),
            unit="reqps",
        ),
        Panel(
            title="Due rows by what came of them",
            says="In an hour.",
            asks=_by(in_an_hour, metrics.DUE_ROWS, "kind", "status"),
        ),
        Panel(
            title="Oldest due row by kind",
            says="How long the oldest row that is due has waited.",
            asks=_by(largest, metrics.CLOCK_SCHEDULER_LAG_SECONDS, "kind"),
            unit="s",
        ),
        Panel(
            title="Parked due rows by kind",
            says="Tried too often, and no more.",
            asks=_by(largest, metrics.DUE_ROWS_PARKED, "kind"),
        ),
        Panel(
            title="A day over without a seal",
            says="How long the oldest day is over of which a ledger has events under no seal.",
            asks=_by(largest, metrics.UNSEALED_SECONDS, "service"),
            unit="s",
        ),
        _now(
            "Ledgers rewritten",
            "Ledgers that do not hold what was sealed.",
            metrics.LEDGERS_REWRITTEN,
            unit="short",
        ),
        _now(
            "Clock behind the records",
            "Times stand still while it is.",
            metrics.CLOCK_BEHIND_SECONDS,
        ),
        _now(
            "Age of the last backup", "Infinite where there was none.", metrics.BACKUP_AGE_SECONDS
        ),
        _now(
            "Disk that is free",
            "Where the service keeps its journal of seals.",
            metrics.DISK_FREE_RATIO,
            unit="percentunit",
        ),
    ),
)

KAFKA = Dashboard(
    name="kafka",
    title="Concord: Kafka and relay",
    panels=(
        Panel(
            title="Relay: events that Kafka lacks",
            says="By the service whose ledgers they are in.",
            asks={"{{service}}": largest(metrics.RELAY_LAG_EVENTS, "service")},
        ),
        Panel(
            title="Relay: age of the oldest",
            says="Of the events that Kafka lacks.",
            asks={"{{service}}": largest(metrics.RELAY_LAG_SECONDS, "service")},
            unit="s",
        ),
        Panel(
            title="Workers: messages behind",
            says="By worker and the topic's service.",
            asks=_of_workers(total, metrics.CONSUMER_LAG_EVENTS),
        ),
        Panel(
            title="Workers: age of the newest consumed event",
            says="While more wait; 0 when all are consumed.",
            asks=_of_workers(largest, metrics.PROJECTION_AGE_SECONDS),
            unit="s",
        ),
        Panel(
            title="Parked events",
            says="Not folded and not replayed.",
            asks=_of_workers(largest, metrics.PARKED_EVENTS),
        ),
        Panel(
            title="Ledgers that wait",
            says="For an event that is not on the topic.",
            asks=_of_workers(total, metrics.CONSUMER_LEDGERS_WAITING),
        ),
        Panel(
            title="Messages put aside, gaps met",
            says="In an hour.",
            asks={
                f"{what} by {{{{service}}}}": in_an_hour(metric, "service")
                for what, metric in (
                    ("put aside", metrics.DEAD_LETTERS),
                    ("gaps met", metrics.CONSUMER_GAPS),
                    ("sent again", metrics.RELAY_STARTED_AGAIN),
                )
            },
        ),
        Panel(
            title="Follow-ups by what came of them",
            says="In an hour.",
            asks={"{{service}} {{status}}": in_an_hour(metrics.FOLLOW_UPS, "service", "status")},
        ),
    ),
)
