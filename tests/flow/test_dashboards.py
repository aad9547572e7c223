"""A real Prometheus that scrapes the one-machine run answers every query of every dashboard."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from deploy.local.ports import reserved_ports
from deploy.local.programs import programs
from deploy.local.run_folder import RunFolder
from shared.identity import Role
from shared.testing.waiters import eventually
from tests.attack.grid_records import GridRecords
from tests.deploy.commands import System
from tests.deploy.test_alerts import ALERTS, rules
from tests.deploy.test_dashboards import ASKED
from tests.flow.doors import Doors
from tests.flow.mediating import FAILED, Mediating, to_the_signing

PROMETHEUS = shutil.which("prometheus")
pytestmark = [
    pytest.mark.parts,
    pytest.mark.slow,
    pytest.mark.skipif(
        PROMETHEUS is None, reason="prometheus is not on PATH (Debian: prometheus)"
    ),
]

# one that no other flow or attack writes to
TOWNSHIP = "519900174"
MOST_SERIES = 20_000
CHOSEN = {"$service": "intake", "$division": TOWNSHIP, "$period": "year"}


def job(name: str, targets: list[str], **more: Any) -> dict[str, Any]:
    return {"job_name": name, "static_configs": [{"targets": targets}], **more}


def configuration(run: RunFolder, token_file: Path) -> str:
    """As of a county's run, with a token of the local issuer."""
    open_pages = [
        f"127.0.0.1:{run.ports[each.name]}" for each in programs(run) if each.speaks_http
    ]
    figures = {
        "metrics_path": "/metrics/figures",
        "authorization": {"credentials_file": str(token_file)},
    }
    jobs = [
        job("concord", open_pages),
        job("figures", [f"127.0.0.1:{run.ports['stats']}"], **figures),
    ]
    written: str = yaml.safe_dump(
        {
            "global": {"scrape_interval": "2s", "evaluation_interval": "2s"},
            "rule_files": [str(ALERTS)],
            "scrape_configs": jobs,
        }
    )
    return written


@contextmanager
def scraping(doors: Doors, folder: Path) -> Iterator[httpx.Client]:
    """Prometheus' own API, while it scrapes the run."""
    token_file, file = folder / "token", folder / "prometheus.yml"
    bearer = doors.bearer(Role.SCRAPE, TOWNSHIP[:6])["Authorization"]
    token_file.write_text(bearer.removeprefix("Bearer "), encoding="utf-8")
    file.write_text(configuration(doors.run, token_file), encoding="utf-8")
    command = [str(PROMETHEUS), f"--config.file={file}", f"--storage.tsdb.path={folder / 'tsdb'}"]
    with reserved_ports(1, 21000, 21999) as [port], (folder / "prometheus.log").open("w") as log:
        address = f"127.0.0.1:{port}"
        process = subprocess.Popen(
            [*command, f"--web.listen-address={address}"], stdout=log, stderr=log
        )
        try:
            with httpx.Client(base_url=f"http://{address}", trust_env=False) as client:
                yield client
        finally:
            process.terminate()
            process.wait(timeout=20)


def answered(client: httpx.Client, query: str) -> list[dict[str, Any]]:
    try:
        answer = client.get("/api/v1/query", params={"query": query})
    except httpx.TransportError:
        return []
    if answer.status_code == 503:
        return []
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]["result"]
    return found


def with_choices(query: str) -> str:
    for name, value in CHOSEN.items():
        query = query.replace(name, value)
    return query


async def let_everything_happen(here: Mediating) -> None:
    """A case accepted, a mediation ended, a grid served, a report that waits, a refusal."""
    GridRecords.made(here.doors, TOWNSHIP)
    path = f"/townships/{TOWNSHIP}"
    assert here.ask("intake", Role.RESIDENT, f"{path}/cases", {}).status_code == 403
    committee, case_id = here.set_up(), here.file()
    here.refer(case_id, committee)
    [mediation_id] = await eventually(lambda: here.of_case(case_id), within=20)
    here.tell(mediation_id, *to_the_signing(committee)[:2], FAILED)
    await eventually(lambda: here.has_heard(case_id, "failed"), within=20)


async def test_every_query_of_every_dashboard_has_an_answer(
    whole: System, doors: Doors, tmp_path: Path
) -> None:
    await let_everything_happen(Mediating(doors, TOWNSHIP))
    assert whole.is_supervised()
    recorded = {each["record"]: each["record"] for each in rules() if "record" in each}
    with scraping(doors, tmp_path) as client:
        waiting = {place: with_choices(query) for place, query in {**ASKED, **recorded}.items()}

        def all_answered() -> bool:
            for place, query in [*waiting.items()]:
                if answered(client, query):
                    del waiting[place]
            assert waiting == {}
            return True

        await eventually(all_answered, within=90, every=1)
        assert answered(client, "count(up == 1)")[0]["value"][1] == str(
            len([each for each in programs(doors.run) if each.speaks_http]) + 1
        )
        [series] = answered(client, 'count({__name__!=""})')
        assert int(series["value"][1]) < MOST_SERIES
