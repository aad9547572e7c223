from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.register.mapping_file import read_mapping
from cli.register.refusals import MappingUnreadable
from tests.cli.registers import PLAIN, mapping_of

CASES = {
    'channel = { column = "x", mapp = {} }': "case.channel.mapp is not known here",
    'chanel = { value = "online" }': "case.chanel is not known here",
    'channel = { value = "fax" }': "case.channel: 'fax' is none of visit, letter",
    'channel = { column = "x", map = { a = "fax" } }': "'fax' is none of",
    'channel = "online"': "case.channel has to be a table",
    "channel = {}": "give one of `column`, `columns`, `value`",
    'channel = { column = "x", columns = ["y"] }': "either `column` or `columns`",
    'channel = { value = "visit", map = { a = "visit" } }': "the same for every row",
    'channel = { column = "x", match = "last" }': "there is none",
    'channel = { column = "x", pattern = "(" }': "case.channel.pattern",
    'village = { column = "x", default = "12" }': "case.village",
    'joint = { column = "x", map = { a = "perhaps" } }': "neither true nor false",
    'headcount = { column = "x", default = "many" }': "no whole number",
}


@pytest.mark.parametrize(("line", "said"), CASES.items())
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(MappingUnreadable) as refused:
        mapping_of(tmp_path, PLAIN + line)
    assert said in str(refused.value)
    assert "mapping.toml" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[source]\nname = 'x'\n[case]\n", "case.filed_at is missing"),
        ("[case]\nfiled_at = { column = 'x' }", "source is missing"),
        (PLAIN.replace('"plain"', '"plain"\ntimezone = "Mars"'), "no time zone of that name"),
        (PLAIN.replace('"plain"', '"plain"\nencoding = "morse"'), "no encoding of that name"),
        (PLAIN.replace('"时间"', '"时间", formats = ["%d %B"]'), "has no year"),
        (PLAIN.replace('"时间"', '"时间", formats = ["%Y %k"]'), "is no format of a time"),
        (PLAIN.replace('column = "时间"', 'value = "2019-01-01"'), "case.filed_at"),
        (PLAIN + "[status]\ncolumn = 'x'\nmap = { a = 'done' }", "'done' is none of open"),
        (PLAIN + "[status]\ncolumn = 'x'\nmap = { a = 'resolved' }", "needs `how`"),
        (PLAIN + "[resolution]\nat = { column = 'x' }", "resolution.how is missing"),
        (PLAIN + "[case", "is no TOML"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_bad_input(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(MappingUnreadable) as refused:
        mapping_of(tmp_path, text)
    assert said in str(refused.value)
    assert refused.value.exit_code == 2


def test_a_mapping_that_is_not_there_or_not_utf8_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(MappingUnreadable, match="cannot be read"):
        read_mapping(tmp_path / "none.toml")
    (tmp_path / "old.toml").write_bytes("[source]\nname = '信访'".encode("gb18030"))
    with pytest.raises(MappingUnreadable, match="not UTF-8"):
        read_mapping(tmp_path / "old.toml")


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    assert mapping_of(tmp_path, "\ufeff" + PLAIN).source.name == "plain"


@given(st.text(min_size=1, max_size=20).filter(lambda key: not key.isidentifier()))
def test_no_unknown_key_is_passed_over(tmp_path_factory: pytest.TempPathFactory, key: str) -> None:
    quoted = "".join(f"\\U{ord(character):08X}" for character in key)
    if any(0xD800 <= ord(character) < 0xE000 for character in key):
        return
    with pytest.raises(MappingUnreadable):
        mapping_of(tmp_path_factory.mktemp("m"), f'{PLAIN}"{quoted}" = {{ value = "x" }}')
