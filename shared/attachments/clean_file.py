"""`python -m shared.attachments.clean_file`: a file from standard input, checked and cleaned.

Runs apart from the service, without its environment and connections, with bounds on memory and
time. Once the reader of its type is loaded it can open no file and no socket any more: whatever a
hostile file does ends with this process. The first line of output says the type, or why the file
is not taken; the content to keep follows, unless the file is kept as it is.
"""

import json
import resource
import sys
from collections.abc import Callable

from shared.attachments.limits import CHILD_CPU_SECONDS, CHILD_MEMORY, LARGEST
from shared.attachments.verdict import Cleaned, NotTaken, Reason

Reader = Callable[[bytes], Cleaned]
_LONGEST_MARK = 12


def reader_of(begins: bytes) -> Reader | None:
    """What reads a file that begins like this, with all that it loads; None for other types."""
    if begins.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or begins[4:8] == b"ftyp":
        from shared.attachments import images

        if begins[4:8] == b"ftyp":
            return images.clean_heic
        return images.clean_jpeg if begins.startswith(b"\xff") else images.clean_png
    if begins.startswith(b"%PDF-"):
        from shared.attachments.pdf import check_pdf

        return check_pdf
    if begins.startswith(b"PK\x03\x04"):
        from shared.attachments.office_file import check_office_file

        return check_office_file
    return None


def main() -> int:
    """0 with a verdict."""
    begins = sys.stdin.buffer.read(_LONGEST_MARK)
    reader = reader_of(begins)
    _bound()
    given = begins + sys.stdin.buffer.read(LARGEST)
    try:
        _write(_read(reader, given), given)
    except NotTaken as refused:
        sys.stdout.buffer.write(json.dumps({"refused": refused.reason.value}).encode() + b"\n")
    return 0


def _bound() -> None:
    for which, most in (
        (resource.RLIMIT_AS, CHILD_MEMORY),
        (resource.RLIMIT_CPU, CHILD_CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(which, (most, most))


def _read(reader: Reader | None, given: bytes) -> Cleaned:
    if reader is None:
        raise NotTaken(Reason.TYPE)
    try:
        return reader(given)
    except NotTaken:
        raise
    except MemoryError:
        raise NotTaken(Reason.COSTLY) from None
    except Exception:  # noqa: BLE001 - parsers of hostile files raise whatever they raise
        raise NotTaken(Reason.BROKEN) from None


def _write(cleaned: Cleaned, given: bytes) -> None:
    same = cleaned.content is given
    said = {"media_type": cleaned.media_type, "same": same}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    if not same:
        sys.stdout.buffer.write(cleaned.content)


if __name__ == "__main__":
    sys.exit(main())
