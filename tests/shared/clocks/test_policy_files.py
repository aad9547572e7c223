"""A policy file is read whole or not at all, and every mistake is told with its line."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.clocks.mistakes import DataMistaken
from shared.clocks.policy import Policy
from shared.clocks.policy_files import read_policies
from shared.clocks.shipped import texts_of
from shared.contracts.catalogue import event_classes

EVENTS = {"case-accepted", "opinion-served"}
HEAD = """version = "county-2024"
jurisdiction = "CN-XX"
name = { zh = "本县", en = "county" }
effective_from = 2024-01-01
[counting]
start_day = ["CC 201"]
hours = ["CC 201"]
last_day = ["CC 203"]
[laws]
CC = { zh = "民法典", en = "Civil Code" }
R = { zh = "信访工作条例", en = "Regulations" }
[facts]
hearing = { zh = "听证", en = "hearing" }
[[clock]]
id = "C6"
name = { zh = "办理", en = "handling" }
unit = "calendar-days"
length = 60
starts = "case-accepted"
stops = ["opinion-served"]
source = ["R 34"]
extension = { days = 30, approver = "unit-head", source = ["R 34"] }
"""
"""Line 15 is the clock's id."""


def read(text: str, **others: str) -> dict[str, Policy]:
    more = {f"{name}.toml": other for name, other in others.items()}
    return read_policies({"county.toml": text, **more}, events=EVENTS)


def with_national(national: str) -> dict[str, Policy]:
    """The shipped files with another national one."""
    shipped = {**texts_of("policies"), "national-2022.toml": national}
    return read_policies(shipped, events={e.kind for _, e in event_classes()})


def mistakes(text: str, **others: str) -> list[str]:
    with pytest.raises(DataMistaken) as told:
        read(text, **others)
    return str(told.value).split("\n")


def test_a_sound_file_is_a_policy() -> None:
    clock = read(HEAD)["county-2024"].versions["C6"][0]
    assert (clock.length, clock.marks, clock.start_day_counts) == (60, (7, 3, 1), False)


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ('unit = "calendar-days"', 'unit = "weeks"', "county.toml:17: unit: Input should be"),
        ("length = 60", 'length = "sixty"', "county.toml:18: length: a length is a whole number"),
        ("length = 60", "length = -1", "county.toml:18: length: a length is a whole number"),
        ("length = 60", "length = true", "county.toml:18: length: a length is a whole number"),
        ("length = 60\n", "", "county.toml:14: length is missing"),
        ('source = ["R 34"]\n', "", "county.toml:14: source is missing"),
        ('source = ["R 34"]\n', "source = []\n", "county.toml:21: source: Tuple should have"),
        (
            '"R 34"]\nex', '"RR 34"]\nex',
            "county.toml:21: C6: RR is no law of [laws] (CC, R)",
        ),
        (
            '"R 34"]\nex', '"R34"]\nex',
            "county.toml:21: C6: 'R34' is no citation such as R 34, R 23.2 or R 22(3)",
        ),
        (
            "length = 60", "length = 60\nlenght = 30", "county.toml:19: lenght is not known here",
        ),
        (
            '"case-accepted"', '"case-accept"',
            "county.toml:19: C6: case-accept (starts) is no published event and no fact of [facts]",
        ),
        (
            "length = 60", 'length = 60\npauses = ["hearing-held"]',
            "county.toml:19: C6: hearing-held (pauses) is no published event",
        ),
        ('approver = "unit-head", ', "", "county.toml:22: extension.approver is missing"),
        ("{ days = 30", "{ days = 0", "county.toml:22: extension.days: Input should be greater"),
        ("2024-01-01", '"2024-13-01"', "county.toml:4: effective_from: Input should be a valid"),
        ("2024-01-01", "2024-13-01", "county.toml:4: is no TOML"),
        ('"CN-XX"', '"XX"', "county.toml:2: jurisdiction: String should match"),
        ("effective_from", "from", "county.toml:4: from is not known here"),
        (
            "effective_from = 2024-01-01",
            "effective_from = 2024-01-01\neffective_to = 2023-01-01",
            "county.toml:5: effective_to is before effective_from",
        ),
        (
            "length = 60", "length = 60\neffective_to = 2023-01-01",
            "county.toml:19: C6: effective_to is before the clock is in force",
        ),
        ('id = "C6"', 'id = "C6"\nextends = "C7"', "county.toml:16: C6: extends C7, which has to"),
        ('last_day = ["CC 203"]', 'last_day = ["BGB 193"]', "county.toml:8: BGB is no law"),
        ("[[clock]]", "[clock]", "county.toml:14: clocks are written as [[clock]] tables"),
        ('id = "C6"', 'id = "sixty"', "county.toml:15: id: String should match"),
        (
            'unit = "calendar-days"', 'unit = "hours"',
            "county.toml:22: C6: a clock of hours cannot be extended by days",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_line_and_reason(
    written: str, instead: str, told: str
) -> None:
    assert written in HEAD
    assert any(line.startswith(told) for line in mistakes(HEAD.replace(written, instead, 1)))


def test_every_mistake_is_told_at_once_in_the_order_of_the_file() -> None:
    bad = HEAD.replace("length = 60", "length = 6.5").replace('"CN-XX"', '"XX"')
    bad = bad.replace('["R 34"]\ne', '["Q 34"]\ne') + "colour = 3\n"
    assert [line.split(":")[1] for line in mistakes(bad)] == ["2", "18", "23"]


def test_a_policy_without_a_base_says_how_days_are_counted() -> None:
    without = HEAD.replace(HEAD[HEAD.index("[counting]") : HEAD.index("[laws]")], "")
    assert mistakes(without) == [
        "county.toml:1: a policy without a base says how days are counted: [counting] is missing"
    ]


def test_two_versions_of_a_clock_are_not_in_force_on_the_same_day() -> None:
    again = HEAD[HEAD.index("[[clock]]") :]
    told = "C6 is in force from 2024-01-01 while another version of it is; end the earlier one by"
    assert mistakes(HEAD + again) == [f"county.toml:23: {told} effective_to"]


def test_a_clock_counts_by_the_version_that_is_in_force_when_it_starts() -> None:
    second = HEAD[HEAD.index("[[clock]]") :].replace("length = 60", "length = 45")
    second += "effective_from = 2025-07-01\n"
    policy = read(f"{HEAD}effective_to = 2025-06-30\n{second}")["county-2024"]
    lengths = [policy.clock("C6", date(2025, 6, day)).length for day in (29, 30)]
    assert [*lengths, policy.clock("C6", date(2025, 7, 1)).length] == [60, 60, 45]
    # before the first version the first one stands in, and is not in force
    early = policy.clock("C6", date(2020, 1, 1))
    assert (early.length, policy.in_force(early, date(2020, 1, 1))) == (60, False)


def test_two_policies_of_a_jurisdiction_are_not_in_force_on_the_same_day() -> None:
    later = HEAD.replace("county-2024", "county-2025").replace("2024-01-01", "2025-01-01")
    told = "county-2025 is in force while county-2024 is, for CN-XX; end the earlier one by"
    assert mistakes(HEAD, later=later) == [f"later.toml:4: {told} effective_to"]
    ended = HEAD.replace("[counting]", "effective_to = 2024-12-31\n[counting]", 1)
    assert set(read(ended, later=later)) == {"county-2024", "county-2025"}


def test_a_version_is_given_once() -> None:
    assert mistakes(HEAD, other=HEAD) == [
        "other.toml:1: county-2024 is the version of county.toml too"
    ]


TOWN = """version = "town-2025"
jurisdiction = "CN-YY"
name = { zh = "本镇", en = "town" }
effective_from = 2025-01-01
base = "county-2024"
[[clock]]
id = "C6"
length = 30
extension = { days = 15 }
"""


def test_a_policy_on_a_base_says_only_what_differs() -> None:
    clock = read(HEAD, town=TOWN)["town-2025"].versions["C6"][0]
    assert clock.length == 30
    assert clock.extension is not None
    assert (clock.extension.days, clock.extension.approver) == (15, "unit-head")
    assert clock.source == ("R 34",)


def test_a_clock_that_is_an_extension_has_the_length_of_what_it_extends() -> None:
    extending = """[[clock]]
id = "C7"
extends = "C6"
name = { zh = "延长", en = "extension" }
unit = "calendar-days"
starts = "case-accepted"
stops = ["opinion-served"]
source = ["R 34"]
"""
    policies = read(HEAD + extending, town=TOWN)
    assert [policies[each].versions["C7"][0].length for each in policies] == [30, 15]


def test_a_mistake_in_the_base_is_not_told_again_of_what_stands_on_it() -> None:
    bad = HEAD.replace('unit = "calendar-days"', 'unit = "weeks"')
    assert [line.split(":")[0] for line in mistakes(bad, town=TOWN)] == ["county.toml"]


@pytest.mark.parametrize("base", ["village-2020", "town-2025"])
def test_a_base_is_another_policy_that_there_is(base: str) -> None:
    told = mistakes(HEAD, town=TOWN.replace("county-2024", base))
    assert told == [f"town.toml:5: the base {base} is none of county-2024"]


ODD = ["3", "-1.5", "true", '"x"', "2024-01-01", "[]", "[[1]]", '["x"]', "{}", "{ a = 1 }"]
NATIONAL = texts_of("policies")["national-2022.toml"].split("\n")
WRITTEN = [n for n, line in enumerate(NATIONAL) if " = " in line and not line.startswith("#")]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WRITTEN), st.sampled_from(ODD)), min_size=1, max_size=3))
def test_whatever_is_written_is_read_or_told_line_by_line(odd: list[tuple[int, str]]) -> None:
    lines = list(NATIONAL)
    for number, value in odd:
        lines[number] = f"{lines[number].partition(' = ')[0]} = {value}"
    # nothing but DataMistaken comes out, whatever stands in the file
    with suppress(DataMistaken):
        assert len(with_national("\n".join(lines))) == 3


def test_what_is_no_toml_is_told_with_its_line() -> None:
    assert mistakes(HEAD + 'stops = ["open\n')[0].startswith("county.toml:23: is no TOML: ")
    assert mistakes(HEAD, town="= 3")[0].startswith("town.toml:1: is no TOML: ")
