"""The door as it runs: settings from the environment, the API on a port, the relay beside it."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import structlog
from pydantic import ValidationError

from deploy.kafka.topics import make_topics
from services.intake.api.office import Office
from services.intake.server import new_app
from services.intake.settings import Settings
from shared.contracts.case_codes import Procedure
from shared.http.serve import serving
from shared.identity import Role
from shared.postgres import new_pool, transaction
from shared.sealing import KeyUnusable, SealKeys
from shared.sealing.seal_key import fresh_key_pem
from shared.testing.tokens import TokenMaker
from shared.testing.waiters import eventually
from shared.vault.bodies import Organisation
from tests.intake.doors import COUNTY, FILE_HERE, a_filing, fresh_intake
from tests.parts import KafkaForTests, PostgresForTests

KEY = base64.b64encode(bytes(32)).decode()
ENVIRONMENT = {
    "INTAKE_DATABASE_URL": "postgresql://intake:secret@127.0.0.1:1/intake",
    "INTAKE_COUNTY": COUNTY,
    "INTAKE_OIDC_ISSUER": "http://127.0.0.1:9180",
    "INTAKE_KEY_ENCRYPTION_KEY": KEY,
}


def settings_of(monkeypatch: pytest.MonkeyPatch, **changes: str) -> Settings:
    for name, value in (ENVIRONMENT | changes).items():
        monkeypatch.setenv(name, value)
    return Settings()


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_of(monkeypatch, INTAKE_PORT="8199")
    assert (settings.county, settings.port) == (COUNTY, 8199)


async def test_the_policy_of_the_clocks_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_of(monkeypatch, INTAKE_CLOCK_POLICY="henan-2012")
    office: Office = new_app(settings, TokenMaker().verifier()).state.office
    accepted_at = datetime(2026, 1, 5, 1, tzinfo=UTC)
    due = office.due(Procedure.ORDINARY, accepted_at)
    assert (str(due.due_on), due.policy_version) == ("2026-02-04", "henan-2012")


@pytest.mark.parametrize(("given", "marked"), [({}, False), ({"INTAKE_MARK_KEY": KEY}, True)])
async def test_without_the_countys_key_nothing_is_marked_and_the_log_says_so(
    given: dict[str, str],
    marked: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = settings_of(monkeypatch, **given)
    with structlog.testing.capture_logs() as said:
        office: Office = new_app(settings, TokenMaker().verifier()).state.office
    cause = Organisation(title="宏达建筑有限公司")
    assert (office.marks.of_organisation(cause) is not None) is marked
    assert any("no mark key is set" in each["event"] for each in said) is not marked


def test_settings_do_not_show_their_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = repr(settings_of(monkeypatch, INTAKE_MARK_KEY=KEY))
    assert KEY not in shown
    assert "secret@" not in shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INTAKE_KEY_ENCRYPTION_KEY", "c2hvcnQ="),
        ("INTAKE_MARK_KEY", "c2hvcnQ="),
        ("INTAKE_COUNTY", "5199"),
        ("INTAKE_OIDC_ISSUER", "http://example.org"),
        ("INTAKE_PORT", "0"),
        ("INTAKE_CLOCK_POLICY", "sichuan-2030"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_without_being_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        settings_of(monkeypatch, **{name: value})
    assert "c2hvcnQ=" not in str(refused.value)


@pytest.mark.parts
async def test_a_filed_case_is_carried_to_kafka(
    postgres: PostgresForTests, kafka: KafkaForTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_topics(kafka.bootstrap, ["concord.intake"])
    database = fresh_intake(postgres)
    settings = settings_of(
        monkeypatch,
        INTAKE_DATABASE_URL=database.dsn,
        INTAKE_KAFKA_BOOTSTRAP=kafka.bootstrap,
    )
    tokens = TokenMaker()
    async with serving(new_app(settings, tokens.verifier()), port=0) as port:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:
            checks = ("database", "clock", "relay", "topic", "kafka", "tokens")

            async def ready() -> bool:
                answer = await http.get("/readyz")
                assert answer.json()["checks"] == dict.fromkeys(checks, "ok")
                return True

            await eventually(ready)
            headers = tokens.headers(Role.CLERK)
            filed = await http.post(FILE_HERE, json=a_filing(), headers=headers)
            assert filed.status_code == 201
        async with new_pool(database.dsn, name="watch", size=1) as pool:

            async def relayed() -> bool:
                async with transaction(pool, COUNTY) as connection:
                    found = await connection.execute("select seq from relayed")
                    return await found.fetchall() == [(1,)]

            await eventually(relayed)


@pytest.mark.parts
async def test_with_a_seal_key_the_door_seals_and_publishes_the_key(
    postgres: PostgresForTests, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = tmp_path / "seal.pem"
    key.touch(mode=0o600)
    key.write_text(fresh_key_pem())
    settings = settings_of(
        monkeypatch,
        INTAKE_DATABASE_URL=fresh_intake(postgres).dsn,
        INTAKE_KAFKA_BOOTSTRAP="127.0.0.1:1",
        INTAKE_SEAL_KEY_FILE=str(key),
    )
    tokens = TokenMaker()
    async with (
        serving(new_app(settings, tokens.verifier()), port=0) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http,
    ):
        assert (await http.get("/readyz")).json()["checks"]["seals"] == "ok"
        published = await http.get("/seal-keys", headers=tokens.headers(Role.AGENCY))
        assert published.json() == {"keys": SealKeys.from_file(key).published()}
        assert "PRIVATE" not in published.text


def test_a_seal_key_that_others_can_read_stops_the_door(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = tmp_path / "seal.pem"
    key.write_text(fresh_key_pem())
    key.chmod(0o644)
    settings = settings_of(monkeypatch, INTAKE_SEAL_KEY_FILE=str(key))
    with pytest.raises(KeyUnusable, match="0600"):
        new_app(settings, TokenMaker().verifier())


@pytest.mark.parts
async def test_without_kafka_cases_are_taken_and_readiness_says_what_is_away(
    postgres: PostgresForTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_of(
        monkeypatch,
        INTAKE_DATABASE_URL=fresh_intake(postgres).dsn,
        INTAKE_KAFKA_BOOTSTRAP="127.0.0.1:1",
    )
    tokens = TokenMaker()
    async with (
        serving(new_app(settings, tokens.verifier()), port=0) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http,
    ):
        headers = tokens.headers(Role.CLERK)
        filed = await http.post(FILE_HERE, json=a_filing(), headers=headers)
        assert filed.status_code == 201
        ready = await http.get("/readyz")
        assert ready.status_code == 503
        assert ready.json()["checks"]["kafka"] == "does not answer"
