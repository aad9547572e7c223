"""Technical metrics, each declared once.

Names are `concord_<what>_<unit or total>`; labels are closed sets: a service, a route's template,
a problem type; never an id, a person or a free text. Statistics of cases are in services/stats.

A counter that an alert reads exists from 0, since an alert sees no increase in a counter that
appears with its first event: what counts calls `begin` with all that it may count. A counter by
problem type (`type`) is a breakdown of such a one, and appears with the first refusal.
"""

from collections.abc import Iterable

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]


def begin(counter: Counter, *places: Iterable[str]) -> None:
    """Let a counter exist from 0 under each of these values of its labels."""
    for values in places:
        counter.labels(*values)


# --- HTTP ----------------------------------------------------------------------------------

HTTP_REQUEST_DURATION = Histogram(
    "http_request_duration_seconds",
    "From the request's first byte to the answer's last, by route template",
    ["service", "method", "route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
HTTP_REQUESTS = Counter(
    "concord_http_requests_total",
    "Requests that were answered, by route template and status",
    ["service", "method", "route", "status"],
)
REFUSALS = Counter(
    "concord_refusals_total",
    "Requests that were answered with a problem, by problem type",
    ["service", "type"],
)

# --- identity ------------------------------------------------------------------------------

ISSUER_CERTIFICATE_ENDS = Gauge(
    "concord_issuer_certificate_ends_timestamp_seconds",
    "When the certificate ends that the issuer of tokens showed last, since 1970; 0 if none was seen",
)

# --- ledgers -------------------------------------------------------------------------------

LEDGER_CONFLICTS = Counter(
    "concord_ledger_conflicts_total",
    "Commands decided again because their stream had moved on",
)

CLOCK_APART_SECONDS = Gauge(
    "concord_clock_apart_seconds",
    "How far the wall clock is ahead of the time that has passed since it was believed",
    ["service"],
)
CLOCK_BEHIND_SECONDS = Gauge(
    "concord_clock_behind_seconds",
    "How far the wall clock is behind the newest record of the service's ledgers; 0 when it is not",
    ["service"],
)
CLOCK_REFUSES = Gauge(
    "concord_clock_refuses",
    "1 while nothing is appended because the clock is not believed, else 0",
    ["service"],
)

LEDGERS_SEALED = Counter(
    "concord_ledgers_sealed_total",
    "Seals set on ledgers at the end of a day with news",
    ["service"],
)

UNSEALED_SECONDS = Gauge(
    "concord_unsealed_seconds",
    "How long ago the oldest day was over of which a ledger has events under no seal; 0 if none",
    ["service"],
)

LEDGERS_REWRITTEN = Gauge(
    "concord_ledgers_rewritten",
    "Ledgers that do not hold what the journal of seals says: nothing more is signed for them",
    ["service"],
)

SEALS_NOT_COPIED = Gauge(
    "concord_seals_not_copied",
    "Seals that wait to be copied to the place that <SERVICE>_SEALS_TO names",
    ["service"],
)

FOLLOW_UPS = Counter(
    "concord_follow_ups_total",
    "Events of other services that a policy followed, by what came of it: done or refused",
    ["service", "kind", "status"],
)
FOLLOW_UPS_REFUSED = Counter(
    "concord_follow_ups_refused_total",
    "Events of other services whose follow-up a rule of this service refused",
    ["service", "kind", "type"],
)

# --- the machine ---------------------------------------------------------------------------

BACKUP_AGE_SECONDS = Gauge(
    "concord_backup_age_seconds",
    "How long ago the last backup of the service's database was complete; infinite if there is none",
    ["service"],
)
DISK_FREE_RATIO = Gauge(
    "concord_disk_free_ratio",
    "Free space where the service keeps its journal of seals, 0 to 1 of the disk",
    ["service"],
)

# --- what falls due ------------------------------------------------------------------------

DUE_ROWS = Counter(
    "concord_due_rows_total",
    "Due rows that were handled, by what came of them; waiting ones fall due again",
    ["service", "kind", "status"],
)
DUE_REFUSED = Counter(
    "concord_due_refused_total",
    "Due rows whose command a rule of the service refused, by problem type",
    ["service", "kind", "type"],
)
DUE_ROWS_PARKED = Gauge(
    "concord_due_rows_parked",
    "Due rows that failed too often and are tried no more, in the whole county",
    ["service", "kind"],
)
CLOCK_SCHEDULER_LAG_SECONDS = Gauge(
    "concord_clock_scheduler_lag_seconds",
    "How long the oldest row that is due has waited; 0 when none is due",
    ["service", "kind"],
)

# --- streams -------------------------------------------------------------------------------

RELAY_LAG_EVENTS = Gauge(
    "concord_relay_lag_events",
    "Events of the service's ledgers that Kafka does not have yet",
    ["service"],
)
RELAY_LAG_SECONDS = Gauge(
    "concord_relay_lag_seconds",
    "Age of the oldest event that Kafka does not have yet",
    ["service"],
)
RELAY_STARTED_AGAIN = Counter(
    "concord_relay_started_again_total",
    "Times the topic was found new or shorter, and every ledger was sent again",
    ["service"],
)
CONSUMER_LAG_EVENTS = Gauge(
    "concord_consumer_lag_events",
    "Messages of the topic that this worker's partitions hold and it has not consumed",
    ["service", "source"],
)
CONSUMER_GAPS = Counter(
    "concord_consumer_gaps_total",
    "Gaps met in a ledger's sequence: each is searched for from the last good offset, then from 0",
    ["service", "source"],
)
CONSUMER_LEDGERS_WAITING = Gauge(
    "concord_consumer_ledgers_waiting",
    "Ledgers whose missing event is not on the topic: they wait until it is sent again",
    ["service", "source"],
)
DEAD_LETTERS = Counter(
    "concord_dead_letters_total",
    "Messages that were parked",
    ["service", "source"],
)
PARKED_EVENTS = Gauge(
    "concord_parked_events",
    "Events that are parked and not replayed, in the whole county: each worker counts all of them",
    ["service", "source"],
)
PROJECTION_AGE_SECONDS = Gauge(
    "concord_projection_age_seconds",
    "How old the newest consumed event is while more wait; 0 when all are consumed",
    ["service", "source"],
)
