"""Cases of before the index of numbers are found once they were read; nothing else is written."""

import base64

import pytest

from services.intake import index_numbers
from services.intake.index_numbers import BAD_INPUT
from tests.intake.doors import COUNTY, NEIGHBOUR, TOWNSHIP, Doors
from tests.intake.sealing import as_superuser
from tests.intake.test_looking_up import a_case, found_ids, look_up

pytestmark = pytest.mark.parts


def forget(doors: Doors) -> None:
    """As a release before the index has left it."""
    as_superuser(doors, "truncate person_mark", ())


async def indexed(doors: Doors, division: str = TOWNSHIP, after: str = "") -> int:
    office = doors.office
    return await index_numbers.index_numbers(
        office.pool, office.vault, office.marks, division, after=after
    )


async def test_a_case_of_before_is_found_and_reading_again_changes_nothing(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    cases = [(await a_case(doors))["case_id"] for _ in range(3)]
    await a_case(doors, person={"name": "无号"})
    await a_case(doors, NEIGHBOUR)
    forget(doors)
    assert found_ids(await look_up(doors)) == []
    assert [await indexed(doors), await indexed(doors)] == [4, 4]
    found = await look_up(doors)
    assert (set(found_ids(found)), found["elsewhere"]) == (set(cases), 0)
    await indexed(doors, NEIGHBOUR)
    assert (await look_up(doors))["elsewhere"] == 1


async def test_it_goes_on_after_a_case(
    empty_doors: Doors, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    doors = empty_doors
    monkeypatch.setattr(index_numbers, "AT_ONCE", 2)
    cases = sorted([(await a_case(doors))["case_id"] for _ in range(5)])
    forget(doors)
    assert await indexed(doors, after=cases[0]) == 4
    assert set(found_ids(await look_up(doors))) == set(cases[1:])
    assert f"{TOWNSHIP}: 4 cases read, the last is {cases[-1]}" in capsys.readouterr().err


async def test_accusations_erased_people_and_corrected_numbers_are_not_found(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    corrected = (await a_case(doors))["case_id"]
    other = {"person": {"name": "某人", "phone": "13800005670"}, "why": "typing-error"}
    answer = await doors.post(f"/cases/{corrected}/correct", other)
    assert answer.status_code == 200, answer.text
    routed = (await a_case(doors))["case_id"]
    await doors.tell(routed, ("route", {"lane": "discipline", "ground": "by-law"}))
    forget(doors)
    await indexed(doors)
    assert found_ids(await look_up(doors)) == []
    assert found_ids(await look_up(doors, phone="13800005670")) == [corrected]


def test_the_command_says_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # logs of other tests do not go where this one's output is caught
    monkeypatch.setattr(index_numbers, "set_up_logs", lambda *_, **__: None)
    key = base64.b64encode(bytes(32)).decode()
    for name, value in {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "KEY_ENCRYPTION_KEY": key,
        "COUNTY": COUNTY,
        "OIDC_ISSUER": "http://127.0.0.1:1",
        "KAFKA_BOOTSTRAP": "127.0.0.1:1",
    }.items():
        monkeypatch.setenv(f"INTAKE_{name}", value)
    assert index_numbers.main([]) == BAD_INPUT
    assert "INTAKE_MARK_KEY" in capsys.readouterr().err
    monkeypatch.setenv("INTAKE_MARK_KEY", key)
    assert index_numbers.main(["--division", "5199"]) == BAD_INPUT
    assert "--division" in capsys.readouterr().err
