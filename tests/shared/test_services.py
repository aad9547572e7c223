"""The list of services says what is there: folders, entry points, arrows, contracts and pages."""

import importlib
import importlib.util
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast
from unittest.mock import create_autospec

import pytest
from alembic.script import ScriptDirectory

from shared.contracts import catalogue
from shared.keys import Keys
from shared.ledger import Ledger
from shared.postgres import new_pool
from shared.services import (
    FOLLOWERS,
    LEDGER_KEEPERS,
    SERVICES,
    Service,
    followers_of,
    service_called,
)
from shared.streaming import Worker
from shared.topics import TOPICS

PROJECT = Path(__file__).parents[2]
MIGRATIONS = PROJECT / "shared" / "migrations"
every_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)


def entry_points(service: Service) -> Iterator[str]:
    """The modules that somebody starts, as what the service does demands them."""
    yield from ("server", "migrate", "settings")
    if service.has_worker:
        yield from ("worker", "dead_letters")
    if service.keeps_ledgers:
        yield "resend"
        yield "accept_restore"
        yield "ledger_clock"
        yield "live_check"
        yield "purge"
        yield "due_rows"


def followed(service: Service) -> set[str]:
    """The topics whose folds its worker attaches."""
    if not service.has_worker:
        return set()
    if service.keeps_ledgers:
        policies = importlib.import_module(service.module("stream.policies"))
        ledger = Ledger(new_pool("", name="never opened", size=1), source=f"/{service.name}")
        return set(policies.followed_by("519900")(ledger, Keys(bytes(32))))
    worker = create_autospec(Worker)
    importlib.import_module(service.module("stream.projections")).attach(worker)
    return {cast("str", call.args[0]) for call in worker.attach.call_args_list}


def test_every_service_has_a_folder_and_every_folder_an_entry() -> None:
    folders = {each.parent.name for each in (PROJECT / "services").glob("*/__init__.py")}
    assert folders == {service.name for service in SERVICES}


def shared_tables(service: Service) -> Iterator[str]:
    """The branches of `shared/migrations` whose tables its processes need."""
    yield "scope"
    if service.keeps_ledgers:
        yield from ("ledger", "due")
    if service.has_worker:
        yield "inbox"
    if "vault_0001" in applied(service):  # intake's own first revision has the same tables
        yield "vault"
    if "attachments_0001" in applied(service):
        yield "attachments"


def applied(service: Service) -> set[str]:
    """Every revision that migrating the service's database brings in."""
    versions: Path = importlib.import_module(service.module("migrate")).VERSIONS
    scripts = ScriptDirectory(
        MIGRATIONS, version_locations=[str(MIGRATIONS / "versions"), str(versions)]
    )
    found: set[str] = set()
    left = {scripts.as_revision_number(f"{service.name}@head")}
    while left:
        name = left.pop()
        revision = scripts.get_revision(str(name))
        found.add(revision.revision)
        before = (*_names(revision.down_revision), *_names(revision.dependencies))
        left |= set(before) - found
    return found


def _names(found: str | Sequence[str] | None) -> tuple[str, ...]:
    return (found,) if isinstance(found, str) else tuple(found or ())


@every_service
def test_its_database_gets_the_latest_of_the_shared_tables_that_it_needs(
    service: Service,
) -> None:
    """A revision that it does not depend on is never run: its functions would be missing."""
    branches = set(shared_tables(service))
    needed = {
        path.stem
        for path in (MIGRATIONS / "versions").glob("*.py")
        if path.stem.rpartition("_")[0] in branches
    }
    assert needed - applied(service) == set()


def test_no_two_services_share_a_name_or_a_port() -> None:
    ports = [port for service in SERVICES for port in (service.port, service.worker_port)]
    assert len(set(ports)) == len(ports)
    assert len({service.name for service in SERVICES}) == len(SERVICES)


@every_service
def test_it_has_the_entry_points_that_its_entry_promises(service: Service) -> None:
    missing = [
        name
        for name in entry_points(service)
        if not importlib.util.find_spec(service.module(name))
    ]
    assert missing == []


@every_service
def test_its_settings_have_the_ports_of_the_list(service: Service) -> None:
    settings = importlib.import_module(service.module("settings"))
    found = {
        name: field.default
        for each in vars(settings).values()
        if hasattr(each, "model_fields") and each.__module__ == settings.__name__
        for name, field in each.model_fields.items()
        if name in {"port", "worker_port"}
    }
    assert found["port"] == service.port
    assert found.get("worker_port") == (service.worker_port if service.has_worker else None)


@every_service
def test_it_follows_whom_the_list_says(service: Service) -> None:
    assert followed(service) == {service_called(name).topic for name in service.follows}
    assert set(service.follows) <= set(LEDGER_KEEPERS)


def test_whoever_keeps_ledgers_has_events_in_the_catalogue() -> None:
    assert set(catalogue.SERVICES) == set(LEDGER_KEEPERS)


def test_every_service_has_its_topics() -> None:
    assert set(TOPICS) == {
        topic
        for service in SERVICES
        for topic in (f"concord.{service.name}", f"concord.{service.name}.dead")
    }


def test_followers_are_those_that_follow() -> None:
    assert {name for each in LEDGER_KEEPERS for name in followers_of(each)} == set(FOLLOWERS)
    assert followers_of("intake") == ("intake", "grid", "mediation", "stats")


def test_an_unknown_service_is_refused() -> None:
    with pytest.raises(KeyError, match="imagined"):
        service_called("imagined")


@every_service
def test_the_architecture_names_its_processes_and_ports(service: Service) -> None:
    rows = re.findall(
        r"\| (\d+) \| `(services\.[a-z.]+)` \|",
        (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8"),
    )
    own = {(str(service.port), service.module("server"))}
    if service.has_worker:
        own.add((str(service.worker_port), service.module("worker")))
    assert {row for row in rows if row[1].startswith(service.module(""))} == own
