"""Whatever stands in a file of an export, the verifier names it and does not stumble."""

import hashlib
import json
from pathlib import Path
from typing import Any

import orjson
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from cli.verify import NotReadable, canonical, read_json
from tests.verify.exports import forged
from tests.verify.tampering import found_in, only, tampered_with


def test_a_file_that_is_gone_and_one_that_is_new_are_named(export: Path) -> None:
    (export / "seals.ndjson").unlink()
    (export / "ledgers" / "note.txt").write_text("hello")
    findings = found_in(export)
    only(findings, "seals.ndjson", "missing")
    only(findings, "ledgers/note.txt", "does not belong")


odd = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["division", "period", "figures", "id", "keys", "key_id", "data"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@pytest.mark.slow
@tampered_with
@given(st.sampled_from(["figures.json", "keys.json", "seals.ndjson"]), odd | st.lists(odd))
def test_a_file_of_anything_else_is_named(export: Path, name: str, content: Any) -> None:
    before = (export / name).read_bytes()
    try:
        with forged(export):
            (export / name).write_bytes(orjson.dumps(content))
        assert found_in(export)
    finally:
        with forged(export):
            (export / name).write_bytes(before)


@pytest.mark.slow
@tampered_with
@given(st.data())
def test_a_manifest_that_says_anything_else_is_named(export: Path, data: st.DataObject) -> None:
    before = (export / "manifest.json").read_bytes()
    told = json.loads(before)
    del told["digest"]
    where = data.draw(st.sampled_from([told, told["ledgers"][0], told["files"]]))
    name = data.draw(st.sampled_from([each for each in where if each != "made_at"]))
    where[name] = data.draw(odd.filter(lambda value: value != where[name]))
    told["digest"] = hashlib.sha256(rfc8785.dumps(told)).hexdigest()
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    (export / "manifest.json").write_text(text, encoding="utf-8")
    try:
        assert found_in(export)
    finally:
        (export / "manifest.json").write_bytes(before)


scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text()
jsons = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10
)


@given(jsons)
def test_its_canonical_json_is_that_of_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)
    assert read_json(canonical(value)) == value


@pytest.mark.parametrize("text", [b'{"a":1,"a":1}', b"1.5", b"NaN", b"\xff", b"{", b"[" * 9999])
def test_what_two_readers_could_read_differently_is_not_read(text: bytes) -> None:
    with pytest.raises(NotReadable):
        read_json(text)


@pytest.mark.parametrize("value", [1.5, 2**53, "\ud800", {1: 2}])
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises((NotReadable, AttributeError)):
        canonical(value)
