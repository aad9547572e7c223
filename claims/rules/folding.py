"""Full-width signs as half-width ones, sign for sign, so that places stay what they are."""

import re

_SIGNS = str.maketrans(
    {chr(0xFF10 + digit): str(digit) for digit in range(10)}
    | {chr(0xFF21 + at): chr(0x41 + at) for at in range(26)}
    | {chr(0xFF41 + at): chr(0x61 + at) for at in range(26)}
    | {"％": "%", "＋": "+", "／": "/", "（": "(", "）": ")", "：": ":", "；": ";", "？": "?"}
    | {
        "！": "!",
        "\u00a0": " ",
        "\u3000": " ",
        "\t": " ",
        "﹪": "%",
        "－": "-",
        "−": "-",
        "＝": "=",
    }
    | {
        "\u2009": " ",
        "\u202f": " ",
        "［": "[",
        "］": "]",
        "\u2011": "-",
        "\u200b": " ",
        "\ufeff": " ",
    }
)
_WIDE_POINT = re.compile(r"(?<=[0-9０-９])．(?=[0-9０-９])")
_WIDE_THOUSANDS = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


def folded(text: str) -> str:
    """The same number of characters; a wide comma between wide digits groups thousands."""
    grouped = _WIDE_THOUSANDS.sub(",", _WIDE_POINT.sub(".", text))
    return grouped.translate(_SIGNS)
