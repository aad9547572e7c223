"""The supervisor's configuration, and what is said of what it sees."""

import configparser
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.local.programs import Program, programs, service_environment
from deploy.local.refusals import NotRunning
from deploy.local.run_folder import RunFolder
from deploy.local.supervision import ProcessState, Supervisor
from deploy.local.supervisor_files import configuration
from deploy.local.watch import Watch
from shared.services import service_called


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder.make(tmp_path / "a 100% odd; name", {})


@pytest.fixture
def everything(run: RunFolder) -> list[Program]:
    return programs(run)


def read(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(text)
    return parser


def test_every_program_waits_to_be_started_and_is_started_again(
    run: RunFolder, everything: list[Program]
) -> None:
    written = read(configuration(run, everything))
    for program in everything:
        section = written[f"program:{program.name}"]
        assert section["autostart"] == "false"
        assert section["autorestart"] == "true"
        assert section["exitcodes"] == "0,143"


def test_the_database_is_stopped_last_and_without_waiting_for_clients(
    run: RunFolder, everything: list[Program]
) -> None:
    written = read(configuration(run, everything))
    assert written["program:postgres"]["stopsignal"] == "INT"
    tiers = [int(written[f"program:{program.name}"]["priority"]) for program in everything]
    assert tiers == sorted(tiers)[:2] + tiers[2:]
    assert int(written["program:stats-worker"]["priority"]) == max(tiers)


def test_nothing_secret_stands_in_the_configuration(
    run: RunFolder, everything: list[Program]
) -> None:
    text = configuration(run, everything)
    secrets = run.secrets
    assert "launch.py" in text
    for secret in (
        secrets.postgres_superuser,
        secrets.issuer_operator,
        secrets.key_encryption_key,
        secrets.key_of("mediation"),
    ):
        assert secret not in text


def test_a_per_cent_sign_in_the_path_is_escaped(run: RunFolder, everything: list[Program]) -> None:
    assert "a 100%% odd" in read(configuration(run, everything))["supervisord"]["logfile"]


def test_each_service_gets_its_own_secrets_and_no_others(run: RunFolder) -> None:
    intake, mediation, stats = (
        service_environment(run, service_called(name)) for name in ("intake", "mediation", "stats")
    )
    assert "INTAKE_KEY_ENCRYPTION_KEY" in intake
    assert all(name.startswith("STATS_") for name in stats)
    assert run.secrets.key_encryption_key not in stats.values()
    assert run.secrets.databases["intake"].role not in str(stats)
    assert run.secrets.databases["intake"].owner not in str(intake)
    assert all(name.startswith("MEDIATION_") for name in mediation)
    assert run.secrets.databases["intake"].role not in str(mediation)
    keys = [intake["INTAKE_KEY_ENCRYPTION_KEY"], mediation["MEDIATION_KEY_ENCRYPTION_KEY"]]
    assert len(set(keys)) == 2
    grid = service_environment(run, service_called("grid"))
    marks = {intake["INTAKE_MARK_KEY"], mediation["MEDIATION_MARK_KEY"], grid["GRID_MARK_KEY"]}
    assert marks == {run.secrets.county_mark_key}
    assert run.secrets.county_mark_key not in [*keys, *stats.values()]


def test_where_nobody_supervises_the_system_is_not_running(run: RunFolder) -> None:
    assert not Supervisor(run).is_running()
    with pytest.raises(NotRunning):
        Supervisor(run).states()


KAFKA = ProcessState("kafka", "RUNNING", pid=7, started_at=0, now=9, spoken="")


class Seen(Supervisor):
    """A supervisor that says what the test puts in its mouth."""

    def __init__(self, run: RunFolder) -> None:
        super().__init__(run)
        self.now = KAFKA

    def states(self) -> list[ProcessState]:
        return [self.now]


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (KAFKA, []),
        (replace(KAFKA, pid=8), ["kafka ended and was started again"]),
        (replace(KAFKA, state="BACKOFF", pid=0), ["kafka ended and is being started again"]),
        (replace(KAFKA, state="FATAL", pid=0), ["kafka failed too often and was given up"]),
        (replace(KAFKA, state="STARTING"), []),
    ],
)
def test_what_happens_to_a_process_is_told_once(
    run: RunFolder, then: ProcessState, said: list[str]
) -> None:
    supervisor = Seen(run)
    watch = Watch(supervisor)
    assert list(watch.look()) == []
    supervisor.now = then
    assert [told.split(";")[0] for told in watch.look()] == said
    assert list(watch.look()) == []
