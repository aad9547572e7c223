"""Paging: every item once, by a cursor that only we can read."""

import base64

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.canonical import LARGEST
from shared.http.paging import PageRequest, decode_cursor, encode_cursor, page
from shared.refusals import InvalidInput
from shared.times import from_wire
from tests.shared.doors import TOKENS, knocking, sample_app

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
VALUES = st.lists(
    st.one_of(TEXTS, st.integers(min_value=-LARGEST, max_value=LARGEST)), max_size=4
).map(tuple)


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(value)).rstrip(b"=").decode()


@given(VALUES)
def test_a_cursor_is_read_as_it_was_made(values: tuple[str | int, ...]) -> None:
    assert decode_cursor(encode_cursor(values)) == values


@given(st.text(max_size=80))
def test_hostile_text_is_no_cursor(text: str) -> None:
    try:
        values = decode_cursor(text)
    except ValueError:
        return
    assert encode_cursor(values) == text


@pytest.mark.parametrize(
    "cursor",
    [
        "W",
        "张三",
        "WzJd\n",
        "WzJd=",
        encoded({"a": 1}),
        encoded([None]),
        encoded([True]),
        encoded([1.5]),
        encoded([[1]]),
        encoded([LARGEST + 1]),
        encoded(["a\0b"]),
        base64.urlsafe_b64encode(b"[1, 2]").decode(),
    ],
)
def test_what_we_did_not_make_is_no_cursor(cursor: str) -> None:
    with pytest.raises(ValueError, match="not a cursor"):
        decode_cursor(cursor)


def test_a_cursor_of_another_list_is_refused() -> None:
    request = PageRequest(50, ("2025-01-01", 7))
    assert request.after_as(str, int) == ("2025-01-01", 7)
    for kinds in ((str,), (int, str), (from_wire, int), (str, from_wire), (str, int, int)):
        with pytest.raises(InvalidInput):
            request.after_as(*kinds)


def test_without_a_cursor_the_list_begins_at_its_beginning() -> None:
    assert PageRequest(50, None).after_as(str) is None


def test_the_last_page_has_no_next() -> None:
    assert page([1, 2], PageRequest(2, None), key=lambda n: (n,)) == {
        "items": [1, 2],
        "next": None,
    }


async def test_pages_give_every_item_once() -> None:
    seen: list[int] = []
    async with knocking(sample_app(), TOKENS.headers()) as client:
        following: str | None = ""
        while following is not None:
            query = {"limit": "3"} | ({"cursor": following} if following else {})
            answer = (await client.get("/numbers", params=query)).json()
            seen += answer["items"]
            following = answer["next"]
    assert seen == list(range(1, 12))


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("limit=many", "limit"),
        ("cursor=%E5%BC%A0%E4%B8%89", "cursor"),
        ("cursor=" + encoded(["x"]), "cursor"),
        ("cursor=" + "A" * 1001, "cursor"),
        ("cursro=WzJd", "cursro"),
    ],
)
async def test_a_bad_page_is_422_and_names_the_parameter(query: str, field: str) -> None:
    async with knocking(sample_app(), TOKENS.headers()) as client:
        answer = await client.get(f"/numbers?{query}")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
