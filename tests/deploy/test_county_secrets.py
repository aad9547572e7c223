"""The folder of secrets that a county begins with."""

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store

from demo import passed_on
from demo.scene import REFERENCE_TOWNSHIP, REGISTER_TOWNSHIP
from deploy.county import make_secrets as command
from deploy.county.certificates import self_made
from deploy.county.make_secrets import demo_divisions, make_secrets
from deploy.county.present_certificate import about_certificate
from deploy.county.realm import names_in
from shared.identity import Role
from shared.keys import Keys
from shared.sealing.seal_key import SealKeys
from shared.services import SERVICES

ADDRESS, COUNTY = "https://county.example", "519900"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_secrets(tmp_path / "secrets", ADDRESS, COUNTY)
    return tmp_path / "secrets"


def test_what_is_there_is_kept(folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert make_secrets(folder, ADDRESS, COUNTY) == []
    (folder / "mark_key").unlink()
    assert make_secrets(folder, ADDRESS, COUNTY) == ["mark_key"]
    after = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert {name for name in before if before[name] != after[name]} == {"mark_key"}


def test_the_folder_is_closed_and_seal_keys_are_too(folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for service in SERVICES:
        if service.keeps_ledgers:
            assert SealKeys.from_file(folder / f"{service.name}_seal_key.pem").signing_id
        if service.keeps_persons:
            Keys.from_base64((folder / f"{service.name}_key_encryption_key").read_text())


def test_a_folder_that_was_open_is_closed(tmp_path: Path) -> None:
    """As Docker makes it where it is mounted and nobody had made it."""
    folder = tmp_path / "secrets"
    folder.mkdir(mode=0o755)
    make_secrets(folder, ADDRESS, COUNTY)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(("days", "advice"), [(10, False), (380, True), (400, True)])
def test_the_certificates_end_is_said_and_in_time_what_to_do(
    folder: Path, days: int, advice: bool
) -> None:
    said = about_certificate(folder, datetime.now(UTC) + timedelta(days=days))
    assert "valid until 20" in said
    assert ("Delete tls_cert.pem" in said) is advice


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--url", ADDRESS], None),
        (["--url", ADDRESS, "--demo"], "realm.json of an earlier"),
        (["--url", "https://other.example"], "realm.json, tls_cert.pem of an earlier"),
    ],
)
def test_what_is_kept_and_would_be_another_now_is_named(
    words: list[str], named: str | None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --demo too late, nobody of the demonstration could log in."""
    command.main([str(folder), *words])
    said = capsys.readouterr().out
    assert ("differ from what is asked for" in said) is (named is not None)
    assert (named or "") in said


def test_no_two_secrets_are_the_same(folder: Path) -> None:
    kinds = ("password", "secret", "key")
    found = [f.read_bytes() for f in folder.iterdir() if f.name.endswith(kinds)]
    assert len(found) > 15
    assert len(set(found)) == len(found)


def test_the_realm_has_no_user_unless_the_demonstration_is_asked_for(folder: Path) -> None:
    document = json.loads((folder / "realm.json").read_text())
    assert set(names_in(document, "clients")) == {"web", "prometheus"}
    assert document["users"] == []
    web = next(each for each in document["clients"] if each["clientId"] == "web")
    assert web["attributes"] == {"pkce.code.challenge.method": "S256"}
    assert not web["directAccessGrantsEnabled"]


def test_the_claims_of_a_person_are_of_one_post(folder: Path) -> None:
    """Keycloak would put the values of all groups together, in no order."""
    document = json.loads((folder / "realm.json").read_text())
    web = next(each for each in document["clients"] if each["clientId"] == "web")
    read = [each for each in web["protocolMappers"] if "user.attribute" in each["config"]]
    assert {each["name"] for each in read} == {"role", "division", "unit", "post"}
    assert {each["config"]["aggregate.attrs"] for each in read} == {"false"}


def test_no_token_says_who_its_bearer_is(tmp_path: Path) -> None:
    make_secrets(tmp_path, ADDRESS, COUNTY, (COUNTY,))
    for client in json.loads((tmp_path / "realm.json").read_text())["clients"]:
        assert client["defaultClientScopes"] == ["basic"], client["clientId"]
        assert client["optionalClientScopes"] == []


def test_prometheus_has_the_role_that_reads_gauges_alone(folder: Path) -> None:
    document = json.loads((folder / "realm.json").read_text())
    client = next(each for each in document["clients"] if each["clientId"] == "prometheus")
    claims = {
        each["config"]["claim.name"]: each["config"]["claim.value"]
        for each in client["protocolMappers"]
        if each["protocolMapper"] == "oidc-hardcoded-claim-mapper"
    }
    assert claims == {"role": Role.SCRAPE, "division": COUNTY}
    assert client["secret"] == (folder / "prometheus_client_secret").read_text().strip()


def test_the_demonstration_has_a_user_for_every_role(tmp_path: Path) -> None:
    make_secrets(tmp_path, ADDRESS, COUNTY, (COUNTY, f"{COUNTY}101"))
    document = json.loads((tmp_path / "realm.json").read_text())
    users = set(names_in(document, "users"))
    assert users == {f"demo-{role}-{d}" for role in Role for d in (COUNTY, f"{COUNTY}101")}
    groups = set(names_in(document, "groups"))
    assert all(user["groups"][0].lstrip("/") in groups for user in document["users"])


def test_the_demonstration_has_users_wherever_it_plays() -> None:
    played = {REGISTER_TOWNSHIP, REFERENCE_TOWNSHIP, passed_on.FROM, passed_on.TO}
    assert played | {COUNTY} == set(demo_divisions(COUNTY))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--url", "http://county.example"], "--url has to be"),
        (["--url", "https://county.example/path"], "--url has to be"),
        (["--url", "https://county.example:443"], "without :443"),
        (["--county", "5199"], "--county is the six digits"),
    ],
)
def test_an_address_or_a_county_that_cannot_be_is_one_sentence(
    words: list[str], said: str, tmp_path: Path
) -> None:
    with pytest.raises(SystemExit, match=said):
        command.main([str(tmp_path / "new"), *words])
    assert not (tmp_path / "new").exists()


def test_half_a_certificate_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tls_cert.pem").write_text("the county's own")
    with pytest.raises(SystemExit, match=r"tls_cert\.pem; a certificate needs"):
        make_secrets(tmp_path, ADDRESS, COUNTY)
    assert (tmp_path / "tls_cert.pem").read_text() == "the county's own"


def test_a_certificate_that_is_none_is_one_sentence(folder: Path) -> None:
    (folder / "tls_cert.pem").unlink()
    (folder / "tls_cert.pem").write_text("the county's own")
    with pytest.raises(SystemExit, match=r"tls_cert\.pem is no certificate"):
        command.main([str(folder), "--url", ADDRESS])


def test_a_client_that_trusts_the_authority_accepts_the_certificate() -> None:
    made = self_made("county.example")
    authority = x509.load_pem_x509_certificate(made.authority.encode())
    verifier = (
        PolicyBuilder()
        .store(Store([authority]))
        .time(datetime.now(UTC))
        .build_server_verifier(x509.DNSName("county.example"))
    )
    certificate = x509.load_pem_x509_certificate(made.certificate.encode())
    assert len(verifier.verify(certificate, [])) == 2
