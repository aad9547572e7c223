"""`concord up`, `down`, `status`, `logs` and `token` on real parts, and what kills leave behind.

The tests share one system and find it running or stopped, as each needs it.
"""

import signal
import socket
import time
from contextlib import closing

import httpx
import jwt
import psutil
import psycopg
import pytest

from deploy.kafka.topics import make_topics
from deploy.local.ports import LOOPBACK
from deploy.local.supervision import Supervisor
from deploy.local.waiting import wait_until
from shared.topics import TOPICS
from tests.deploy.commands import System, kill_and_forget, wait_for_line

pytestmark = [pytest.mark.parts, pytest.mark.slow, pytest.mark.timeout(900)]


def _leaves_nothing(system: System) -> bool:
    return wait_until(lambda: not system.processes(), seconds=30)


@pytest.fixture
def running(system: System) -> System:
    if not system.is_supervised():
        system.up()
    return system


@pytest.fixture
def stopped(system: System) -> System:
    if not (system.folder / "run.json").exists():
        system.up()
    system.concord("down")
    return system


def test_while_it_runs_another_up_says_so(running: System) -> None:
    assert "already running" in running.up()


def test_while_it_runs_its_ports_cannot_change(running: System) -> None:
    said = running.concord("up", "--detach", "--port", "kafka=21998", expect=2)
    assert "concord down" in said


def test_status_says_of_every_process_what_it_does(running: System) -> None:
    status = running.status()
    assert {"postgres", "kafka", "issuer"} <= status.keys()
    for line in status.values():
        assert line["state"] == "ready"
        assert line["memory_bytes"] > 2**20
        assert line["port"] == running.ports[line["name"]]


def test_the_topics_are_there_with_their_partitions(running: System) -> None:
    assert make_topics(running.run_folder.kafka.bootstrap, TOPICS) == []


def test_logs_show_what_a_process_said(running: System) -> None:
    assert "ready to accept connections" in running.concord("logs", "postgres")
    assert "kafka" in running.concord("logs", "-n", "3")
    assert "There is no process" in running.concord("logs", "oracle", expect=2)


def test_a_token_is_signed_for_role_and_division(running: System) -> None:
    token = running.concord("token", "--role", "clerk", "--division", "519900101").strip()
    keys = jwt.PyJWKSet.from_dict(
        httpx.get(f"{running.run_folder.url('issuer')}/jwks.json").json()
    )
    claims = jwt.decode(token, keys.keys[0], ["RS256"], audience="concord")
    assert claims["role"] == "clerk"
    assert claims["division"] == "519900101"
    assert claims["sub"].startswith("post-")
    assert claims["exp"] - claims["iat"] == 8 * 3600


def test_a_token_for_no_role_or_division_is_refused(running: System) -> None:
    running.concord("token", "--role", "king", "--division", "519900101", expect=2)
    running.concord("token", "--role", "clerk", "--division", "5199", expect=2)


def test_the_issuer_gives_nothing_without_the_operator_secret(running: System) -> None:
    url = f"{running.run_folder.url('issuer')}/token"
    for headers in ({}, {"Authorization": "Bearer guessed"}):
        answer = httpx.post(url, json={"role": "clerk", "division": "519900101"}, headers=headers)
        assert answer.status_code == 401


def test_secrets_are_closed_to_others(running: System) -> None:
    for file in ("secrets.json", "issuer.key", "run.json", "supervisor.conf"):
        assert (running.folder / file).stat().st_mode & 0o077 == 0
    assert running.folder.stat().st_mode & 0o007 == 0


def test_a_killed_database_comes_back_though_a_backend_computes(running: System) -> None:
    run = running.run_folder
    with closing(psycopg.connect(run.superuser_dsn, autocommit=True)) as busy:
        busy.pgconn.send_query(b"select sum(i) from generate_series(1, 1000000000) i")
        psutil.Process(Supervisor(run).state("postgres").pid).kill()
        began = time.monotonic()
        assert wait_until(lambda: run.postgres.is_ready(run.secrets.postgres_superuser), 8)
        assert time.monotonic() - began < 8


def test_when_nothing_runs_commands_say_so(stopped: System) -> None:
    assert "concord up" in stopped.concord("status", expect=3)
    assert "Nothing was running" in stopped.concord("down")
    stopped.concord("token", "--role", "clerk", "--division", "519900", expect=3)


def test_a_taken_port_is_one_sentence_that_says_which_and_whose(stopped: System) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((LOOPBACK, stopped.ports["kafka"]))
        other.listen()
        said = stopped.up(expect=3)
    assert f"Port {stopped.ports['kafka']}, which kafka needs, is taken by" in said
    assert len(said.strip().splitlines()) == 1
    assert stopped.processes() == []


def test_down_leaves_no_process_and_a_later_up_finds_the_data(running: System) -> None:
    with psycopg.connect(running.run_folder.superuser_dsn) as connection:
        connection.execute("create table if not exists kept (x int)")
    assert "Stopped" in running.concord("down")
    assert running.processes() == []
    running.up()
    with psycopg.connect(running.run_folder.superuser_dsn) as connection:
        connection.execute("select * from kept")


def test_ctrl_c_stops_everything(stopped: System) -> None:
    foreground = stopped.begin_up()
    wait_for_line(foreground, "Ctrl-C stops it")
    foreground.send_signal(signal.SIGINT)
    assert foreground.wait(30) == 0
    foreground.communicate()
    assert stopped.processes() == []


def test_killing_the_foreground_up_leaves_no_process(stopped: System) -> None:
    foreground = stopped.begin_up()
    wait_for_line(foreground, "Ctrl-C stops it")
    kill_and_forget(foreground)
    assert _leaves_nothing(stopped)


def test_killing_the_supervisor_leaves_no_process_and_up_heals(running: System) -> None:
    running.up()
    running.supervisor().kill()
    assert _leaves_nothing(running)
    running.up()
    assert all(line["state"] == "ready" for line in running.status().values())


def test_a_first_up_says_how_far_it_is_and_a_second_one_meanwhile_gives_way(
    fresh_system: System,
) -> None:
    foreground = fresh_system.begin_up()
    wait_for_line(foreground, "making the PostgreSQL cluster")
    assert "Another `concord up`" in fresh_system.up(expect=3)
    wait_for_line(foreground, "Everything is ready")
    kill_and_forget(foreground)


def test_a_set_up_killed_at_any_step_heals_also_in_a_deep_folder(fresh_system: System) -> None:
    deep = fresh_system.folder.joinpath(*["a-name-of-twenty-cha"] * 5)
    system = System(deep, fresh_system.ports)
    for step in ("making the", "formatting", "starting postgres", "waiting for kafka"):
        foreground = system.begin_up()
        wait_for_line(foreground, step)
        kill_and_forget(foreground)
    assert "Everything is ready" in system.up()
    assert all(line["state"] == "ready" for line in system.status().values())
    system.concord("down")
    assert system.processes() == []


def test_the_whole_system_starts_and_leaves_nothing(whole_system: System) -> None:
    whole_system.up()
    status = whole_system.status()
    assert {"intake", "stats", "stats-worker"} <= status.keys()
    assert all(line["state"] == "ready" for line in status.values())
    assert sum(line["memory_bytes"] for line in status.values()) < 1.6 * 2**30
    whole_system.concord("down")
    assert whole_system.processes() == []
