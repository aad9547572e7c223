"""Keys: derived by purpose, sealing what is bound, never showing themselves."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.keys import Key, Keys, NotUnsealed

ROOT = bytes(range(32))
KEYS = Keys(ROOT)


@given(st.binary(max_size=200), st.binary(max_size=50))
def test_what_was_sealed_is_unsealed(data: bytes, bound_to: bytes) -> None:
    key = KEYS.for_purpose("receipt-seal")
    assert key.unseal(key.seal(data, bound_to=bound_to), bound_to=bound_to) == data


def test_the_same_bytes_are_sealed_differently_every_time() -> None:
    key = Key.fresh()
    assert key.seal(b"once") != key.seal(b"once")


@given(st.integers(min_value=0, max_value=31), st.integers(min_value=1, max_value=255))
def test_one_changed_byte_is_noticed(place: int, by: int) -> None:
    key = KEYS.for_purpose("receipt-seal")
    sealed = bytearray(key.seal(b"four"))
    sealed[place] ^= by
    with pytest.raises(NotUnsealed):
        key.unseal(bytes(sealed))


@pytest.mark.parametrize("torn", [b"", b"short", b"x" * 12, b"x" * 27])
def test_torn_bytes_are_refused(torn: bytes) -> None:
    with pytest.raises(NotUnsealed):
        Key.fresh().unseal(torn)


def test_a_seal_opens_only_with_what_it_was_bound_to() -> None:
    key = Key.fresh()
    with pytest.raises(NotUnsealed):
        key.unseal(key.seal(b"data", bound_to=b"person-1"), bound_to=b"person-2")


def test_purposes_have_different_keys_that_stay_the_same() -> None:
    again = Keys.from_base64(base64.b64encode(ROOT).decode())
    assert again.for_purpose("vault-wrap").mac(b"x") == KEYS.for_purpose("vault-wrap").mac(b"x")
    assert KEYS.for_purpose("receipt-mac").mac(b"x") != KEYS.for_purpose("vault-wrap").mac(b"x")


def test_a_wrapped_key_unwraps_to_itself() -> None:
    data_key = Key.fresh()
    wrap = KEYS.for_purpose("vault-wrap")
    unwrapped = wrap.unwrap(wrap.wrap(data_key, bound_to=b"p1"), bound_to=b"p1")
    assert unwrapped.mac(b"x") == data_key.mac(b"x")


@pytest.mark.parametrize(
    "text", ["", "abc", "!" * 44, base64.b64encode(b"x" * 31).decode(), "密钥"]
)
def test_settings_that_are_no_key_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Keys.from_base64(text)


def test_a_key_does_not_show_itself() -> None:
    key = Key(b"s" * 32)
    assert "ssss" not in repr(key) + str(vars(type(key)))
