"""Typefaces for printing: the office's own where it has them, open ones otherwise.

The typefaces that the standard names are licensed and cannot be shipped. A folder with an office's
licensed copies comes first; Noto Serif SC (for Song, Fangsong and Kai) and Noto Sans SC (for Hei),
which come with the packages, replace what it lacks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn as open_faces
import typst
from fontTools.ttLib import TTFont

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
_OPEN = (open_faces.serif_path(), open_faces.sans_path())

TITLE = ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05")
BODY = ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong")
SECOND_HEADING = ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi")
FIRST_HEADING = ("黑体", "SimHei")


@dataclass(frozen=True, slots=True)
class Faces:
    """Font families in order of preference for each use, and the characters they can print."""

    fonts: typst.Fonts
    title: tuple[str, ...]
    body: tuple[str, ...]
    first_heading: tuple[str, ...]
    second_heading: tuple[str, ...]
    glyphs: frozenset[int]

    @property
    def heavier_title(self) -> bool:
        """Whether to thicken the title: the open typeface is lighter than the standard's."""
        return self.title[0] == SERIF


@cache
def faces_of(folder: Path | None = None) -> Faces:
    """The typefaces of that folder before the open ones; read once per process.

    Raises FileNotFoundError if there is no such folder.
    """
    if folder is not None and not folder.is_dir():
        raise FileNotFoundError(f"no folder of faces at {folder}")
    folders = [_OPEN[0].parent, *([folder] if folder else [])]
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
    )
    here = set(fonts.families())
    title, body, first, second = (
        (*(name for name in names if name in here), *stand_ins)
        for names, stand_ins in (
            (TITLE, (SERIF, SANS)),
            (BODY, (SERIF, SANS)),
            (FIRST_HEADING, (SANS, SERIF)),
            (SECOND_HEADING, (SERIF, SANS)),
        )
    )
    # every list ends with the open typefaces, so only their glyphs are sure for every use
    return Faces(fonts, title, body, first, second, _glyphs(*_OPEN))


def _glyphs(*files: Path) -> frozenset[int]:
    return frozenset(code for file in files for code in _codes(file))


def _codes(file: Path) -> Iterator[int]:
    with TTFont(file, lazy=True) as font:
        yield from font.getBestCmap() or {}
