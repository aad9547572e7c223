"""The villages of the made-up townships: six names that all have, and the rest of the reference year's."""

_PLACES = {
    "东岭社区": "001",
    "清水村": "201",
    "石桥村": "202",
    "柳湾村": "203",
    "河口村": "204",
    "槐树村": "205",
}
"""By name the last three digits of the code: 001-199 residents' committees, then villages."""

_MORE_PLACES = {
    "新街社区": "002",
    "河西社区": "003",
    "白果村": "206",
    "马鞍村": "207",
    "双井村": "208",
    "枫林村": "209",
    "龙潭村": "210",
    "茶坪村": "211",
    "桃园村": "212",
    "金沙村": "213",
    "竹溪村": "214",
    "高坪村": "215",
    "大湾村": "216",
    "红岩村": "217",
    "云台村": "218",
}


def villages_of(township: str) -> dict[str, str]:
    """Code by name: the villages that petitions come from."""
    return _codes(township, _PLACES)


def all_villages_of(township: str) -> dict[str, str]:
    """Code by name, in the order of the codes: the 21 villages of the reference year's township."""
    found = _codes(township, _PLACES | _MORE_PLACES)
    return dict(sorted(found.items(), key=lambda named: named[1]))


def _codes(township: str, places: dict[str, str]) -> dict[str, str]:
    return {name: f"{township}{place}" for name, place in places.items()}
