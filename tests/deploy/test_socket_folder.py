"""Sockets are where nobody else can put one, however long the path of the data folder is."""

import os
from pathlib import Path

from deploy.local.socket_folder import make_socket_folder, remove_short_folder, socket_folder


def deep(tmp_path: Path) -> Path:
    made = tmp_path / ("d" * 100)
    made.mkdir(mode=0o700)
    return made


def test_a_short_path_needs_no_other_folder(tmp_path: Path) -> None:
    home = Path("/tmp/x")
    assert make_socket_folder(home) == socket_folder(home) == home


def test_a_long_path_has_a_private_folder_that_is_found_again(tmp_path: Path) -> None:
    home = deep(tmp_path)
    made = make_socket_folder(home)
    try:
        assert made != home
        assert len(os.fsencode(made / "pg" / ".s.PGSQL.32767")) <= 107
        assert made.stat().st_mode & 0o777 == 0o700
        assert socket_folder(home) == make_socket_folder(home) == made
    finally:
        remove_short_folder(home)
    assert not made.exists()
    assert socket_folder(home) == home


def test_a_folder_that_others_could_enter_is_neither_used_nor_spoken_to(tmp_path: Path) -> None:
    home = deep(tmp_path)
    first = make_socket_folder(home)
    first.chmod(0o777)
    assert socket_folder(home) == home
    second = make_socket_folder(home)
    assert second not in {first, home}
    first.rmdir()
    remove_short_folder(home)


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    home = deep(tmp_path)
    first = make_socket_folder(home)
    first.rmdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    first.symlink_to(elsewhere)
    assert socket_folder(home) == home
    first.unlink()
