"""The issuer's keys in a file: no port is asked, and a key can be added."""

import json
from pathlib import Path

import pytest

from shared.identity import Role, Verifier
from shared.identity.keys_in_file import KeysInFile
from shared.identity.refusals import IssuerAway, TokenRefused
from shared.testing.tokens import TokenMaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def write(file: Path, *makers: TokenMaker) -> None:
    keys = [key for maker in makers for key in maker.jwks()["keys"]]
    file.write_text(json.dumps({"keys": keys}))


async def test_a_token_is_verified_by_the_file_alone(tmp_path: Path) -> None:
    maker, file = TokenMaker(), tmp_path / "keys.json"
    write(file, maker)
    verifier = Verifier.of(maker.settings(), county=maker.county, keys_file=file)
    async with verifier.keys.opened():
        assert await verifier.check() is None
        actor = await verifier.verify(maker.token(Role.CLERK, "519900101"))
        assert actor.role is Role.CLERK
        with pytest.raises(TokenRefused):
            await verifier.verify(TokenMaker().token(Role.CLERK, "519900101"))


async def test_a_key_that_is_added_is_found(tmp_path: Path) -> None:
    old, new, clock = TokenMaker(), TokenMaker(kid="new"), Clock()
    file = tmp_path / "keys.json"
    write(file, old)
    keys = KeysInFile(file, clock=clock)
    async with keys.opened():
        assert await keys.key("new") is None
        write(file, old, new)
        assert await keys.key("new") is None
        clock.now = 11
        assert await keys.key("new") is not None


@pytest.mark.parametrize("text", [None, "", "[]", "{}", '{"keys": 7}', '{"keys": [7, {}]}'])
async def test_without_a_usable_file_the_service_is_not_ready(
    tmp_path: Path, text: str | None
) -> None:
    file = tmp_path / "keys.json"
    if text is not None:
        file.write_text(text)
    keys = KeysInFile(file)
    async with keys.opened():
        assert await keys.check() == "the file of the issuer's keys holds none"
        with pytest.raises(IssuerAway):
            await keys.key("x")
