"""The certificate that is in the folder of secrets, made or the county's own."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509

_SOON = timedelta(days=60)


def about_certificate(folder: Path, now: datetime) -> str:
    """Until when it is valid; without it no service knows the issuer, and browsers refuse."""
    ends = _certificate(folder).not_valid_after_utc
    said = f"tls_cert.pem is valid until {ends:%Y-%m-%d}."
    if ends - now > _SOON:
        return said
    return (
        f"{said} Delete tls_cert.pem, tls_key.pem and ca.pem and run this again, or put the "
        "county's own in their place; then: docker compose up -d --force-recreate"
    )


def covers(folder: Path, host: str) -> bool:
    """Whether one of its names is the host, or stands for every host of the host's domain."""
    try:
        extensions = _certificate(folder).extensions
        names = extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return False
    known = [str(name.value) for name in names]
    return host in known or f"*.{host.partition('.')[2]}" in known


def _certificate(folder: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate((folder / "tls_cert.pem").read_bytes())
    except ValueError:
        sys.exit(f"{folder / 'tls_cert.pem'} is no certificate in PEM")
