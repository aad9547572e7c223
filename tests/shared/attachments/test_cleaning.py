"""What is taken, what is kept of it, and what is refused: by the process that cleans."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from shared.attachments import cleaner as cleaner_module
from shared.attachments.cleaner import Cleaner
from shared.attachments.verdict import Cleaned
from shared.refusals import Refusal
from tests.shared.attachments import files


async def cleaned(given: bytes) -> Cleaned:
    return await Cleaner().clean(given)


async def refusal(given: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        await cleaned(given)
    return refused.value.slug


@pytest.mark.parametrize(
    ("given", "media_type"),
    [
        (files.jpeg(), "image/jpeg"),
        (files.png(), "image/png"),
        (files.HEIC, "image/jpeg"),
    ],
    ids=["jpeg", "png", "heic"],
)
async def test_of_a_picture_only_what_is_seen_is_kept(given: bytes, media_type: str) -> None:
    assert files.OWNER in given or b"Exif" in given or b"eXIf" in given
    kept = await cleaned(given)
    assert kept.media_type == media_type
    shown = Image.open(BytesIO(kept.content))
    assert shown.size == (96, 64)
    assert dict(shown.getexif()) == {}
    assert not {"exif", "icc_profile", "comment", "xmp", "Author"} & shown.info.keys()
    for trace in (files.OWNER, b"Exif", b"eXIf", b"GPS", b"xmp", b"tEXt", b"iTXt"):
        assert trace not in kept.content


async def test_a_picture_is_turned_as_its_orientation_says() -> None:
    kept = await cleaned(files.jpeg(orientation=6))
    shown = Image.open(BytesIO(kept.content))
    assert shown.size == (64, 96)
    assert shown.getpixel((60, 5))[0] > 200  # type: ignore[index]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
async def test_every_mode_of_a_png_is_taken(mode: str) -> None:
    assert (await cleaned(files.png(mode=mode))).media_type == "image/png"


async def test_the_same_file_is_cleaned_the_same() -> None:
    assert await cleaned(files.jpeg()) == await cleaned(files.jpeg())


@pytest.mark.parametrize(
    ("given", "media_type"),
    [
        (files.pdf(), "application/pdf"),
        (
            files.document(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (files.workbook(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (
            files.with_reference(files.document(), "hyperlink"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
    ids=["pdf", "docx", "xlsx", "docx with a link"],
)
async def test_a_document_is_kept_byte_for_byte(given: bytes, media_type: str) -> None:
    assert await cleaned(given) == Cleaned(media_type, given)


async def test_what_is_appended_to_a_picture_is_gone() -> None:
    kept = await cleaned(files.jpeg() + files.document() + b"<script>alert(1)</script>")
    assert b"PK\x03\x04" not in kept.content
    assert b"script" not in kept.content


def _pdf_with(entry: str, value: Callable[[], pikepdf.Object]) -> Callable[[], bytes]:
    return lambda: files.acting_pdf(**{entry: value()})


def _docx_of(kind: str) -> Callable[[], bytes]:
    return lambda: files.with_content_type(files.document(), f"application/{kind}")


def _docx_to(kind: str) -> Callable[[], bytes]:
    return lambda: files.with_reference(files.document(), kind)


def _workbook_linked(kind: str) -> Callable[[], bytes]:
    link = (
        f'<externalLink xmlns="urn:main"><{kind} ddeService="cmd" ddeTopic="/c"/></externalLink>'
    )
    part = "xl/externalLinks/externalLink1.xml"
    return lambda: files.with_parts(files.workbook(), {part: link})


OPENXML = "vnd.openxmlformats-officedocument"
NOT_TAKEN, UNREADABLE = "attachment-type-not-taken", "attachment-unreadable"
ACTS, COSTLY = "attachment-acts", "attachment-too-costly"
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", NOT_TAKEN),
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', NOT_TAKEN),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", NOT_TAKEN),
    "html before a pdf": (lambda: b"<script>alert(1)</script>" + files.pdf(), NOT_TAKEN),
    "gif": (lambda: b"GIF89a" + bytes(40), NOT_TAKEN),
    "a program": (lambda: b"MZ" + bytes(400), NOT_TAKEN),
    "old word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), NOT_TAKEN),
    "m4a": (lambda: b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom" + bytes(99), NOT_TAKEN),
    "any zip": (
        lambda: files.with_parts(files.document(), {"[Content_Types].xml": "<a/>"}),
        NOT_TAKEN,
    ),
    "a moving png": (files.moving_png, NOT_TAKEN),
    "half a jpeg": (lambda: files.jpeg()[:700], UNREADABLE),
    "a jpeg by name": (lambda: b"\xff\xd8\xff" + b"<script>alert(1)</script>" * 9, UNREADABLE),
    "half a heic": (lambda: files.HEIC[:900], UNREADABLE),
    "too many pixels": (lambda: files.png(size=(8_000, 6_600), mode="1"), COSTLY),
    "pixels that are only said": (files.oversized_header_png, COSTLY),
    "half a pdf": (lambda: files.pdf()[:500], UNREADABLE),
    "zip after a pdf": (lambda: files.pdf() + files.document(), UNREADABLE),
    "zip after a pdf that ends as one": (files.pdf_and_archive, UNREADABLE),
    "pdf that opens a script": (_pdf_with("OpenAction", files.action), ACTS),
    "pdf with a script of a page": (files.pdf_with_script_of_a_page, ACTS),
    "pdf that starts a program": (
        _pdf_with("OpenAction", lambda: files.action("Launch")),
        ACTS,
    ),
    "pdf with a form of scripts": (
        _pdf_with("AcroForm", lambda: pikepdf.Dictionary(XFA=pikepdf.Array([]))),
        ACTS,
    ),
    "pdf with a file": (files.pdf_with_a_file, ACTS),
    "locked pdf": (files.locked_pdf, "attachment-protected"),
    "zip bomb": (files.bomb, COSTLY),
    "zip bomb that lies": (files.lying_bomb, UNREADABLE),
    "many parts": (files.many_parts, COSTLY),
    "entities": (files.entity_bomb, UNREADABLE),
    "other compression": (files.lzma_document, UNREADABLE),
    "bytes before a docx": (lambda: b"PK\x03\x04" + files.document(), UNREADABLE),
    "bytes between the parts of a docx": (files.document_with_a_gap, UNREADABLE),
    "bytes after a docx": (lambda: files.document() + b"<script>", UNREADABLE),
    "macros": (_docx_of("vnd.ms-office.vbaProject"), ACTS),
    "a web query": (_docx_of(f"{OPENXML}.spreadsheetml.connections+xml"), ACTS),
    "a query's table": (_docx_of(f"{OPENXML}.spreadsheetml.queryTable+xml"), ACTS),
    "a command by dde": (_workbook_linked("ddeLink"), ACTS),
    "a command by ole": (_workbook_linked("oleLink"), ACTS),
    "embedded program": (_docx_of(f"{OPENXML}.oleObject"), ACTS),
    "template from elsewhere": (_docx_to("attachedTemplate"), ACTS),
    "picture from elsewhere": (_docx_to("image"), ACTS),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_hostile_or_of_no_use_is_refused(name: str) -> None:
    given, slug = REFUSED[name]
    assert await refusal(given()) == slug


async def test_a_process_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaner_module, "CHILD_WALL_SECONDS", 0.0)
    assert await refusal(files.jpeg()) == "attachment-too-costly"


_PRYING = """
import json, os, socket, sys
from shared.attachments import clean_file
sys.stdin.buffer.read()
tried = {}
def refuses(name, act):
    try:
        act()
        tried[name] = "done"
    except OSError as fault:
        tried[name] = fault.errno
clean_file.reader_of(b"%PDF-")
clean_file._bound()
refuses("file", lambda: open("/etc/hostname"))
refuses("socket", socket.socket)
refuses("pipe", os.pipe)
media_type = json.dumps([tried, sorted(os.environ)])
sys.stdout.write(json.dumps({"media_type": media_type, "same": True}) + "\\n")
"""


async def test_the_process_has_no_secret_and_opens_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "prying.py").write_text(_PRYING)
    monkeypatch.setenv("INTAKE_KEY_ENCRYPTION_KEY", "secret")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(cleaner_module, "_MODULE", "prying")
    said = (await cleaned(b"x")).media_type
    assert said.startswith('[{"file": 24, "socket": 24, "pipe": 24}')
    assert "INTAKE" not in said
