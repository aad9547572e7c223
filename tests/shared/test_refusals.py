"""Refusals name themselves: on the wire by their class, to people by their docstring."""

from shared.refusals import InvalidInput, Refusal, invalid, refusal_types


class TakenByAnotherHTTPDoor(Refusal):
    """Another clerk has
    accepted this case.

    What follows is for developers.
    """

    status = 409
    title = "The case is taken"
    case_id: str


def test_the_type_is_the_class_in_kebab_case() -> None:
    assert TakenByAnotherHTTPDoor.type == "/problems/taken-by-another-http-door"


def test_the_detail_is_the_docstrings_first_sentence() -> None:
    assert TakenByAnotherHTTPDoor().detail == "Another clerk has accepted this case."


def test_a_detail_of_its_own_goes_first() -> None:
    assert TakenByAnotherHTTPDoor("Wu has it.").detail == "Wu has it."


def test_what_is_shown_is_an_attribute_too() -> None:
    refusal = TakenByAnotherHTTPDoor(case_id="519900101-x")
    assert refusal.case_id == "519900101-x"
    assert refusal.shown == {"case_id": "519900101-x"}


def test_every_refusal_is_found_by_its_slug() -> None:
    assert refusal_types()["taken-by-another-http-door"] is TakenByAnotherHTTPDoor
    assert refusal_types()["invalid-input"] is InvalidInput


def test_invalid_input_names_fields() -> None:
    (error,) = invalid("person.name", "is missing").errors
    assert (error.field, error.message) == ("person.name", "is missing")
