"""Photographs and scans: decoded and written anew, so that only what is seen is kept.

EXIF with its places and times, XMP, comments, thumbnails, colour profiles and whatever is appended
to a file are in none of the pixels. An orientation is turned into the picture first.
"""

from io import BytesIO

import pi_heif
from PIL import Image, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin

from shared.attachments.limits import LARGEST, MOST_PIXELS
from shared.attachments.verdict import Cleaned, NotTaken, Reason

# Imported before the process gives up opening files: Pillow would load them when it first needs them.
_LOADED = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin)
_QUALITIES = (90, 80, 65)
_PNG_MODES = frozenset({"1", "L", "LA", "RGB", "RGBA", "I;16"})
JPEG, PNG = "image/jpeg", "image/png"

Image.preinit()
# its own bound warns first and refuses at twice that; ours comes before a pixel is decoded
Image.MAX_IMAGE_PIXELS = None
pi_heif.register_heif_opener(thumbnails=False)
pi_heif.options.DECODE_THREADS = 1


def clean_jpeg(given: bytes) -> Cleaned:
    """A JPEG, written anew."""
    return Cleaned(JPEG, _as_jpeg(_picture(given, "JPEG")))


def clean_heic(given: bytes) -> Cleaned:
    """HEIC as telephones take it, written as JPEG: office programs can show that."""
    if not pi_heif.is_supported(given):
        raise NotTaken(Reason.TYPE)
    return Cleaned(JPEG, _as_jpeg(_picture(given, "HEIF")))


def clean_png(given: bytes) -> Cleaned:
    """A PNG of one picture, written anew."""
    picture = _picture(given, "PNG")
    if picture.mode not in _PNG_MODES:
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return Cleaned(PNG, _small(_written(picture, "PNG")))


def _picture(given: bytes, form: str) -> Image.Image:
    """The first picture, upright, without anything else of its file."""
    with Image.open(BytesIO(given), formats=[form]) as image:
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise NotTaken(Reason.COSTLY)
        if form == "PNG" and getattr(image, "n_frames", 1) > 1:
            raise NotTaken(Reason.TYPE)
        image.load()
        return ImageOps.exif_transpose(image).copy()


def _as_jpeg(picture: Image.Image) -> bytes:
    if picture.mode not in {"L", "RGB"}:
        picture = picture.convert("RGB")
    written = b""
    for quality in _QUALITIES:
        written = _written(picture, "JPEG", quality=quality)
        if len(written) <= LARGEST:
            break
    return _small(written)


def _written(picture: Image.Image, form: str, **how: int) -> bytes:
    picture.info = {}
    written = BytesIO()
    picture.save(written, format=form, **how)
    return written.getvalue()


def _small(written: bytes) -> bytes:
    if len(written) > LARGEST:
        raise NotTaken(Reason.COSTLY)
    return written
