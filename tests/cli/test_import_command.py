import csv
from pathlib import Path

import pytest

from cli.importing import import_api
from cli.main import run
from tests.cli.fake_import_api import FakeImportApi, fake_import_api
from tests.cli.registers import PLAIN, write_csv

HEADER = ["编号", "时间", "内容"]
ROWS = [[str(number), "2024-01-02 10:00", "水管坏了"] for number in range(1, 41)]


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONCORD_TOKEN", "good")
    monkeypatch.delenv("CONCORD_DATA", raising=False)
    (tmp_path / "m.toml").write_text(PLAIN, encoding="utf-8")
    return write_csv(tmp_path / "登记簿.csv", [HEADER, *ROWS])


def concord(
    monkeypatch: pytest.MonkeyPatch, opened: FakeImportApi, *words: str
) -> int | str | None:
    monkeypatch.setenv("CONCORD_URL", opened.url)
    with pytest.raises(SystemExit) as ended:
        run(["import", *words])
    return ended.value.code


def test_a_register_goes_in_once_however_often_it_is_imported(
    register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with fake_import_api() as opened:
        assert concord(monkeypatch, opened, str(register), "--mapping", "m.toml") == 0
        assert "filed            40" in capsys.readouterr().out
        assert concord(monkeypatch, opened, str(register), "--mapping", "m.toml") == 0
    said = capsys.readouterr().out
    assert "known            40" in said
    assert "filed             0" in said
    assert "position: intake/519900160@40" in said
    assert len(opened.rows) == 40
    assert not Path("登记簿.rejects.csv").exists()


def test_a_door_that_is_away_for_a_moment_loses_nothing(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fake_import_api(away=3) as opened:
        assert concord(monkeypatch, opened, str(register), "--mapping", "m.toml") == 0
    assert len(opened.rows) == 40


def test_a_door_that_stays_away_ends_it_with_one_sentence(
    register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(import_api, "PATIENCE", 0.3)
    with fake_import_api(away=99) as opened:
        assert concord(monkeypatch, opened, str(register), "--mapping", "m.toml") == 3
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "run the same command again" in said


def test_nobody_at_the_door_ends_it_with_one_sentence(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_api, "PATIENCE", 0.3)
    with fake_import_api() as opened:
        pass
    assert concord(monkeypatch, opened, str(register), "--mapping", "m.toml") == 3


def test_a_token_that_is_not_valid_is_bad_input(
    register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONCORD_TOKEN", "bad")
    with fake_import_api() as opened:
        assert concord(monkeypatch, opened, str(register), "--mapping", "m.toml") == 2
    assert "The token is not valid" in capsys.readouterr().err


def test_rejected_rows_are_listed_without_what_their_cells_hold(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_csv(register, [HEADER, *ROWS, ["41", "张某某昨天", "水管"], ["42", "", "水管"]])
    with fake_import_api(refuses=frozenset({"3"})) as opened:
        assert concord(monkeypatch, opened, str(register), "--mapping", "m.toml") == 1
    assert len(opened.rows) == 39
    text = Path("登记簿.rejects.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    places = {(row["row"], row["column"]): row["reason"] for row in rows}
    assert places.keys() == {("3", ""), ("41", "时间"), ("42", "时间")}
    assert places["3", ""] == "the village lies elsewhere"
    assert "张某某" not in text
    assert "水管" not in text


def test_the_list_of_rejects_goes_where_it_is_told(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [str(register), "--mapping", "m.toml", "--rejects"]
    with fake_import_api() as opened:
        assert concord(monkeypatch, opened, *words, "bad.csv") == 0
        assert concord(monkeypatch, opened, *words, "no/folder/bad.csv") == 2
    assert Path("bad.csv").read_text(encoding="utf-8") == "row,column,reason\n"


def test_a_dry_run_needs_no_system_and_sends_nothing(
    register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with fake_import_api() as opened:
        words = [str(register), "--mapping", "m.toml", "--dry-run"]
        assert concord(monkeypatch, opened, *words) == 0
    assert not opened.rows
    assert "nothing was sent" in capsys.readouterr().out


def test_batches_are_as_large_as_the_door_takes(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [[str(number), "2024-01-02 10:00", "水管坏了"] for number in range(1100)]
    write_csv(register, [HEADER, *many])
    with fake_import_api() as opened:
        concord(monkeypatch, opened, str(register), "--mapping", "m.toml")
    assert sorted(opened.sizes) == [100, 500, 500]


def test_no_division_by_flag_or_mapping_is_bad_input(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = PLAIN.replace('division = { value = "519900160" }\n', "")
    Path("n.toml").write_text(without, encoding="utf-8")
    words = [str(register), "--mapping", "n.toml"]
    with fake_import_api() as opened:
        assert concord(monkeypatch, opened, *words) == 2
        assert concord(monkeypatch, opened, *words, "--division", "519900") == 2
        assert concord(monkeypatch, opened, *words, "--division", "519900171") == 0
    assert {row["division"] for row in opened.rows.values()} == {"519900171"}


def test_statuses_without_a_day_are_counted_in_the_summary(
    register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status = '[status]\ncolumn = "内容"\ndefault = "withdrawn"\nmap = { a = "open" }'
    Path("s.toml").write_text(PLAIN + status, encoding="utf-8")
    with fake_import_api() as opened:
        concord(monkeypatch, opened, str(register), "--mapping", "s.toml", "--no-wait")
    assert '40 rows state "withdrawn" without a date: not recorded' in capsys.readouterr().out
