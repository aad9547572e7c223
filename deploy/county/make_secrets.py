"""Makes the folder of secrets that docker-compose.yml reads: once, before the first start.

`python -m deploy.county.make_secrets FOLDER --url https://county.example --county 519900`

What is there is kept, so that a new release adds only what it needs anew. A certificate of the
county's own replaces `tls_cert.pem`, `tls_key.pem` and `ca.pem`; without one a certificate authority
for this run alone is made. The folder is closed to others; the files in it are readable, since
each container has a user of its own, and the folder is what keeps others out.
"""

import argparse
import base64
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from deploy.county.certificates import Certificates, self_made
from deploy.county.present_certificate import about_certificate, covers
from deploy.county.realm import Demonstration, realm
from shared.keyed_marks import KeyedMarks
from shared.sealing.seal_key import fresh_key_pem
from shared.services import SERVICES

KEYCLOAK = "keycloak"
USER_OF_SERVICES = 10001
"""As in deploy/Dockerfile."""


def main(given: Sequence[str] | None = None) -> None:
    """Exit code 1 for an address or a county that cannot be used."""
    asked = _arguments().parse_args(given)
    _check_address(asked.url)
    if not (asked.county.isdecimal() and len(asked.county) == 6):
        sys.exit("--county is the six digits of the county's division code")
    address = asked.url.rstrip("/")
    divisions = demo_divisions(asked.county) if asked.demo else ()
    made = make_secrets(asked.folder, address, asked.county, divisions)
    other = made_for_another(asked.folder, address, asked.county, divisions)
    print(f"{len(made)} files made in {asked.folder}" if made else "Everything was there already.")
    for name in made:
        print(f"  {name}")
    print(about_certificate(asked.folder, datetime.now(UTC)))
    if other:
        print(
            f"{', '.join(other)} of an earlier run or release differ from what is asked for now and "
            "were kept: delete them and run this again. Keycloak reads realm.json only where it "
            "has no realm yet; one that runs is changed in Keycloak itself (docs/county.md)."
        )


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.path.strip("/"):
        sys.exit("--url has to be an address without a path, such as https://county.example")
    # browsers leave it out, and what Keycloak compares would never be what they send
    if parts.netloc.endswith(":443"):
        sys.exit("--url has to be as browsers write it: without :443, the port that they take")


def demo_divisions(county: str) -> tuple[str, ...]:
    """Where the demonstration has users: the county and the townships that it plays in."""
    return (county, *(f"{county}{number}" for number in ("101", "102", "103", "104")))


def make_secrets(
    folder: Path, address: str, county: str, demo_in: tuple[str, ...] = ()
) -> list[str]:
    """Write what is missing; the names of the files that were made.

    `demo_in` are the divisions in which users of the demonstration are made; none in earnest.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:  # as Docker makes one that is mounted and not there
        folder.chmod(0o700)
    made: list[str] = []
    for name, make in _plain():
        if not (folder / name).exists():
            _write(folder / name, make(), owner_only=name.endswith("seal_key.pem"))
            made.append(name)
    made += _certificates(folder, urlsplit(address).hostname or "")
    for name, content in _composed(folder, address, county, demo_in):
        if not (folder / name).exists():
            _write(folder / name, content)
            made.append(name)
    return made


def made_for_another(
    folder: Path, address: str, county: str, demo_in: tuple[str, ...]
) -> list[str]:
    """The names of the files that would be others now: of another address, county or release."""
    host = urlsplit(address).hostname or ""
    differing = [
        name
        for name, content in _composed(folder, address, county, demo_in)
        if (folder / name).read_text(encoding="utf-8") != content
    ]
    return differing + ([] if covers(folder, host) else ["tls_cert.pem"])


def _plain() -> Iterator[tuple[str, Callable[[], str]]]:
    """Secrets that depend on nothing."""
    yield "postgres_superuser_password", _password
    for name in [*(service.name for service in SERVICES), KEYCLOAK]:
        yield f"{name}_owner_database_password", _password
        yield f"{name}_database_password", _password
    for service in SERVICES:
        if service.keeps_persons:
            yield f"{service.name}_key_encryption_key", _key
        if service.keeps_ledgers:
            yield f"{service.name}_seal_key.pem", fresh_key_pem
    yield "mark_key", _key
    for name in (
        "keycloak_admin",
        "grafana_admin",
        "prometheus_client",
        "demo_client",
        "demo_user",
    ):
        yield f"{name}_secret", _password


def _composed(
    folder: Path, address: str, county: str, demo_in: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Files that follow from others: Keycloak reads its secrets from its settings alone.

    Stats has the key by which units are marked, and not the county's of which it is made: where that
    is made anew, delete this one too.
    """

    def read(name: str) -> str:
        return (folder / name).read_text(encoding="utf-8").strip()

    yield "unit_mark_key", KeyedMarks.from_base64(read("mark_key")).unit_key or ""
    settings = {
        "db-url": "jdbc:postgresql://postgres:5432/keycloak",
        "db-username": "keycloak_owner",
        "db-password": read("keycloak_owner_database_password"),
        "bootstrap-admin-username": "admin",
        "bootstrap-admin-password": read("keycloak_admin_secret"),
    }
    yield "keycloak.conf", "".join(f"{name}={value}\n" for name, value in settings.items())
    demo = Demonstration(
        client_secret=read("demo_client_secret"),
        password=read("demo_user_secret"),
        divisions=demo_in,
    )
    document = realm(
        address,
        prometheus_secret=read("prometheus_client_secret"),
        county=county,
        demo=demo if demo_in else None,
    )
    yield "realm.json", json.dumps(document, ensure_ascii=False, indent=1)


def _certificates(folder: Path, host: str) -> list[str]:
    names = ("tls_cert.pem", "tls_key.pem", "ca.pem")
    present = [name for name in names if (folder / name).exists()]
    if len(present) == len(names):
        return []
    if present:
        sys.exit(f"{folder} has {', '.join(present)}; a certificate needs {', '.join(names)}")
    made: Certificates = self_made(host)
    for name, content in zip(names, (made.certificate, made.key, made.authority), strict=True):
        _write(folder / name, content)
    return list(names)


def _write(file: Path, content: str, *, owner_only: bool = False) -> None:
    growing = file.with_name(f".{file.name}.new")
    growing.unlink(missing_ok=True)
    mode = 0o400 if owner_only else 0o444
    with os.fdopen(os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as opened:
        opened.write(content)
    growing.chmod(mode)
    if os.geteuid() == 0:
        os.chown(growing, USER_OF_SERVICES, USER_OF_SERVICES)
    growing.rename(file)


def _password() -> str:
    return secrets.token_urlsafe(24)


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m deploy.county.make_secrets",
        description="Make the folder of secrets that docker-compose.yml reads; what is there is kept.",
    )
    parser.add_argument("folder", type=Path, help="made where it is not there")
    parser.add_argument(
        "--url", default="https://county.test:8443", help="under which browsers reach the system"
    )
    parser.add_argument("--county", default="519900", help="six digits; 519900 is no real county")
    parser.add_argument(
        "--demo", action="store_true", help="add the users of the demonstration to the realm"
    )
    return parser


if __name__ == "__main__":
    main()
