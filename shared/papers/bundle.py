"""Packs many papers into one archive."""

from collections.abc import Sequence

from shared.papers.archive import pack
from shared.papers.rendered import ZIP, Rendered


def bundle(name: str, files: Sequence[Rendered]) -> Rendered:
    """The files in one zip, in their order. Raises ValueError if two have the same name."""
    parts = {file.name: file.content for file in files}
    if len(parts) != len(files):
        raise ValueError("two files of the archive have the same name")
    by_code = dict.fromkeys(char for file in files for char in file.by_code)
    return Rendered(f"{name}.zip", ZIP, pack(parts), tuple(by_code))
