from pathlib import Path

import pytest

from cli.refusals import BadInput
from cli.system import address_of, find_system
from deploy.local.refusals import NotSetUp
from shared.identity import Role


def test_an_address_means_the_services_own_ports_there() -> None:
    assert address_of("intake", "https://county.example/") == "https://county.example:8101"
    assert address_of("stats", "http://[::1]") == "http://[::1]:8104"


def test_a_gateway_says_where_the_services_name_stands() -> None:
    assert address_of("stats", "https://c.example/{service}/") == "https://c.example/stats"
    assert address_of("stats", "https://{service}.c.example") == "https://stats.c.example"


@pytest.mark.parametrize(
    "url", ["county.example", "http://", "http://c.example:8101", "http://c.example/api"]
)
def test_an_address_that_fits_one_door_at_most_is_bad_input(url: str) -> None:
    with pytest.raises(BadInput, match="CONCORD_URL"):
        address_of("intake", url)


def test_another_system_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORD_URL", "https://c.example")
    monkeypatch.delenv("CONCORD_TOKEN", raising=False)
    with pytest.raises(BadInput, match="CONCORD_TOKEN"):
        find_system(None)
    monkeypatch.setenv("CONCORD_TOKEN", "abc")
    system = find_system(None)
    assert system.token_for(Role.BACKFILL, "519900") == "abc"


def test_a_folder_that_is_named_stands_before_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CONCORD_URL", "https://c.example")
    monkeypatch.setenv("CONCORD_TOKEN", "abc")
    with pytest.raises(NotSetUp):
        find_system(tmp_path)
