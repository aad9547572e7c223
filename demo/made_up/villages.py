"""The villages of the made-up townships: the same names and places in each."""

_PLACES = {
    "东岭社区": "001",
    "清水村": "201",
    "石桥村": "202",
    "柳湾村": "203",
    "河口村": "204",
    "槐树村": "205",
}
"""By name the last three digits of the code: 001-199 residents' committees, then villages."""


def villages_of(township: str) -> dict[str, str]:
    """Code by name."""
    return {name: f"{township}{place}" for name, place in _PLACES.items()}
