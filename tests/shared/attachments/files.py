"""Files as offices and their enemies make them."""

import struct
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile
from zlib import compress, crc32

import docx
import openpyxl
import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from reportlab.pdfgen.canvas import Canvas

HEIC = Path(__file__).with_name("photo.heic").read_bytes()
"""Of an iPhone's make: 96 by 64 pixels, with EXIF that has a place and the words of OWNER."""
OWNER = b"Camera of Zhang"
_GPS, _MAKE, _ORIENTATION, _COMMENT = 0x8825, 0x010F, 0x0112, 0x9286


def picture(width: int = 96, height: int = 64) -> Image.Image:
    """One whose upper left corner is red and whose other half is blue."""
    made = Image.new("RGB", (width, height), "blue")
    made.paste((255, 0, 0), (0, 0, width // 2, height // 2))
    return made


def exif(orientation: int = 1, by: str = OWNER.decode()) -> Image.Exif:
    """With a maker, a comment and the place of a house."""
    made = Image.Exif()
    made[_MAKE], made[_ORIENTATION] = by, orientation
    made.get_ifd(0x8769)[_COMMENT] = b"at the house of " + by.encode()
    made.get_ifd(_GPS).update({1: "N", 2: (28.0, 12.0, 34.5), 3: "E", 4: (112.0, 58.0, 7.25)})
    return made


def jpeg(orientation: int = 1, by: str = OWNER.decode()) -> bytes:
    """As a telephone writes it: EXIF with a place, a comment, a colour profile."""
    written = BytesIO()
    picture().save(
        written,
        "JPEG",
        exif=exif(orientation, by),
        comment=by.encode(),
        icc_profile=b"profile " + by.encode(),
    )
    return written.getvalue()


def png(size: tuple[int, int] = (96, 64), mode: str = "RGB") -> bytes:
    written = BytesIO()
    text = PngInfo()
    text.add_text("Author", OWNER.decode())
    text.add_itxt("XML:com.adobe.xmp", f"<x>{OWNER.decode()}</x>", zip=True)
    picture(*size).convert(mode).save(written, "PNG", exif=exif(), pnginfo=text)
    return written.getvalue()


def moving_png() -> bytes:
    written = BytesIO()
    picture().save(written, "PNG", save_all=True, append_images=[picture(96, 64).rotate(90)])
    return written.getvalue()


def pdf(text: str = "a receipt") -> bytes:
    written = BytesIO()
    canvas = Canvas(written)
    canvas.drawString(72, 72, text)
    canvas.save()
    return written.getvalue()


def pdf_of(size: int) -> bytes:
    """A whole one of so many bytes: blanks stand before its end."""
    small = pdf()
    place = small.rfind(b"%%EOF")
    return small[:place] + b"\n" * (size - len(small)) + small[place:]


def acting_pdf(**root: pikepdf.Object) -> bytes:
    """One page, and something in its catalogue; all objects lie in compressed streams."""
    with pikepdf.new() as document:
        document.add_blank_page()
        for name, value in root.items():
            document.Root[f"/{name}"] = document.make_indirect(value)
        written = BytesIO()
        document.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def action(kind: str = "JavaScript") -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), JS="app.alert(1)", F="x.exe")


def pdf_with_script_of_a_page() -> bytes:
    with pikepdf.new() as document:
        document.add_blank_page()
        document.pages[0].obj["/AA"] = pikepdf.Dictionary(O=action())
        written = BytesIO()
        document.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def pdf_with_a_file() -> bytes:
    with pikepdf.new() as document:
        document.add_blank_page()
        document.attachments["tool.exe"] = b"MZ"
        written = BytesIO()
        document.save(written)
    return written.getvalue()


def locked_pdf() -> bytes:
    with pikepdf.new() as document:
        document.add_blank_page()
        written = BytesIO()
        document.save(written, encryption=pikepdf.Encryption(owner="o", user="u"))
    return written.getvalue()


def document() -> bytes:
    written = BytesIO()
    made = docx.Document()
    made.add_paragraph("村东头的地被占了三分")
    made.save(written)
    return written.getvalue()


def workbook() -> bytes:
    written = BytesIO()
    openpyxl.Workbook().save(written)
    return written.getvalue()


def with_parts(
    archive: bytes, parts: dict[str, bytes | str], *, method: int = ZIP_DEFLATED
) -> bytes:
    """An archive with further parts; one of the same name takes the place of the first."""
    written = BytesIO()
    with ZipFile(BytesIO(archive)) as before, ZipFile(written, "w", method) as after:
        for part in before.infolist():
            if part.filename not in parts:
                after.writestr(part.filename, before.read(part), method)
        for name, content in parts.items():
            after.writestr(name, content, method)
    return written.getvalue()


def content_types(archive: bytes) -> str:
    with ZipFile(BytesIO(archive)) as packed:
        return packed.read("[Content_Types].xml").decode()


def with_content_type(archive: bytes, kind: str) -> bytes:
    given = content_types(archive)
    more = f'<Override PartName="/word/more.bin" ContentType="{kind}"/></Types>'
    return with_parts(archive, {"[Content_Types].xml": given.replace("</Types>", more)})


def with_reference(archive: bytes, kind: str) -> bytes:
    """A relationship to something outside."""
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    of = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    listed = (
        f'<Relationships xmlns="{namespace}"><Relationship Id="r1" Type="{of}" '
        'Target="http://example.org/x" TargetMode="External"/></Relationships>'
    )
    return with_parts(archive, {"word/_rels/settings.xml.rels": listed})


def bomb(size: int = 210 * 2**20) -> bytes:
    """A document that unpacks to so many bytes."""
    return with_parts(document(), {"word/zeros.bin": bytes(size)})


def lying_bomb() -> bytes:
    """The same, whose directory says that the part is small."""
    packed = bytearray(bomb(30 * 2**20))
    place = packed.rfind(b"word/zeros.bin") - 46
    packed[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    return bytes(packed)


def many_parts() -> bytes:
    return with_parts(document(), {f"word/{number}.xml": b"" for number in range(5_001)})


def entity_bomb() -> bytes:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><Types>&b;</Types>'
    return with_parts(document(), {"[Content_Types].xml": laughs})


def lzma_document() -> bytes:
    return with_parts(document(), {"word/x.bin": b"x"}, method=ZIP_LZMA)


def oversized_header_png() -> bytes:
    """A PNG of a few bytes that says it is 60,000 by 60,000 pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        sum_ = crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", sum_)

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def pdf_and_archive() -> bytes:
    """A PDF behind which an archive lies, whose comment ends as a PDF does."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("page.html", "<script>alert(1)</script>")
        archive.comment = b"\n%%EOF"
    return pdf() + packed.getvalue()


def document_with_a_gap() -> bytes:
    """Bytes that no program shows, between the last part and the list of parts."""
    given, hidden = document(), b"<script>alert(1)</script>"
    end = given.rfind(b"PK\x05\x06")
    (listed_at,) = struct.unpack_from("<I", given, end + 16)
    moved = bytearray(given[end:])
    struct.pack_into("<I", moved, 16, listed_at + len(hidden))
    return given[:listed_at] + hidden + given[listed_at:end] + bytes(moved)
