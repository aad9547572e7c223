from typing import Any

import pytest

from shared.upcasting import NoUpcaster, upcast, upcaster


def test_an_old_version_is_read_step_by_step_and_stays_as_stored() -> None:
    @upcaster("a-thing-of-this-test", from_version=1)
    def name_the_unit(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "unit": "not-stated"}

    @upcaster("a-thing-of-this-test", from_version=2)
    def split_the_name(data: dict[str, Any]) -> dict[str, Any]:
        data["names"] = [data.pop("name")]
        return data

    stored = {"name": "x"}
    assert upcast("a-thing-of-this-test", 1, 3, stored) == {"names": ["x"], "unit": "not-stated"}
    assert stored == {"name": "x"}


def test_todays_version_is_left_alone() -> None:
    data = {"a": 1}
    assert upcast("another-thing", 4, 4, data) is data


def test_a_version_without_a_way_to_today_is_named() -> None:
    with pytest.raises(NoUpcaster, match="lonely-thing version 1"):
        upcast("lonely-thing", 1, 2, {})


def test_a_step_is_registered_once() -> None:
    upcaster("a-doubled-thing", from_version=1)(dict)
    with pytest.raises(ValueError, match="already"):
        upcaster("a-doubled-thing", from_version=1)(dict)
