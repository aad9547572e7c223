"""The typefaces that a .docx names: those of the standard, and substitutes for each."""

from xml.sax.saxutils import quoteattr

TITLE = "方正小标宋简体"
BODY = "仿宋_GB2312"
FIRST_HEADING = "黑体"
SECOND_HEADING = "楷体_GB2312"

_INSTEAD = {
    TITLE: "FZXiaoBiaoSong-B05S,小标宋,华文中宋,思源宋体 SC Heavy,Noto Serif SC,宋体",
    BODY: "FangSong_GB2312,仿宋,FangSong,华文仿宋,朱雀仿宋,Noto Serif SC,宋体",
    FIRST_HEADING: "SimHei,思源黑体 SC,Noto Sans SC,微软雅黑",
    SECOND_HEADING: "KaiTi_GB2312,楷体,KaiTi,华文楷体,霞鹜文楷,Noto Serif SC",
}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def font_table() -> bytes:
    """The document's table of fonts (word/fontTable.xml)."""
    fonts = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(instead)}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, instead in _INSTEAD.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:fonts xmlns:w="{_W}">{fonts}</w:fonts>'
    ).encode()
