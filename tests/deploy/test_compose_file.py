"""docker-compose.yml and the files that it mounts: whole, closed, and of the list of services."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.county.make_secrets import make_secrets
from deploy.county.realm import REALM
from deploy.local.kafka import _SETTINGS as LOCAL_KAFKA
from shared.attachments.limits import CHILDREN
from shared.office.settings import LedgerSettings
from shared.services import SERVICES
from shared.topics import PARTITIONS

ROOT = Path(__file__).parents[2]
COMPOSED: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
RUNNING: dict[str, dict[str, Any]] = COMPOSED["services"]
OURS = {
    name: each for name, each in RUNNING.items() if each["image"].startswith("${CONCORD_IMAGE")
}
KEYS = {
    "build", "cap_add", "cap_drop", "command", "depends_on", "entrypoint", "environment",
    "healthcheck", "image", "logging", "mem_limit", "networks", "ports", "profiles", "read_only",
    "restart", "secrets", "security_opt", "shm_size", "tmpfs", "user", "volumes",
}  # fmt: skip
"""Of the Compose specification, those that we use: a misspelt one would be ignored by nobody."""

CLEANING_MIB = 640
"""What the cleaning of a photograph of `MOST_PIXELS` takes: 627 MiB at its largest."""
COMMANDS = [(name, command) for name, each in RUNNING.items() if (command := each.get("command"))]


def test_every_service_and_worker_runs() -> None:
    processes = {service.name: service.module("server") for service in SERVICES}
    processes |= {each.worker: each.module("worker") for each in SERVICES if each.has_worker}
    for name, module in processes.items():
        assert RUNNING[name]["command"] == ["python", "-m", module]
        assert RUNNING[name]["healthcheck"]["test"] == ["CMD", "concord", "healthy", name]


def test_only_keys_of_the_specification_are_used() -> None:
    assert set(COMPOSED) - {key for key in COMPOSED if key.startswith("x-")} == {
        "name", "services", "networks", "volumes", "secrets",
    }  # fmt: skip
    for name, each in RUNNING.items():
        assert set(each) <= KEYS, name


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, each in RUNNING.items() if "ports" in each] == ["proxy"]
    assert COMPOSED["networks"]["inside"] == {"internal": True}
    outside = [name for name, each in RUNNING.items() if "outside" in each["networks"]]
    assert outside == ["proxy"]


def test_only_who_needs_them_reaches_databases_and_topics() -> None:
    """Neither the proxy, which outsiders reach, nor Grafana, Prometheus or the demonstration."""
    processes = {each.name for each in SERVICES} | {e.worker for e in SERVICES if e.has_worker}
    inside = {
        network: {n for n, e in RUNNING.items() if network in e["networks"]}
        for network in COMPOSED["networks"]
    }
    assert inside["events"] == processes | {"kafka", "topics", "operate"}
    assert inside["database"] == processes | {
        "postgres",
        "databases",
        "operate",
        "keycloak",
        "backup",
        "restore",
    }
    assert all(COMPOSED["networks"][name] == {"internal": True} for name in ("events", "database"))


def test_what_stays_up_is_limited_and_fills_no_disk_with_its_log() -> None:
    for name, each in RUNNING.items():
        assert each["mem_limit"], name
        assert each["logging"]["options"]["max-size"], name
        assert each["security_opt"] == ["no-new-privileges:true"], name
    kept = [word for word in RUNNING["prometheus"]["command"] if "retention.size" in word]
    assert len(kept) == 1


@pytest.mark.slow
@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_a_server_that_takes_attachments_has_room_to_clean_them(service: Any) -> None:
    """A container that has too little ends the cleaning process: a good photograph is refused."""
    server = import_module(service.module("server"))
    routes = {route.path for router in server.ROUTERS for route in router.routes}
    takes = any("attachments" in path for path in routes)
    limit = RUNNING[service.name]["mem_limit"]
    mib = int(limit[:-1]) * {"g": 1024, "m": 1}[limit[-1]]
    assert mib >= 512 + (CHILDREN * CLEANING_MIB if takes else 0)


def test_everybody_together_has_fewer_connections_than_postgres_gives() -> None:
    """Servers, relays, workers and the issuer, as docs/capacity.md adds them up."""
    page = " ".join((ROOT / "docs/capacity.md").read_text("utf-8").split())
    servers, pool, relays, workers, each, stats, issuer, most = map(
        int,
        re.findall(
            r"(\d+) servers × (\d+), (\d+) relays × 1, (\d+) workers × (\d+), stats' (\d+) "
            r"and the issuer's (\d+) are (\d+) at most",
            page,
        )[0],
    )
    assert servers == len(SERVICES)
    assert pool == LedgerSettings.model_fields["pool_size"].default
    assert relays == sum(service.keeps_ledgers for service in SERVICES)
    assert workers == sum(service.has_worker for service in SERVICES) - 1
    assert str(issuer) == RUNNING["keycloak"]["environment"]["KC_DB_POOL_MAX_SIZE"]
    assert servers * pool + relays + workers * each + stats + issuer == most < 97


def test_what_is_ours_runs_with_no_right_at_all() -> None:
    assert len(OURS) >= 2 * len(SERVICES)
    for name, each in OURS.items():
        assert each["read_only"] is True, name
        assert each["cap_drop"] == ["ALL"], name
        assert "cap_add" not in each, name
        assert each["security_opt"] == ["no-new-privileges:true"], name
        assert each["mem_limit"], name
    recipe = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
    assert re.search(r"^USER 10001:10001$", recipe, re.MULTILINE)


def test_no_secret_is_in_the_environment_or_on_a_command_line() -> None:
    for name, each in RUNNING.items():
        for variable, value in each.get("environment", {}).items():
            told = re.search(r"password|secret|key", variable, re.IGNORECASE)
            assert not told or str(value).startswith("/run/secrets/"), (name, variable)
            assert "@" not in str(value) or ":" not in str(value).split("@")[0][13:], (name, value)


def test_health_checks_have_no_word_with_a_space() -> None:
    """Docker's API as podman speaks it takes such a word for two."""
    for name, each in RUNNING.items():
        assert all(" " not in word for word in each.get("healthcheck", {}).get("test", [])), name


def test_everybody_waits_for_databases_and_topics() -> None:
    for service in SERVICES:
        awaited = RUNNING[service.name]["depends_on"]
        ended = {"condition": "service_completed_successfully"}
        assert awaited["databases"] == awaited["topics"] == ended


def test_what_is_mounted_is_there() -> None:
    for name, each in RUNNING.items():
        for volume in each.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("./"):
                assert (ROOT / source).exists(), (name, source)
            elif not source.startswith("$"):
                assert source in COMPOSED["volumes"], (name, source)


def test_the_secrets_are_those_that_are_made(tmp_path: Path) -> None:
    made = set(make_secrets(tmp_path / "secrets", "https://county.example", "519900"))
    named = {name for name, each in COMPOSED["secrets"].items() if each["file"].endswith(name)}
    assert named == set(COMPOSED["secrets"])
    assert named <= made
    assert {name for _, name in _mounted()} <= named
    for service in SERVICES:
        own = {name for process, name in _mounted() if process == service.name}
        others = {
            name
            for each in SERVICES
            if each is not service
            for name in made
            if name.startswith(f"{each.name}_")
        }
        assert f"{service.name}_database_password" in own
        assert not own & others


def _mounted() -> Iterator[tuple[str, str]]:
    for process, each in RUNNING.items():
        for secret in each.get("secrets", []):
            yield process, secret if isinstance(secret, str) else secret["source"]


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_the_proxy_and_prometheus_know_every_service(service: Any) -> None:
    proxy = (ROOT / "deploy/compose/Caddyfile").read_text("utf-8")
    passed_on = (
        rf"handle_path /{service.name}/\* {{\s+reverse_proxy {service.name}:{service.port}\s"
    )
    assert re.search(passed_on, proxy)
    scraped = yaml.safe_load((ROOT / "deploy/compose/prometheus.yml").read_text("utf-8"))
    targets = {
        t
        for job in scraped["scrape_configs"]
        for each in job["static_configs"]
        for t in each["targets"]
    }
    assert f"{service.name}:{service.port}" in targets
    assert not service.has_worker or f"{service.worker}:{service.worker_port}" in targets


def test_pages_of_machinery_stay_inside() -> None:
    proxy = (ROOT / "deploy/compose/Caddyfile").read_text("utf-8")
    realms = set(re.findall(r"handle (/realms/\S+)", proxy))
    assert realms == {f"/realms/{REALM}/*"}, "the administrator's realm is for the inside alone"
    machinery = re.search(r"@machinery path (.*)", proxy)
    assert machinery
    assert {"/*/metrics", "/*/healthz", "/*/readyz"} <= set(machinery[1].split())
    assert "/admin" not in proxy


def test_kafka_keeps_what_it_keeps_on_one_machine() -> None:
    written = (ROOT / "deploy/compose/server.properties").read_text("utf-8")
    here = dict(line.split("=", 1) for line in written.splitlines() if line and line[0] != "#")
    assert here["num.partitions"] == str(PARTITIONS)
    for name in (
        "auto.create.topics.enable",
        "log.retention.ms",
        "group.initial.rebalance.delay.ms",
    ):
        assert here[name] == LOCAL_KAFKA[name]


def test_the_page_begins_a_county_with_one_address() -> None:
    """What Keycloak compares with a browser's address is what the services take for the issuer."""
    page = (ROOT / "docs/county.md").read_text("utf-8")
    made = set(re.findall(r"--url (https://\S+)", page))
    assert made == set(re.findall(r"^CONCORD_URL=(https://\S+)", page, re.MULTILINE)) != set()
