"""The event catalogue as people and machines read it: `docs/events.md` and JSON Schemas.

`python -m shared.contracts.document DOCS` writes `events.md` and `contracts/*.json` below the
folder DOCS; the tests hold the committed files against what this writes.
"""

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, TypeGuard

import orjson

from shared import contracts
from shared.contracts.catalogue import dataschema, event_classes, json_schema
from shared.contracts.event import Code, Event

_HEAD = """# Events

Generated from the contracts by `make docs`: change those, not this page.

Every event is a CloudEvents 1.0 message in Kafka's binary mode, keyed by its division. Its data is
canonical JSON (RFC 8785): text, whole numbers, yes or no, lists and objects, never a float and
never personal data. A field that is *required* is always there, as null where the register is
silent (only where null is listed); any other is left out when it has nothing to say. Within a
version an event only ever gains fields of the second kind.

Common headers: `ce_id`, `ce_type`, `ce_source`, `ce_subject` (the stream, such as a case),
`ce_time` (when it happened), `ce_recordedtime` (when it was recorded), `ce_partitionkey` (the township),
`ce_sequence` (its place in the ledger, without a gap), `ce_previoushash`, `ce_hash`,
`ce_dataschema`, `ce_actorref`, `ce_correlationid`, `ce_causationid`.
"""


def events_page() -> str:
    """The whole page, in Markdown."""
    return "\n".join([_HEAD, *_events(), "\n## Code lists\n", *_code_lists()])


def _events() -> Iterator[str]:
    current = ""
    for service, event in event_classes():
        if service != current:
            yield f"## {_heading(service)}\n"
            current = service
        yield from _event(event)


def _heading(service: str) -> str:
    if service == "*":
        return "Every service, on its own topic"
    return f"{service}, on `concord.{service}`"


def _event(event: type[Event]) -> Iterator[str]:
    schema = json_schema(event)
    yield f"### {event.kind}\n"
    yield f"{inspect.getdoc(event)}\n"
    yield f"Version {event.schema_version}, schema `{schema['$id']}`.\n"
    yield "| field | type | required |"
    yield "|---|---|---|"
    for name, field in schema["properties"].items():
        needed = "yes" if name in schema.get("required", ()) else ""
        yield f"| `{name}` | {_type(field)} | {needed} |"
    yield ""


def _type(field: dict[str, Any]) -> str:
    match field:
        case {"$ref": reference}:
            code = str(reference).rsplit("/", 1)[-1]
            return f"[{code}](#{code.lower()})"
        case {"anyOf": choices}:
            return " or ".join(_type(choice) for choice in choices)
        case {"type": "object", "propertyNames": key, "additionalProperties": value}:
            return f"{_type(value)} by {_type(key)}"
        case {"type": "array", "items": items}:
            return f"list of {_type(items)}"
        case {"format": form}:
            return str(form)
        case {"type": kind}:
            return {"string": "text", "integer": "whole number", "boolean": "yes or no"}.get(
                str(kind), str(kind)
            )
        case _:
            raise ValueError(f"no words for {sorted(field)}")


def code_lists() -> Iterator[type[Code]]:
    """Every closed code list of the contracts: of every module `…_codes`, in its order."""
    for each in pkgutil.iter_modules(contracts.__path__):
        if each.name.endswith("_codes"):
            module = importlib.import_module(f"{contracts.__name__}.{each.name}")
            yield from (member for member in vars(module).values() if _is_own(member, module))


def _is_own(member: object, module: ModuleType) -> TypeGuard[type[Code]]:
    is_list = inspect.isclass(member) and issubclass(member, Code)
    return is_list and member.__module__ == module.__name__


def _code_lists() -> Iterator[str]:
    for codes in code_lists():
        yield f"### {codes.__name__}\n"
        yield f"{inspect.getdoc(codes)}\n"
        yield "| code | 中文 |"
        yield "|---|---|"
        for code in codes:
            yield f"| `{code.value}` | {code.label} |"
        yield ""


def schema_file(event: type[Event]) -> tuple[str, bytes]:
    """The name and the content of an event's schema file."""
    name = dataschema(event.kind, event.schema_version).strip("/").replace("/", "-", 1)
    content = orjson.dumps(
        json_schema(event), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    )
    return f"{name.replace('contracts-', '').replace('/', '.')}.json", content


def write(folder: Path) -> None:
    """Write the page and the schemas below a folder."""
    (folder / "contracts").mkdir(parents=True, exist_ok=True)
    (folder / "events.md").write_text(events_page(), encoding="utf-8")
    for _, event in event_classes():
        name, content = schema_file(event)
        (folder / "contracts" / name).write_bytes(content)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
