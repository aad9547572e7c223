"""A dimension has one name in queries, answers, links and the verifier, and some subject has it."""

from fastapi import FastAPI

from cli import verify
from services.stats.api.queries import router
from services.stats.api.shapes import About
from services.stats.domain.subjects import SUBJECTS
from services.stats.store.filters import EVERYTHING, Chosen

PARAMETERS = tuple(EVERYTHING.by_parameter())


def test_every_dimension_can_be_asked_for_and_is_answered() -> None:
    app = FastAPI()
    app.include_router(router)
    parameters = app.openapi()["paths"]["/figures"]["get"]["parameters"]
    queries = [each["name"] for each in parameters if each["in"] == "query"]
    assert set(PARAMETERS) <= set(queries)
    assert tuple(name for name in About.model_fields if name in PARAMETERS) == PARAMETERS


def test_the_verifier_refuses_figures_that_are_narrowed_by_any_of_them() -> None:
    assert verify.DIMENSIONS == PARAMETERS


def test_the_dimensions_are_those_of_the_subjects() -> None:
    assert {name for subject in SUBJECTS for name in subject.dimensions} == set(
        EVERYTHING.by_name()
    )


def test_what_is_chosen_goes_by_its_name_in_queries() -> None:
    chosen = Chosen(village_code="519900101001")
    assert chosen.by_parameter() == {
        "category": None,
        "village": "519900101001",
        "committee": None,
        "urgency": None,
        "source": None,
        "level": None,
        "rule": None,
    }
