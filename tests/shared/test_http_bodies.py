"""Bodies: within bounds, strict JSON, clean texts, no field that is not known."""

from collections.abc import AsyncIterator

import httpx
import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.http import MIB
from shared.http.bodies import MOST_VALUES, parse
from shared.http.refusals import TooManyValues
from shared.http.serve import serving
from shared.refusals import Refusal
from tests.shared.doors import CASES, DIVISION, TOKENS, knocking, sample_app

JSON = {"Content-Type": "application/json"}


async def post(content: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
    async with knocking(sample_app(), TOKENS.headers()) as client:
        return await client.post(CASES, content=content, headers=headers or JSON)


async def test_a_good_body_goes_in() -> None:
    answer = await post('{"narrative":"路灯坏了","person":{"name":"某"}}'.encode())
    assert answer.status_code == 201
    assert answer.headers["concord-position"] == f"intake/{DIVISION}@7"


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b'{"narrative":}',
        b"{'narrative':'x'}",
        b'{"narrative":"x","headcount":NaN}',
        b'{"narrative":"x","headcount":Infinity}',
        b'{"narrative":"\xff"}',
        '{"narrative":"x"}'.encode("utf-16"),
        b'\xef\xbb\xbf{"narrative":"x"}',
        b'{"narrative":"a\nb"}',
        b"[" * 100_000,
        b'{"narrative":"x","extra":' + b"[" * 300 + b"]" * 300 + b"}",
        b'{"narrative":"x","narrative":"y"}',
        b'{"narrative":"x","person":{"name":"a","name":"a"}}',
        b'{"narrative":"x","narr\\u0061tive":"y"}',
        b'{"narrative":"\\u003a","person":{"name":"a","name":"b"}}',
        b'{"narrative":"x"} {}',
    ],
)
async def test_what_is_no_json_is_400(content: bytes) -> None:
    answer = await post(content)
    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/malformed-json"


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        (b'{"narrative":"\\ud800"}', ["narrative"]),
        (b'{"narrative":"x","person":{"name":"a\\udfffb"}}', ["person.name"]),
        (b'{"narrative":"a\\u0000b"}', ["narrative"]),
        (b'{"narrative":"x","person":{"name":"\\u0000"}}', ["person.name"]),
        (b'{"narrative":"x","\\u0000":1}', ["body"]),
        (b"{}", ["narrative"]),
        (b"", ["body"]),
        (b"[]", ["body"]),
        (b"null", ["body"]),
        (b'{"narrative":"x","headcount":0}', ["headcount"]),
        (b'{"narrative":"x","headcount":"many"}', ["headcount"]),
        (b'{"narrative":"x","extra":1}', ["extra"]),
        (b'{"narrative":"x","person":{"name":"a","age":1}}', ["person.age"]),
        (b'{"narrative":"x","13800138000":1}', ["(unknown)"]),
        ('{"narrative":"x","张三":1}'.encode(), ["(unknown)"]),
    ],
)
async def test_bad_input_is_422_and_names_the_field(content: bytes, fields: list[str]) -> None:
    answer = await post(content)
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["type"] == "/problems/invalid-input"
    assert [error["field"] for error in problem["errors"]] == fields


def test_colons_in_texts_are_no_names() -> None:
    for text in (b'"::"', b'"\\u003a"', b'"\\u003A:"', b'"\\\\u003a"', b'":\\":"'):
        assert parse(b'{"a" : ' + text + b',"b":[{"a":1},{"a":1}]}')["b"] == [{"a": 1}] * 2


def test_an_escaped_backslash_before_u0000_is_no_nul() -> None:
    assert parse(b'{"narrative":"C:\\\\u0000"}') == {"narrative": "C:\\u0000"}


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", ""])
async def test_another_media_type_is_415(media_type: str) -> None:
    answer = await post(b'{"narrative":"x"}', {"Content-Type": media_type})
    assert answer.status_code == 415


async def test_a_charset_beside_the_media_type_is_fine() -> None:
    answer = await post(b'{"narrative":"x"}', {"Content-Type": "Application/JSON; charset=utf-8"})
    assert answer.status_code == 201


async def test_a_body_over_one_mebibyte_is_413() -> None:
    answer = await post(b'{"narrative":"' + b"x" * (2 * MIB) + b'"}')
    assert answer.status_code == 413
    assert answer.json()["type"] == "/problems/body-too-large"


async def test_a_door_for_many_rows_takes_more() -> None:
    async with knocking(sample_app(), TOKENS.headers()) as client:
        rows = f"/townships/{DIVISION}/rows"
        taken = await client.post(rows, json={"rows": ["x" * MIB] * 2})
        refused = await client.post(rows, json={"rows": ["x" * MIB] * 3})
    assert (taken.status_code, refused.status_code) == (200, 413)


async def test_without_a_token_a_body_is_not_even_parsed() -> None:
    async with knocking(sample_app()) as client:
        answer = await client.post(CASES, content=b"{", headers=JSON)
    assert answer.status_code == 401


async def pieces(count: int) -> AsyncIterator[bytes]:
    yield b'{"narrative":"'
    for _ in range(count):
        yield b"x" * 65_536
    yield b'"}'


async def test_pieces_without_a_declared_length_are_bounded_too() -> None:
    app = sample_app()
    async with (
        serving(app, port=0) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=TOKENS.headers()) as client,
    ):
        taken = await client.post(CASES, content=pieces(3), headers=JSON)
        refused = await client.post(CASES, content=pieces(40), headers=JSON)
        afterwards = await client.post(CASES, json={"narrative": "x"})
    statuses = [answer.status_code for answer in (taken, refused, afterwards)]
    assert statuses == [201, 413, 201]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(st.one_of(st.binary(max_size=100), ANY_JSON.map(orjson.dumps)))
def test_any_bytes_are_parsed_or_refused(raw: bytes) -> None:
    try:
        value = parse(raw)
    except Refusal as refusal:
        assert refusal.status in {400, 422}  # noqa: PT017 - either outcome is right
        return
    assert b"\\u0000" not in orjson.dumps(value)


@pytest.mark.parametrize(
    "content",
    [
        b"[" + b",".join([b"1"] * MOST_VALUES) + b"]",
        b'{"narrative":[' + b",".join([b"[]"] * MOST_VALUES) + b"]}",
        b'["\\\\",' + b",".join([b'"\\""'] * MOST_VALUES) + b"]",
        b"[" + b",".join([b'"a"'] * 3 * MOST_VALUES) + b"]",
        b"[[]," * MOST_VALUES + b"1" + b"]" * MOST_VALUES,
    ],
)
async def test_more_values_than_a_body_may_hold_are_413(content: bytes) -> None:
    answer = await post(content)
    assert answer.status_code == 413
    assert answer.json()["type"] == "/problems/too-many-values"


@pytest.mark.parametrize("text", [",", "[", "{", '\\"', "\\\\", "：“，”"])
async def test_marks_in_a_text_are_no_values(text: str) -> None:
    answer = await post(f'{{"narrative":"{text * MOST_VALUES}"}}'.encode())
    assert answer.status_code == 201


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text('",[]{}:\\x', max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text('a",{'), inner, max_size=4)
    ),
)


@example("[[[")
@given(JSON_VALUES)
def test_values_are_counted_as_the_parser_finds_them(value: object) -> None:
    raw = orjson.dumps(value)
    count = values_of(value)
    parse(raw, most_values=2 * count + 1)
    if count > 1:
        with pytest.raises(TooManyValues):
            parse(raw, most_values=count // 4)


def values_of(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(values_of, inner))


async def test_more_members_than_any_request_has_are_refused_without_their_names() -> None:
    answer = await post(orjson.dumps({f"n{number}": 1 for number in range(1000)}))
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["body"]
