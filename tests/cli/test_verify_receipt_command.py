"""`concord verify --receipt`: one file, and nothing that goes with an export."""

from pathlib import Path

import orjson
import pytest

from cli import main
from tests.verify.test_receipts import KEYS, a_receipt


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[object, str]:
    try:
        main.run(["verify", *words])
    except SystemExit as ended:
        told = capsys.readouterr()
        return ended.code or 0, told.out + told.err
    told = capsys.readouterr()
    return 0, told.out + told.err


def test_a_receipt_is_checked_with_the_key_that_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt, key = tmp_path / "receipt.json", tmp_path / "keys.json"
    receipt.write_bytes(orjson.dumps(a_receipt()))
    key.write_bytes(orjson.dumps({"keys": KEYS.published()}))
    code, words = said(capsys, "--receipt", str(receipt), "--key", str(key))
    assert (code, "This receipt holds" in words) == (0, True), words
    receipt.write_bytes(orjson.dumps(a_receipt() | {"number": "x"}))
    assert said(capsys, "--receipt", str(receipt))[0] == 1
    receipt.write_bytes(orjson.dumps(a_receipt() | {"seal": None, "path": []}))
    code, words = said(capsys, "--receipt", str(receipt))
    assert (code, "Not sealed yet" in words) == (1, True)
    assert said(capsys, "--receipt", str(tmp_path / "nowhere"))[0] == 2


@pytest.mark.parametrize("more", [["export"], ["--live"], ["--seals", "x"]])
def test_it_goes_with_nothing_of_an_export(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    receipt = tmp_path / "receipt.json"
    receipt.write_bytes(orjson.dumps(a_receipt()))
    assert said(capsys, "--receipt", str(receipt), *more)[0] != 0
