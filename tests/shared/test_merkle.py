"""The trees of RFC 6962: its own vectors, and whatever sizes there are."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.sealing.merkle import (
    EMPTY,
    GrowingTree,
    consistency_ranges,
    includes,
    inclusion_ranges,
    is_consistent,
    path_of,
)

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Of the first 1 to 8 leaves, as Certificate Transparency's reference implementation has them."""

LEFT_OF_EIGHT = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]


def hexes(path: list[bytes]) -> list[str]:
    return [step.hex() for step in path]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference(size: int) -> None:
    assert GrowingTree(LEAVES[:size]).root().hex() == ROOTS[size - 1]


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    assert GrowingTree().root() == EMPTY == sha256(b"").digest()


@pytest.mark.parametrize(
    ("index", "size", "path"),
    [
        (0, 1, []),
        (0, 8, LEFT_OF_EIGHT),
        (
            5,
            8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                ROOTS[3],
            ],
        ),
        (2, 3, [ROOTS[1]]),
        (
            1,
            5,
            [
                ROOTS[0],
                LEFT_OF_EIGHT[1],
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ],
)
def test_inclusion_is_proved_as_the_reference_proves_it(
    index: int, size: int, path: list[str]
) -> None:
    assert hexes(path_of(LEAVES[:size], inclusion_ranges(index, size))) == path


@pytest.mark.parametrize(
    ("first", "second", "path"),
    [
        (1, 1, []),
        (1, 8, LEFT_OF_EIGHT),
        (
            6,
            8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                ROOTS[3],
            ],
        ),
        (
            2,
            5,
            [
                LEFT_OF_EIGHT[1],
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ],
)
def test_consistency_is_proved_as_the_reference_proves_it(
    first: int, second: int, path: list[str]
) -> None:
    assert hexes(path_of(LEAVES[:second], consistency_ranges(first, second))) == path


leaf_lists = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


@given(leaf_lists, st.data())
def test_every_leaf_is_shown_to_be_where_it_is_and_nowhere_else(
    leaves: list[bytes], data: st.DataObject
) -> None:
    size, root = len(leaves), GrowingTree(leaves).root()
    index = data.draw(st.integers(0, size - 1))
    path = path_of(leaves, inclusion_ranges(index, size))
    assert includes(leaves[index], index, size, path, root)
    assert not includes(leaves[index] + b"!", index, size, path, root)
    other = data.draw(st.integers(0, size))
    if other != index and (other == size or leaves[other] != leaves[index]):
        assert not includes(leaves[index], other, size, path, root)
    for changed in spoilt(path):
        assert not includes(leaves[index], index, size, changed, root)


@given(leaf_lists, st.data())
def test_a_tree_is_shown_to_go_on_from_an_earlier_one(
    leaves: list[bytes], data: st.DataObject
) -> None:
    second = len(leaves)
    first = data.draw(st.integers(1, second))
    earlier, later = GrowingTree(leaves[:first]).root(), GrowingTree(leaves).root()
    path = path_of(leaves, consistency_ranges(first, second))

    def holds(first_root: bytes, second_root: bytes, path: list[bytes]) -> bool:
        return is_consistent(
            first=first,
            second=second,
            first_root=first_root,
            second_root=second_root,
            path=path,
        )

    assert holds(earlier, later, path)
    rewritten = GrowingTree([b"another", *leaves[1:first]]).root()
    assert not holds(rewritten, later, path)
    assert not holds(earlier, rewritten, path) or first == second == 1
    for changed in spoilt(path):
        assert not holds(earlier, later, changed)


def spoilt(path: list[bytes]) -> list[list[bytes]]:
    """The path with a step too much, one too few, and one that is another."""
    return [[*path, EMPTY], *([path[:-1], [EMPTY, *path[1:]]] if path else [])]


def test_what_lies_outside_a_tree_has_no_proof() -> None:
    with pytest.raises(ValueError, match="not in the tree"):
        inclusion_ranges(3, 3)
    with pytest.raises(ValueError, match="not within"):
        consistency_ranges(4, 3)
    assert not includes(b"", 0, 0, [], EMPTY)
    assert not is_consistent(first=0, second=0, first_root=EMPTY, second_root=EMPTY, path=[])
