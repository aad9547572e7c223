"""Seals by mail: one message for all that are new, the seals attached as a line of JSON each."""

import re
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from shared.contracts.ledger import LedgerSealed
from shared.sealing.not_copied import NotCopied

_SECONDS = 60.0
_MOST_LISTED = 50
_PORTS = {"smtp": 25, "smtps": 465}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,255}")
WRITTEN = "smtp://[user@]host[:port]/address[?from=address&password_file=/path], or smtps://…"


@dataclass(frozen=True, kw_only=True)
class CopyMail:
    """A mail server that passes seals on to an address.

    The connection is encrypted from the start (`smtps`) or as soon as the server offers it; a
    password is sent over an encrypted connection or to this machine only.
    """

    host: str
    port: int
    to: str
    sender: str
    encrypted: bool = False
    user: str | None = None
    password_file: Path | None = None

    def copy(self, seals: Sequence[LedgerSealed]) -> None:
        """Send them; raises NotCopied."""
        message = self._message(seals)
        try:
            with self._connected() as server:
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as fault:
            # what the server answers may hold the address and more
            raise NotCopied(f"the mail server {self.host} took no seals") from fault

    def _message(self, seals: Sequence[LedgerSealed]) -> EmailMessage:
        days = sorted(str(seal.day) for seal in seals)
        message = EmailMessage()
        message["From"], message["To"] = self.sender, self.to
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="concord.invalid")
        message["Subject"] = f"Seals of Concord: {len(seals)}, {days[0]} to {days[-1]}"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content("\n".join(_text(seals)), charset="utf-8")
        lines = b"".join(seal.to_canonical() + b"\n" for seal in seals)
        message.add_attachment(
            lines, maintype="application", subtype="x-ndjson", filename="seals.ndjson"
        )
        return message

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        trust = ssl.create_default_context()
        if self.encrypted:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=_SECONDS, context=trust
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=_SECONDS)
        with server:
            server.ehlo()
            encrypted = self.encrypted
            if not encrypted and server.has_extn("starttls"):
                server.starttls(context=trust)
                server.ehlo()
                encrypted = True
            if self.user and self.password_file:
                if not encrypted and self.host not in _LOOPBACK:
                    raise NotCopied(
                        f"the mail server {self.host} takes a password unencrypted only"
                    )
                server.login(self.user, self.password_file.read_text(encoding="utf-8").strip())
            yield server


def _text(seals: Sequence[LedgerSealed]) -> Iterator[str]:
    yield "Seals of ledgers, which `concord verify DIR --seals seals.ndjson` looks for. Keep this message.\n"
    for seal in seals[:_MOST_LISTED]:
        yield f"{seal.ledger}  {seal.day}  {seal.head_sequence}  {seal.merkle_root}"
    if len(seals) > _MOST_LISTED:
        yield f"… and {len(seals) - _MOST_LISTED} more in the attachment"
    yield ""


def mail_of(written: str) -> CopyMail:
    """The mail server and address that a setting names; ValueError for anything else."""
    url = urlsplit(written)
    address = unquote(url.path.lstrip("/"))
    asked = {name: values[-1] for name, values in parse_qs(url.query).items()}
    unknown = asked.keys() - {"from", "password_file"}
    if (
        url.scheme not in _PORTS
        or not url.hostname
        or unknown
        or url.password
        or not _is_one(address)
    ):
        raise ValueError(f"has to be {WRITTEN}")
    password_file = Path(asked["password_file"]) if "password_file" in asked else None
    if (url.username is None) != (password_file is None):
        raise ValueError("names a user and a password_file together, or neither")
    sender = asked.get("from", address)
    if not _is_one(sender):
        raise ValueError(f"has to be {WRITTEN}")
    return CopyMail(
        host=url.hostname,
        port=url.port or _PORTS[url.scheme],
        to=address,
        sender=sender,
        encrypted=url.scheme == "smtps",
        user=url.username and unquote(url.username),
        password_file=password_file,
    )


def _is_one(address: str) -> bool:
    return _ADDRESS.fullmatch(address) is not None
