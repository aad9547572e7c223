"""Every name that the services publish or keep: events, codes, tables, metrics, routes and answers."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

import psycopg
from prometheus_client.registry import REGISTRY
from prometheus_client.registry import Collector as MetricCollector

from services.stats.api.gauge_reading import FigureGauges
from services.stats.api.queries import router as figures
from shared.contracts.catalogue import event_classes
from shared.contracts.document import code_lists
from shared.http import build_app
from shared.keys import Keys
from shared.services import SERVICES
from shared.testing.tokens import TokenMaker
from tests.migrated import migrated
from tests.parts import PostgresForTests

_COLUMNS = """
    select table_name, column_name from information_schema.columns
    where table_schema not in ('pg_catalog', 'information_schema')
"""
_METHODS = {"get", "put", "post", "delete", "patch"}


class Named(NamedTuple):
    """One name, by what it is a name of: a column of a table, a label of a metric …"""

    what: str
    owner: str
    name: str


def every_name(postgres: PostgresForTests) -> frozenset[Named]:
    """All of them, of all services."""
    return frozenset((*_events(), *_codes(), *_columns(postgres), *_labels(), *_routes()))


def _events() -> Iterator[Named]:
    for service, event in event_classes():
        yield Named("event", service, event.kind)
        for field in event.model_fields:
            yield Named("field", event.kind, field)


def _codes() -> Iterator[Named]:
    for codes in code_lists():
        yield Named("code list", "contracts", codes.__name__)
        for code in codes:
            yield Named("code", codes.__name__, code.value)
            yield Named("code label", codes.__name__, code.label)


def _columns(postgres: PostgresForTests) -> Iterator[Named]:
    for service in SERVICES:
        versions = import_module(service.module("migrate")).VERSIONS
        database = migrated(postgres, service.name, versions)
        with psycopg.connect(database.owner_dsn) as connection:
            for table, column in connection.execute(_COLUMNS):
                yield Named("table", service.name, table)
                yield Named("column", f"{service.name}.{table}", column)


def _labels() -> Iterator[Named]:
    for service in SERVICES:
        import_module(service.module("server"))
    pool: Any = None
    gathered = {**REGISTRY._names_to_collectors}.values()
    for metric in (*gathered, *FigureGauges(pool, "519900").collect()):
        yield from _of_metric(metric)


def _of_metric(metric: MetricCollector | Any) -> Iterator[Named]:
    name = getattr(metric, "_name", None) or getattr(metric, "name", None)
    if name is None:
        return
    yield Named("metric", "metrics", name)
    for label in getattr(metric, "_labelnames", ()):
        yield Named("label", name, label)


def _routes() -> Iterator[Named]:
    for service in SERVICES:
        server = import_module(service.module("server"))
        app = build_app(
            service=service.name,
            routers=getattr(server, "ROUTERS", (figures,)),
            verifier=TokenMaker().verifier(),
            keys=Keys(bytes(range(32))),
        )
        document = app.openapi()
        for path, item in document["paths"].items():
            yield Named("path", service.name, path)
            for method in _METHODS & item.keys():
                yield from _parameters(f"{service.name} {path}", item[method])
        for name, schema in document["components"]["schemas"].items():
            yield Named("schema", service.name, name)
            yield from _of_schema(f"{service.name} {name}", schema)


def _parameters(owner: str, operation: dict[str, Any]) -> Iterator[Named]:
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "query":
            yield Named("parameter", owner, parameter["name"])
            for choice in parameter["schema"].get("enum", ()):
                yield Named("choice", f"{owner}?{parameter['name']}", str(choice))


def _of_schema(owner: str, schema: dict[str, Any]) -> Iterator[Named]:
    for field in schema.get("properties", {}):
        yield Named("member", owner, field)
    for code in schema.get("enum", ()):
        yield Named("choice", owner, str(code))
