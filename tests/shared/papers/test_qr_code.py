"""A QR code on paper: the modules that a reader looks for, the same in the PDF's picture and in Word."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import segno
from PIL import Image

from shared.papers import Paper, Press, write_docx
from shared.papers.blocks import Paragraph, QrCode, Title, as_data, texts_of

CONTENT = b"CONCORD1:519900-2026-LF-000001-V:2026-12-01:" + b"AB12CD34" * 8
CODE = QrCode(CONTENT)
PAPER = Paper("receipt", date(2026, 12, 1), (Title("回执"), CODE, Paragraph("后文")), paged=False)
QUIET = 4


def modules() -> list[list[bool]]:
    made = segno.make_qr(CONTENT.decode(), error="m")
    return [[bool(module) for module in row] for row in made.matrix_iter(border=QUIET)]


def read(picture: Image.Image, size: int) -> list[list[bool]]:
    """Whether the middle of each module is dark."""
    grey = picture.convert("L")
    width, height = grey.width / size, grey.height / size
    return [
        [
            int(grey.getpixel((int((x + 0.5) * width), int((y + 0.5) * height)))) < 128  # type: ignore[arg-type]
            for x in range(size)
        ]
        for y in range(size)
    ]


def test_it_is_compact_and_holds_what_was_given() -> None:
    made = segno.make_qr(CONTENT.decode(), error="m")
    assert (made.mode, made.error) == ("alphanumeric", "M")
    assert int(made.version) <= 7


def test_word_has_its_modules() -> None:
    written = write_docx(PAPER).content
    with ZipFile(BytesIO(written)) as archive:
        (name,) = (each for each in archive.namelist() if each.startswith("word/media/"))
        picture = Image.open(BytesIO(archive.read(name)))
    expected = modules()
    assert read(picture, len(expected)) == expected


def test_the_press_prints_its_modules() -> None:
    (page,) = Press().print_pictures(PAPER, dots_per_inch=300)
    picture = Image.open(BytesIO(page.content)).convert("L")
    expected = modules()
    inner = [row[QUIET:-QUIET] for row in expected[QUIET:-QUIET]]
    dots = 300 / 25.4
    side = 45 * dots
    left = (picture.width - side) / 2 + (28 - 26) / 2 * dots
    column = picture.crop((int(left), 0, int(left + side), picture.height))
    box = (
        column.point(lambda grey: 255 if grey < 128 else 0)
        .crop((0, int(55 * dots), column.width, int(115 * dots)))
        .getbbox()
    )
    assert box is not None
    code = column.crop((box[0], box[1] + int(55 * dots), box[2], box[3] + int(55 * dots)))
    assert abs(code.width - code.height) <= 3
    assert read(code, len(inner)) == inner


def test_the_same_code_gives_the_same_bytes() -> None:
    assert Press().print_pdf(PAPER).content == Press().print_pdf(PAPER).content
    assert write_docx(PAPER).content == write_docx(PAPER).content


def test_no_reader_of_texts_changes_it() -> None:
    assert texts_of(CODE) == []
    assert as_data(CODE)["drawn"].startswith("<svg")
