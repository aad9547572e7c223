"""Seals are mailed, each once, over a real SMTP connection."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from shared.sealing import SealJournal
from shared.sealing.copies import SealCopies, place_of
from shared.sealing.mailing import CopyMail
from shared.sealing.not_copied import NotCopied
from tests.shared.test_seal_journal import NEXT, file_in, written
from tests.shared.test_seals import SEAL


@dataclass
class MailServer:
    """Takes every message; `accepts` is what it answers to one."""

    accepts: bytes = b"250 kept\r\n"
    messages: list[EmailMessage] = field(default_factory=list)
    port: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            match line.split()[0].upper():
                case b"DATA":
                    writer.write(b"354 go on\r\n")
                    body = await reader.readuntil(b"\r\n.\r\n")
                    if self.accepts.startswith(b"250"):
                        self.messages.append(
                            message_from_bytes(body[:-3], EmailMessage, policy=policy.default)
                        )
                    writer.write(self.accepts)
                case b"QUIT":
                    writer.write(b"221 bye\r\n")
                    break
                case _:
                    writer.write(b"250 ok\r\n")
        writer.close()


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    mail = MailServer()
    server = await asyncio.start_server(mail.serve, "127.0.0.1", 0)
    mail.port = server.sockets[0].getsockname()[1]
    async with server:
        yield mail


def copies(folder: Path, mail: MailServer) -> SealCopies:
    place = place_of(f"smtp://127.0.0.1:{mail.port}/seals@archive.example.org")
    return SealCopies(SealJournal(file_in(folder)), place, service="intake")


async def test_new_seals_are_mailed_once_also_after_a_restart(tmp_path: Path) -> None:
    await written(tmp_path, SEAL)
    async with mail_server() as mail:
        first = copies(tmp_path, mail)
        assert [await first.copy_new(), await first.copy_new()] == [1, 0]
        await written(tmp_path, NEXT)
        assert await copies(tmp_path, mail).copy_new() == 1
    assert [_attached(each) for each in mail.messages] == [
        SEAL.to_canonical() + b"\n",
        NEXT.to_canonical() + b"\n",
    ]
    assert mail.messages[0]["To"] == "seals@archive.example.org"


async def test_a_server_that_refuses_gets_them_later(tmp_path: Path) -> None:
    await written(tmp_path, SEAL)
    async with mail_server() as mail:
        waiting = copies(tmp_path, mail)
        mail.accepts = b"451 later\r\n"
        with pytest.raises(NotCopied):
            await waiting.copy_new()
        mail.accepts = b"250 kept\r\n"
        assert await waiting.copy_new() == 1


async def test_a_server_that_is_away_is_no_fault_of_ours(tmp_path: Path) -> None:
    await written(tmp_path, SEAL)
    async with mail_server() as mail:
        away = copies(tmp_path, mail)
    with pytest.raises(NotCopied):
        await away.copy_new()


async def test_a_shorter_journal_is_mailed_from_its_beginning(tmp_path: Path) -> None:
    await written(tmp_path, SEAL)
    file_in(tmp_path).with_suffix(".sent").write_text("999999")
    async with mail_server() as mail:
        assert await copies(tmp_path, mail).copy_new() == 1


def test_a_setting_names_server_port_user_and_addresses() -> None:
    assert place_of(
        "smtps://office%40x@mail.example.org/seals@archive.example.org"
        "?from=office@example.org&password_file=/etc/mail"
    ) == CopyMail(
        host="mail.example.org",
        port=465,
        to="seals@archive.example.org",
        sender="office@example.org",
        encrypted=True,
        user="office@x",
        password_file=Path("/etc/mail"),
    )


@pytest.mark.parametrize(
    "setting",
    [
        "smtp://mail.example.org",
        "smtp:///seals@archive.example.org",
        "smtp://user:secret@mail.example.org/seals@archive.example.org",
        "smtp://user@mail.example.org/seals@archive.example.org",
        "smtp://mail.example.org/seals@archive.example.org,other@x.org",
        "smtp://mail.example.org/seals@archive.example.org%0d%0aBcc:x@x.org",
        "smtp://mail.example.org/seals@archive.example.org?cc=x@x.org",
        "mail:seals@archive.example.org",
    ],
)
def test_any_other_setting_is_refused(setting: str) -> None:
    with pytest.raises(ValueError, match=r"has to be|together"):
        place_of(setting)


def _attached(message: EmailMessage) -> bytes:
    (attachment,) = message.iter_attachments()
    content = attachment.get_content()
    assert isinstance(content, bytes)
    return content
