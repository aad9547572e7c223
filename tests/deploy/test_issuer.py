"""The local issuer signs what was asked for, and works nowhere but in the one-machine run."""

import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import jwt
import pytest

from cli import main
from deploy.local.issuer import OnlyInTheOneMachineRun, build_issuer, check_place
from deploy.local.issuing import Issuer, TokenRequest, load_signing_key, write_public_keys
from deploy.local.private_files import is_private
from deploy.local.refusals import IssuerSilent, NotRunning
from deploy.local.run_folder import RUN_VARIABLE, RunFolder
from deploy.local.tokens import fetch_token
from shared.identity import Role

CLERK = TokenRequest(Role.CLERK, "519900101")


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder.make(tmp_path / "data", {})


def test_it_starts_beside_its_data_folder(run: RunFolder) -> None:
    assert check_place({RUN_VARIABLE: str(run.path)}) == run


def test_without_a_data_folder_it_refuses(tmp_path: Path) -> None:
    for environment in ({}, {RUN_VARIABLE: str(tmp_path)}):
        with pytest.raises(OnlyInTheOneMachineRun, match="real OpenID Connect issuer"):
            check_place(environment)


def test_with_secrets_that_others_can_read_it_refuses(run: RunFolder) -> None:
    (run.path / "secrets.json").chmod(0o644)
    with pytest.raises(OnlyInTheOneMachineRun, match="private secrets"):
        check_place({RUN_VARIABLE: str(run.path)})


def test_on_another_address_than_loopback_it_refuses(run: RunFolder) -> None:
    with pytest.raises(OnlyInTheOneMachineRun, match="loopback"):
        check_place({RUN_VARIABLE: str(run.path), "ISSUER_HOST": "192.0.2.1"})


def test_its_key_is_private_and_stays_the_same(tmp_path: Path) -> None:
    file = tmp_path / "issuer.key"
    first = Issuer("http://issuer", load_signing_key(file)).public_keys()
    assert Issuer("http://issuer", load_signing_key(file)).public_keys() == first
    assert is_private(file)


def test_a_post_keeps_its_reference_and_another_post_has_another() -> None:
    assert CLERK.subject == TokenRequest(Role.CLERK, "519900101", minutes=5).subject
    others = {
        TokenRequest(Role.CLERK, "519900101", post=2).subject,
        TokenRequest(Role.HANDLER, "519900101").subject,
        TokenRequest(Role.CLERK, "519900102").subject,
        TokenRequest(Role.CLERK, "519900101", post="reception").subject,
    }
    assert len(others | {CLERK.subject}) == 5


def claims_of(tmp_path: Path, request: TokenRequest) -> dict[str, object]:
    issuer = Issuer("http://127.0.0.1:1", load_signing_key(tmp_path / "issuer.key"))
    claims: dict[str, object] = jwt.decode(
        issuer.token(request), options={"verify_signature": False}
    )
    return claims


@pytest.mark.parametrize(
    ("request_", "unit", "post"),
    [
        (CLERK, "petition-office", "clerk"),
        (TokenRequest(Role.HANDLER, "519900101", post=2), "petition-office", "handler-2"),
        (
            TokenRequest(Role.HANDLER, "519900101", post="head", unit="water-station"),
            "water-station",
            "head",
        ),
    ],
)
def test_a_token_has_the_unit_and_the_post_of_its_bearer(
    tmp_path: Path, request_: TokenRequest, unit: str, post: str
) -> None:
    claims = claims_of(tmp_path, request_)
    assert (claims["unit"], claims["post"]) == (unit, post)


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.AGENCY, Role.SCRAPE])
def test_who_is_of_no_office_has_no_post(tmp_path: Path, role: Role) -> None:
    assert not {"unit", "post"} & claims_of(tmp_path, TokenRequest(role, "519900101")).keys()


def test_a_token_says_role_division_and_when_it_ends(tmp_path: Path) -> None:
    issuer = Issuer("http://issuer", load_signing_key(tmp_path / "k"))
    now = datetime.now(UTC).replace(microsecond=0)
    token = issuer.token(TokenRequest(Role.AUDITOR, "519900", minutes=30), now)
    (key,) = jwt.PyJWKSet.from_dict(issuer.public_keys()).keys
    claims = jwt.decode(token, key, ["RS256"], audience="concord", issuer="http://issuer")
    assert (claims["role"], claims["division"]) == ("auditor", "519900")
    assert claims["exp"] - now.timestamp() == 30 * 60
    assert jwt.get_unverified_header(token)["kid"] == key.key_id


@pytest.fixture
def api(run: RunFolder) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(build_issuer(run)), base_url="http://issuer"
    )


async def test_discovery_leads_to_the_keys(run: RunFolder, api: httpx.AsyncClient) -> None:
    found = (await api.get("/.well-known/openid-configuration")).json()
    assert found["issuer"] == run.url("issuer")
    assert found["jwks_uri"].startswith(run.url("issuer"))
    assert (await api.get("/jwks.json")).json()["keys"]


@pytest.mark.parametrize(
    "body",
    [
        {"role": "king", "division": "519900101"},
        {"role": "clerk", "division": "5199001"},
        {"role": "clerk", "division": "519900101", "minutes": 0},
        {"role": "clerk", "division": "519900101", "name": "Wu"},
        {"role": "clerk", "division": "519900101", "post": 0},
        {"role": "clerk", "division": "519900101", "post": "Zhang San"},
        {"role": "clerk", "division": "519900101", "unit": "Water Station"},
    ],
)
async def test_a_wish_that_cannot_be_is_refused(
    run: RunFolder, api: httpx.AsyncClient, body: dict[str, object]
) -> None:
    secret = {"Authorization": f"Bearer {run.secrets.issuer_operator}"}
    assert (await api.post("/token", json=body, headers=secret)).status_code == 422


async def test_only_the_operator_is_given_tokens(run: RunFolder, api: httpx.AsyncClient) -> None:
    body = {"role": "clerk", "division": "519900101"}
    assert (await api.post("/token", json=body)).status_code == 401
    secret = {"Authorization": f"Bearer {run.secrets.issuer_operator}"}
    assert (await api.post("/token", json=body, headers=secret)).json()["token_type"] == "Bearer"


def test_the_command_tells_a_post_s_reference_as_its_token_has_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = claims_of(tmp_path, TokenRequest(Role.MEDIATOR, "519900101", post=3))
    with pytest.raises(SystemExit) as ended:
        main.run(
            [
                "token",
                "--role",
                "mediator",
                "--division",
                "519900101",
                "--post",
                "3",
                "--reference",
            ]
        )
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip() == claims["post"] == "mediator-3"


@pytest.mark.parametrize(
    ("option", "written"), [("--post", "Zhang San"), ("--post", ""), ("--unit", "水利站")]
)
def test_the_command_takes_codes_alone(
    option: str, written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main.run(
            ["token", "--role", "clerk", "--division", "519900101", option, written, "--reference"]
        )
    assert ended.value.code == 2
    assert f"{option}: " in capsys.readouterr().err


@pytest.fixture
def silent(run: RunFolder, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunFolder]:
    """An issuer that is connected to and never answers."""
    monkeypatch.setattr("deploy.local.tokens._PATIENCE", 0.3)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as hanging:
        hanging.bind(str(run.issuer_socket))
        hanging.listen()
        yield run


# the library that connects leaves a socket to the collector where nobody listens
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_issuer_that_hangs_is_told_apart_from_one_that_does_not_run(silent: RunFolder) -> None:
    with pytest.raises(IssuerSilent, match=r"runs and does not answer: .* try again"):
        fetch_token(silent, CLERK)
    silent.issuer_socket.unlink()
    with pytest.raises(NotRunning, match="concord up"):
        fetch_token(silent, CLERK)


def test_the_services_are_given_the_keys_that_verify_its_tokens(run: RunFolder) -> None:
    for _ in range(2):
        write_public_keys(run.path / "issuer.key", run.issuer_keys)
    issuer = Issuer(run.url("issuer"), load_signing_key(run.path / "issuer.key"))
    assert json.loads(run.issuer_keys.read_text()) == issuer.public_keys()
    assert is_private(run.issuer_keys)
