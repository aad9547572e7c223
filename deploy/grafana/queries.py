"""Parts of PromQL, each made of a declared metric; ValueError for a label that it has not."""

from prometheus_client import Counter, Histogram
from prometheus_client.metrics import MetricWrapperBase

from services.stats.api.gauges import DECLARED, Age, Gauge

Declared = MetricWrapperBase | Gauge | Age
_MINUTES = "5m"
_OF_MACHINES = {"route!~": "/healthz|/readyz|/metrics.*"}
"""Pages that machines read, left out of what people meet."""
_FIGURES = {each.name: each for each in DECLARED}


def figure(name: str) -> Gauge | Age:
    """The gauge of figures by that name; KeyError where none is declared."""
    return _FIGURES[name]


def series(metric: Declared, suffix: str = "", **equal: str) -> str:
    """The metric's series where its labels have these values."""
    return _selected(metric, suffix, {f"{label}=": value for label, value in equal.items()})


def per_second(metric: MetricWrapperBase, *by: str, **equal: str) -> str:
    """How often a second, by these labels."""
    return f"sum by ({_known(metric, by)}) (rate({series(metric, **equal)}[{_MINUTES}]))"


def in_an_hour(metric: MetricWrapperBase, *by: str, **equal: str) -> str:
    """How often in the last hour, by these labels."""
    return f"sum by ({_known(metric, by)}) (increase({series(metric, **equal)}[1h]))"


def requests(metric: MetricWrapperBase, *by: str, **equal: str) -> str:
    """Requests of people a second, by these labels."""
    matchers = {f"{label}=": value for label, value in equal.items()} | _OF_MACHINES
    selected = _selected(metric, "", matchers)
    return f"sum by ({_known(metric, by)}) (rate({selected}[{_MINUTES}]))"


def quantile(share: float, metric: Histogram, *by: str, **equal: str) -> str:
    """What so many of the observations do not exceed, by these labels."""
    matchers = {f"{label}=": value for label, value in equal.items()} | _OF_MACHINES
    buckets = _selected(metric, "_bucket", matchers)
    kept = ", ".join((*_each_known(metric, by), "le"))
    return f"histogram_quantile({share:g}, sum by ({kept}) (rate({buckets}[{_MINUTES}])))"


def largest(metric: Declared, *by: str, **equal: str) -> str:
    """The largest value by these labels: several processes tell the same."""
    return f"max by ({_known(metric, by)}) ({series(metric, **equal)})"


def total(metric: Declared, *by: str, **equal: str) -> str:
    """The sum by these labels."""
    grouped = f" by ({_known(metric, by)})" if by else ""
    return f"sum{grouped} ({series(metric, **equal)})"


def rate_of_all(ratio: Gauge | Age, among: Gauge | Age, **equal: str) -> str:
    """The rate of all townships: what was counted in each, over what there was in all."""
    counted = f"{series(ratio, **equal)} * on (division, period) {series(among, **equal)}"
    return f"sum ({counted}) / sum ({series(among, **equal)})"


def name_of(metric: Declared) -> str:
    """Under what Prometheus has it."""
    if isinstance(metric, Gauge | Age):
        return metric.name
    name = str(metric._name)  # noqa: SLF001 - the library gives no other way to it
    return f"{name}_total" if isinstance(metric, Counter) else name


def _labels(metric: Declared) -> tuple[str, ...]:
    if isinstance(metric, Gauge | Age):
        return metric.labels
    return tuple(metric._labelnames)  # noqa: SLF001 - as above


def _selected(metric: Declared, suffix: str, matchers: dict[str, str]) -> str:
    _each_known(metric, [label.rstrip("=!~") for label in matchers])
    written = ", ".join(f'{label}"{value}"' for label, value in matchers.items())
    name = name_of(metric) + suffix
    return f"{name}{{{written}}}" if written else name


def _known(metric: Declared, by: tuple[str, ...]) -> str:
    return ", ".join(_each_known(metric, by))


def _each_known(metric: Declared, labels: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    for label in labels:
        if label not in _labels(metric):
            raise ValueError(f"{name_of(metric)} has no label {label!r}")
    return tuple(labels)
