"""An export as it was made holds, and what is said of its key; one byte changed is found."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli import verify
from cli.verify import NoExport
from tests.stats.lives import NEIGHBOUR, TOWNSHIP
from tests.verify.exports import KEYS, OTHER_KEYS
from tests.verify.tampering import found_in, key_file, only, tampered_with


def test_an_export_as_it_was_made_holds(export: Path) -> None:
    assert found_in(export) == []


def test_without_a_key_it_says_where_the_key_came_from(
    export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verify.verify(export)
    said = capsys.readouterr().out
    assert "The key came from the export" in said
    assert f"intake/{TOWNSHIP}: 16 events, 2 of them seals; 5 events unsealed" in said
    assert f"intake/{NEIGHBOUR}: 15 events, 1 of them seals; 0 events unsealed" in said
    assert "every hash, every seal and every figure follows" in said


@pytest.mark.parametrize("form", ["pem", "json"])
def test_a_key_from_elsewhere_is_taken_in_pem_and_in_json(
    export: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    verify.verify(export, key_file(export.parent, KEYS, form))
    assert "came from the export" not in capsys.readouterr().out


def test_another_key_is_a_mismatch(export: Path) -> None:
    findings = found_in(export, key_file(export.parent, OTHER_KEYS))
    only(findings, "keys.json", "key mismatch")
    only(findings, f"intake/{TOWNSHIP} seal", "key mismatch", KEYS.signing_id)


@pytest.mark.slow
@tampered_with
@given(st.data())
def test_one_byte_changed_anywhere_is_found_and_its_file_named(
    export: Path, data: st.DataObject
) -> None:
    files = sorted(path for path in export.rglob("*") if path.is_file())
    file = data.draw(st.sampled_from(files))
    before = file.read_bytes()
    place = data.draw(st.integers(0, len(before) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != before[place]))
    file.write_bytes(before[:place] + bytes([other]) + before[place + 1 :])
    name = file.relative_to(export).as_posix()
    try:
        assert any(finding.startswith(f"{name}:") for finding in found_in(export))
    finally:
        file.write_bytes(before)


def test_a_key_file_without_a_key_is_bad_input(export: Path) -> None:
    with pytest.raises(NoExport, match="cannot be used"):
        found_in(export, export / "figures.json")
