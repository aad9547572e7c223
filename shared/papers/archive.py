"""Zip archives whose bytes depend on nothing but their content."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644 << 16
_UNIX = 3


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The parts in their order, by name.

    Stored, not compressed: what a compressor makes of them differs from one build of zlib to the
    next, and a digest has to hold on every machine.
    """
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = _UNIX, _REGULAR_FILE
            archive.writestr(entry, content)
    return packed.getvalue()


def unpack(packed: bytes) -> dict[str, bytes]:
    """All parts of an archive that we wrote ourselves, in its order."""
    with ZipFile(BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
