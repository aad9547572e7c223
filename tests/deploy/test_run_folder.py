"""What a data folder holds: ports, secrets, and who may look at them."""

import base64
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli import main
from deploy.local import run_ports
from deploy.local.private_files import is_private, write_private
from deploy.local.refusals import BadPorts, FileDamaged, FolderNotOurs, NotSetUp, SecretsLost
from deploy.local.run_folder import RunFolder
from deploy.local.run_secrets import ensure_secrets
from deploy.local.seal_keys import seal_key_file
from shared.sealing import SealKeys
from shared.services import SERVICES

KEY = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="
FURTHER_WORDS = {
    "token": ["--role", "clerk", "--division", "519900"],
    "figures": ["--division", "519900", "--period", "2025"],
}


def test_a_made_folder_is_found_again_the_same(tmp_path: Path) -> None:
    made = RunFolder.make(tmp_path / "data", {"kafka": 9999})
    assert RunFolder.open(tmp_path / "data") == made
    assert made.ports["kafka"] == 9999
    assert made.ports["intake"] == 8101


def test_chosen_ports_are_remembered_by_a_later_start(tmp_path: Path) -> None:
    RunFolder.make(tmp_path, {"kafka": 9999})
    again = RunFolder.make(tmp_path, {"intake": 8888})
    assert (again.ports["kafka"], again.ports["intake"]) == (9999, 8888)


def test_a_folder_without_a_system_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotSetUp, match="concord up"):
        RunFolder.open(tmp_path)


def test_everything_secret_is_random_and_private(tmp_path: Path) -> None:
    here, there = RunFolder.make(tmp_path / "a", {}), RunFolder.make(tmp_path / "b", {})
    assert here.secrets.issuer_operator != there.secrets.issuer_operator
    assert len(base64.b64decode(here.secrets.key_encryption_key)) == 32
    assert here.secrets.county_mark_key != there.secrets.county_mark_key
    assert (here.secrets.county_mark_key or "?") not in repr(here)
    assert is_private(tmp_path / "a" / "secrets.json")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o700


def test_a_service_that_seals_gets_a_key_of_its_own_once(tmp_path: Path) -> None:
    RunFolder.make(tmp_path, {})
    file = seal_key_file(tmp_path, "intake")
    made = file.read_bytes()
    assert is_private(file)
    assert file.parent.stat().st_mode & 0o777 == 0o700
    RunFolder.make(tmp_path, {})
    assert file.read_bytes() == made
    assert SealKeys.from_file(file).published()


def test_a_folder_that_others_could_read_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    RunFolder.make(tmp_path, {})
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_secrets_are_made_once_and_for_a_new_service_added(tmp_path: Path) -> None:
    before = ensure_secrets(tmp_path)
    file = tmp_path / "secrets.json"
    known = json.loads(file.read_text())
    del known["databases"][SERVICES[-1].name]
    del known["county_mark_key"]
    file.write_text(json.dumps(known))
    after = ensure_secrets(tmp_path)
    assert after.key_encryption_key == before.key_encryption_key
    assert after.keys_of_others == before.keys_of_others
    made = after.county_mark_key
    assert made not in {None, before.county_mark_key}
    assert ensure_secrets(tmp_path).county_mark_key == made
    assert after.databases.keys() == {service.name for service in SERVICES}


def newer(text: str) -> str:
    return json.dumps(json.loads(text) | {"keys_of_future": {"grid": {"key": KEY}}})


def cut_short(text: str) -> str:
    return text[: text.index(KEY) + len(KEY) - 4]


def changed(text: str) -> str:
    return json.dumps(json.loads(text) | {"databases": KEY})


@pytest.mark.parametrize("words", [("status",), ("up",), ("token",), ("figures",)])
@pytest.mark.parametrize(
    ("harm", "said"), [(newer, "newer release"), (cut_short, "cut short"), (changed, "cut short")]
)
def test_unreadable_secrets_are_one_sentence_that_shows_nothing_of_them(
    harm: Callable[[str], str],
    said: str,
    words: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run = RunFolder.make(tmp_path, {})
    file = tmp_path / "secrets.json"
    whole = file.read_text().replace(run.secrets.key_encryption_key, KEY)
    file.write_text(harm(whole))
    for more in ([], ["--verbose"]):
        with pytest.raises(SystemExit) as ended:
            main.run([*words, *FURTHER_WORDS.get(words[0], []), "--data", str(tmp_path), *more])
        shown = "".join(capsys.readouterr())
        assert ended.value.code == 3
        assert said in shown
        assert not any(KEY[at : at + 8] in shown for at in range(len(KEY) - 8))
        assert more or len(shown.strip().splitlines()) == 1


@pytest.mark.parametrize("text", ['{"ports": {"kafka"', "[]", '{"ports": 7}', "{}"])
def test_a_damaged_run_file_is_one_sentence(text: str, tmp_path: Path) -> None:
    RunFolder.make(tmp_path, {})
    (tmp_path / "run.json").write_text(text)
    with pytest.raises(FileDamaged, match=r"run\.json is cut short"):
        RunFolder.open(tmp_path)


def test_a_database_without_its_secrets_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    with pytest.raises(SecretsLost, match=r"secrets\.json"):
        RunFolder.make(tmp_path, {})


def test_a_file_in_the_place_of_the_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(FolderNotOurs, match="--data"):
        RunFolder.make(tmp_path / "data", {})


def test_a_private_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    write_private(file, "one")
    (tmp_path / "secret.new").write_text("what a kill left")
    write_private(file, "two")
    assert file.read_text() == "two"
    assert [left.name for left in tmp_path.iterdir()] == ["secret"]


def test_the_socket_of_a_deep_folder_has_a_short_path(tmp_path: Path) -> None:
    shallow = RunFolder.make(tmp_path / "s", {})
    deep = RunFolder.make(tmp_path / ("d" * 100), {})
    assert shallow.supervisor_socket.parent == shallow.path
    assert len(os.fsencode(deep.supervisor_socket)) < 90
    assert deep.supervisor_socket != RunFolder.make(tmp_path / ("e" * 100), {}).supervisor_socket


@pytest.mark.parametrize(
    ("choice", "why"),
    [
        ("oracle=1", "no port called"),
        ("kafka", "needs a number"),
        ("kafka=x", "needs a number"),
        ("kafka=0", "needs a number"),
        ("kafka=40000", "outgoing connections"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(choice: str, why: str) -> None:
    with pytest.raises(BadPorts, match=why):
        run_ports.read_choices([choice])


def test_two_programs_cannot_share_a_port() -> None:
    with pytest.raises(BadPorts, match="postgres and kafka cannot both have port 9132"):
        run_ports.merged({}, {"kafka": 9132})


def test_a_port_of_a_program_that_is_no_more_is_forgotten() -> None:
    assert "oracle" not in run_ports.merged({"oracle": 1521}, {})
