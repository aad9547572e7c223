"""The dashboards of machinery: one service, and Kafka with the relays."""

from deploy.grafana.panels import Choice, Dashboard, Panel
from deploy.grafana.queries import (
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
_IT = {"service": "$service"}

ONE_SERVICE = Dashboard(
    name="service",
    title="Concord: one service",
    choices=(_SERVICE,),
    panels=(
        Panel(
            title="Requests by status",
            says="A second; pages that machines read are left out.",
            asks={"{{status}}": requests(metrics.HTTP_REQUESTS, "status", **_IT)},
            unit="reqps",
        ),
        Panel(
            title="Latency",
            says="What half, and 99 of 100 requests do not exceed.",
            asks={
                f"p{share * 100:g}": quantile(share, metrics.HTTP_REQUEST_DURATION, **_IT)
                for share in (0.5, 0.99)
            },
            unit="s",
        ),
        Panel(
            title="p99 of the slowest routes",
            says="The ten slowest routes.",
            asks={
                "{{method}} {{route}}": "topk(10, "
                + quantile(0.99, metrics.HTTP_REQUEST_DURATION, "method", "route", **_IT)
                + ")"
            },
            unit="s",
        ),
        Panel(
            title="Refusals by problem",
            says="A second.",
            asks={"{{type}}": per_second(metrics.REFUSALS, "type", **_IT)},
            unit="reqps",
        ),
        Panel(
            title="Due rows by what came of them",
            says="In an hour.",
            asks={
                "{{kind}} {{status}}": in_an_hour(metrics.DUE_ROWS, "kind", "status", **_IT),
            },
        ),
        Panel(
            title="Oldest due row by kind",
            says="How long the oldest row that is due has waited.",
            asks={"{{kind}}": largest(metrics.CLOCK_SCHEDULER_LAG_SECONDS, "kind", **_IT)},
            unit="s",
        ),
        Panel(
            title="Parked due rows by kind",
            says="Tried too often, and no more.",
            asks={"{{kind}}": largest(metrics.DUE_ROWS_PARKED, "kind", **_IT)},
        ),
        Panel(
            title="A day over without a seal",
            says="How long the oldest day is over of which a ledger has events under no seal.",
            asks={"{{service}}": largest(metrics.UNSEALED_SECONDS, "service", **_IT)},
            unit="s",
        ),
        Panel(
            title="Ledgers rewritten",
            says="Ledgers that do not hold what was sealed.",
            asks={"{{service}}": largest(metrics.LEDGERS_REWRITTEN, "service", **_IT)},
            number=True,
        ),
        Panel(
            title="Clock behind the records",
            says="Times stand still while it is.",
            asks={"{{service}}": largest(metrics.CLOCK_BEHIND_SECONDS, "service", **_IT)},
            unit="s",
            number=True,
        ),
        Panel(
            title="Age of the last backup",
            says="Infinite where there was none.",
            asks={"{{service}}": largest(metrics.BACKUP_AGE_SECONDS, "service", **_IT)},
            unit="s",
            number=True,
        ),
        Panel(
            title="Disk that is free",
            says="Where the service keeps its journal of seals.",
            asks={"{{service}}": largest(metrics.DISK_FREE_RATIO, "service", **_IT)},
            unit="percentunit",
            number=True,
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
            asks={
                "{{service}} of {{source}}": total(
                    metrics.CONSUMER_LAG_EVENTS, "service", "source"
                )
            },
        ),
        Panel(
            title="Workers: age of the newest consumed event",
            says="While more wait; 0 when all are consumed.",
            asks={
                "{{service}} of {{source}}": largest(
                    metrics.PROJECTION_AGE_SECONDS, "service", "source"
                )
            },
            unit="s",
        ),
        Panel(
            title="Parked events",
            says="Not folded and not replayed.",
            asks={
                "{{service}} of {{source}}": largest(metrics.PARKED_EVENTS, "service", "source")
            },
        ),
        Panel(
            title="Ledgers that wait",
            says="For an event that is not on the topic.",
            asks={
                "{{service}} of {{source}}": total(
                    metrics.CONSUMER_LEDGERS_WAITING, "service", "source"
                )
            },
        ),
        Panel(
            title="Messages put aside, gaps met",
            says="In an hour.",
            asks={
                "put aside by {{service}}": in_an_hour(metrics.DEAD_LETTERS, "service"),
                "gaps met by {{service}}": in_an_hour(metrics.CONSUMER_GAPS, "service"),
                "sent again by {{service}}": in_an_hour(metrics.RELAY_STARTED_AGAIN, "service"),
            },
        ),
        Panel(
            title="Follow-ups by what came of them",
            says="In an hour.",
            asks={
                "{{service}} {{status}}": in_an_hour(metrics.FOLLOW_UPS, "service", "status"),
            },
        ),
    ),
)
