"""Documents and workbooks (.docx, .xlsx): kept as they are, if all of it unpacks and nothing acts."""

import codecs
import struct
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from shared.attachments.limits import MOST_PARTS, MOST_UNPACKED
from shared.attachments.verdict import Cleaned, NotTaken, Reason

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAIN_PARTS = {f"{DOCX}.main+xml": DOCX, f"{XLSX}.main+xml": XLSX}
_CONTENT_TYPES = "[Content_Types].xml"
_END, _END_SIZE = b"PK\x05\x06", 22
_ENCRYPTED, _SIZES_FOLLOW = 0x1, 0x8
_LOCAL_HEADER, _NAME_LENGTHS = 30, struct.Struct("<HH")
_SIZES = frozenset({12, 16, 20, 24})
"""Bytes of the sizes that follow a part whose writer did not know them before."""
_LARGEST_LIST = 2**20
_PIECE = 2**18
_ACTING = (
    *("macroenabled", "vbaproject", "activex", "oleobject", "script"),
    *("connections+xml", "/connections", "querytable"),
)
_OUTSIDE_TAKEN = ("/hyperlink", "/externalLinkPath")
"""Kinds of references to the outside that nothing follows by itself."""
# zipfile decodes names by it, and would load it when it first needs it
codecs.lookup("cp437")


def check_office_file(given: bytes) -> Cleaned:
    """The file itself; NotTaken where it is no document or workbook, or may act."""
    try:
        with ZipFile(BytesIO(given)) as packed:
            parts = packed.infolist()
            _refuse_odd(given, parts)
            _refuse_hidden(given, [*parts], packed.start_dir)
            _unpack(packed, parts)
            return Cleaned(_type_of(packed, {part.filename for part in parts}), given)
    except (BadZipFile, etree.XMLSyntaxError):
        raise NotTaken(Reason.BROKEN) from None


def _refuse_odd(given: bytes, parts: list[ZipInfo]) -> None:
    """Refuse what is before or after the archive, and what no office program packs."""
    begins = min((part.header_offset for part in parts), default=-1)
    ends = given[-_END_SIZE:].startswith(_END)
    if begins != 0 or not ends or len({part.filename for part in parts}) < len(parts):
        raise NotTaken(Reason.BROKEN)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise NotTaken(Reason.PROTECTED)
    if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
        raise NotTaken(Reason.BROKEN)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotTaken(Reason.COSTLY)


def _refuse_hidden(given: bytes, parts: list[ZipInfo], ends: int) -> None:
    """Refuse bytes between the parts, which no program shows."""
    parts.sort(key=lambda part: part.header_offset)
    begins = [*(part.header_offset for part in parts), ends]
    for part, (begin, following) in zip(parts, pairwise(begins), strict=True):
        lengths = _NAME_LENGTHS.unpack_from(given, begin + _LOCAL_HEADER - _NAME_LENGTHS.size)
        rest = following - begin - _LOCAL_HEADER - sum(lengths) - part.compress_size
        if rest != 0 and not (part.flag_bits & _SIZES_FOLLOW and rest in _SIZES):
            raise NotTaken(Reason.BROKEN)


def _unpack(packed: ZipFile, parts: list[ZipInfo]) -> None:
    """Read every part to its end: sizes that are stated may be wrong."""
    unpacked = 0
    for part in parts:
        with packed.open(part) as content:
            while piece := content.read(_PIECE):
                unpacked += len(piece)
                if unpacked > MOST_UNPACKED:
                    raise NotTaken(Reason.COSTLY)


def _type_of(packed: ZipFile, names: set[str]) -> str:
    if _CONTENT_TYPES not in names:
        raise NotTaken(Reason.TYPE)
    listed = [
        str(each.get("ContentType", ""))
        for each in _read(packed, _CONTENT_TYPES).iter("{*}Override", "{*}Default")
    ]
    if any(acting in each.lower() for each in listed for acting in _ACTING):
        raise NotTaken(Reason.ACTIVE)
    found = {_MAIN_PARTS[each] for each in listed if each in _MAIN_PARTS}
    if len(found) != 1:
        raise NotTaken(Reason.TYPE)
    for name in sorted(names):
        if name.lower().endswith(".rels"):
            _refuse_outside(packed, name)
        elif name.lower().startswith("xl/externallinks/") and name.lower().endswith(".xml"):
            _refuse_commands(packed, name)
    return found.pop()


def _refuse_outside(packed: ZipFile, name: str) -> None:
    """Refuse references by which a program fetches something when the file is opened."""
    for each in _read(packed, name).iter("{*}Relationship"):
        kind = str(each.get("Type", ""))
        if any(acting in kind.lower() for acting in _ACTING):
            raise NotTaken(Reason.ACTIVE)
        if each.get("TargetMode") == "External" and not kind.endswith(_OUTSIDE_TAKEN):
            raise NotTaken(Reason.ACTIVE)


def _refuse_commands(packed: ZipFile, name: str) -> None:
    """Refuse a link by which a workbook starts another program: DDE and OLE."""
    if any(True for _ in _read(packed, name).iter("{*}ddeLink", "{*}oleLink")):
        raise NotTaken(Reason.ACTIVE)


def _read(packed: ZipFile, name: str) -> "etree._Element":
    if packed.getinfo(name).file_size > _LARGEST_LIST:
        raise NotTaken(Reason.COSTLY)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(packed.read(name), parser)
    if root.getroottree().docinfo.doctype:
        raise NotTaken(Reason.BROKEN)
    return root
