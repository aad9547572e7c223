"""Seals are copied to a folder or a Git work tree, once each and never over another."""

import subprocess
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from shared.sealing import SealJournal
from shared.sealing.copies import CopyFolder, CopyGit, SealCopies, place_of
from shared.sealing.not_copied import NotCopied
from shared.sealing.seal import sign
from tests.shared.test_seal_journal import NEXT, file_in, written
from tests.shared.test_seals import HEAD, KEYS, LEDGER, SEAL


def git(*words: str, tree: Path) -> str:
    return subprocess.run(
        ["git", "-C", str(tree), *words], check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    git("init", "--quiet", "--bare", str(tmp_path / "remote.git"), tree=tmp_path)
    return tmp_path / "remote.git"


@pytest.fixture
def tree(tmp_path: Path, remote: Path) -> Path:
    git("clone", "--quiet", str(remote), str(tmp_path / "tree"), tree=tmp_path)
    return tmp_path / "tree"


def names(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.json"))


async def copies_of(folder: Path, place: CopyFolder | CopyGit) -> SealCopies:
    await written(folder, SEAL)
    return SealCopies(SealJournal(file_in(folder)), place, service="intake")


async def test_every_seal_is_copied_once(tmp_path: Path) -> None:
    place = tmp_path / "kept"
    place.mkdir()
    copies = await copies_of(tmp_path, CopyFolder(place))
    assert [await copies.copy_new(), await copies.copy_new()] == [1, 0]
    await written(tmp_path, NEXT)
    assert await copies.copy_new() == 1
    assert names(place) == [f"{LEDGER}/2025-03-04.json", f"{LEDGER}/2025-03-05.json"]
    kept = orjson.loads((place / LEDGER / "2025-03-05.json").read_bytes())
    assert kept == NEXT.to_data()


async def test_a_place_that_is_away_gets_them_later(tmp_path: Path) -> None:
    copies = await copies_of(tmp_path, CopyFolder(tmp_path / "kept"))
    with pytest.raises(NotCopied):
        await copies.copy_new()
    (tmp_path / "kept").mkdir()
    assert await copies.copy_new() == 1


def test_another_seal_of_the_day_is_kept_beside_the_first(tmp_path: Path) -> None:
    other = sign(replace(HEAD, sequence=43), ledger=LEDGER, keys=KEYS)
    for _ in range(2):
        CopyFolder(tmp_path).copy([SEAL, other])
    assert names(tmp_path) == [
        f"{LEDGER}/2025-03-04.{other.digest[:16]}.json",
        f"{LEDGER}/2025-03-04.json",
    ]
    assert orjson.loads((tmp_path / LEDGER / "2025-03-04.json").read_bytes()) == SEAL.to_data()


def test_in_a_work_tree_they_are_committed_and_pushed(tree: Path, remote: Path) -> None:
    for _ in range(2):
        CopyGit(tree).copy([SEAL, NEXT])
    pushed = git("ls-tree", "-r", "--name-only", "HEAD", tree=tree).split()
    assert pushed == names(tree)
    assert git("rev-list", "--all", tree=remote) == git("rev-list", "HEAD", tree=tree)
    assert len(git("rev-list", "HEAD", tree=tree).split()) == 1


def test_a_push_that_failed_is_made_up_for(tree: Path, remote: Path) -> None:
    away = remote.rename(remote.with_name("away"))
    with pytest.raises(NotCopied, match="git push failed"):
        CopyGit(tree).copy([SEAL])
    away.rename(remote)
    CopyGit(tree).copy([SEAL])
    assert git("rev-list", "--all", tree=remote) == git("rev-list", "HEAD", tree=tree)


@pytest.mark.parametrize("place", ["", "/kept", "folder:kept", "mailto:a@b.example", "git:"])
def test_a_place_that_is_none_is_refused(place: str) -> None:
    with pytest.raises(ValueError, match="folder:/path, git:/path or smtp"):
        place_of(place)
