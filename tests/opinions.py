"""The words of a handling opinion that has every part, as the tests write them."""

from typing import Any

OPINION: dict[str, Any] = {
    "claims": [{"claim": "请求恢复被占的耕地。", "opinion": "予以支持，限期十日内恢复原状。"}],
    "facts": "经实地丈量，被占耕地面积三分。",
    "reasons": "占用耕地未经批准。",
    "legal_basis": "《中华人民共和国土地管理法》第七十七条。",
}
"""The remedy has a wording of its own."""


def an_opinion(words: str) -> dict[str, Any]:
    """An opinion that finds these facts."""
    return OPINION | {"facts": words}
