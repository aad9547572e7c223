"""The demonstration's tables of units and posts: what its cases name is in them, and nobody is named."""

from cli.register.mapping_file import read_mapping
from demo.reference_year.scenario import petitions
from demo.scene import BUNDLED, REFERENCE_TOWNSHIP, REGISTER_TOWNSHIP, TABLES
from tests.cli.registers import bodies, read_all

UNITS, POSTS = (
    bodies(read_all(each, read_mapping(each.with_suffix(".toml")))) for each in TABLES[:2]
)
REGISTERED = {(row["division"], row["register"]["code"]) for row in UNITS}


def test_every_row_is_read_and_no_code_comes_twice() -> None:
    codes = [(row["division"], row["register"]["code"]) for row in POSTS]
    assert len(REGISTERED) == len(UNITS)
    assert len(set(codes)) == len(codes)


def test_every_unit_that_a_case_of_the_demonstration_names_is_registered() -> None:
    named = {(REFERENCE_TOWNSHIP, each.unit) for each in petitions()}
    register = read_all(BUNDLED, read_mapping(BUNDLED.with_suffix(".toml")))
    named |= {
        (REGISTER_TOWNSHIP, fact["responsible_unit"])
        for row in bodies(register)
        for fact in row["facts"]
        if "responsible_unit" in fact
    }
    assert named <= REGISTERED


def test_parents_and_units_of_posts_are_in_the_table() -> None:
    for row in UNITS:
        parent = row["register"].get("parent")
        assert parent is None or (row["division"], parent) in REGISTERED
    for row in POSTS:
        assert (row["division"], row["register"]["unit"]) in REGISTERED


def test_each_petition_office_has_the_clerk_that_tokens_are_made_for() -> None:
    clerks = {row["division"] for row in POSTS if row["register"]["code"] == "clerk"}
    assert clerks == {REFERENCE_TOWNSHIP, REGISTER_TOWNSHIP}
