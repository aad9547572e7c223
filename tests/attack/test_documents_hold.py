"""What the OpenAPI documents promise holds for whatever schemathesis makes of them.

No 5xx, no hang, no status, media type or answer that is not documented, and nothing taken that the
document rules out. `make test` asks every operation twice for each kind of request, always
the same; `make test-all` asks 40 times, and ATTACK_EXAMPLES=200 for longer.
"""

import os
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks as documented
from schemathesis.specs.openapi.schemas import OpenApiSchema

from shared.identity import Role
from tests.attack.by_socket import BySocket
from tests.attack.operations import DOCUMENTS, Operation, document_of, operations
from tests.attack.townships import Townships
from tests.attack.wish import HERE
from tests.examples import THOROUGH

pytestmark = [pytest.mark.parts, pytest.mark.slow, pytest.mark.timeout(1800)]

EXAMPLES = int(os.environ.get("ATTACK_EXAMPLES", "40" if THOROUGH else "2"))
HANGS_AFTER = 10
PROMISES: list[CheckFunction] = [
    not_a_server_error,
    documented.status_code_conformance,
    documented.content_type_conformance,
    documented.response_headers_conformance,
    documented.response_schema_conformance,
]
REFUSES = documented.negative_data_rejection
OFTEN = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("service", DOCUMENTS)
def test_every_answer_is_one_that_the_document_promises(
    townships: Townships, service: str
) -> None:
    statuses: set[int] = set()
    broken: list[str] = []
    document = schemathesis.openapi.from_dict(document_of(townships.doors.run, service))
    for operation in operations(townships.doors.run, service):
        for strategy in strategies(townships, operation, document):
            statuses |= asked(townships, operation, strategy, broken)
    assert broken == []
    assert statuses >= ({200, 401, 422} if service != "issuer" else {200, 422})


def strategies(
    townships: Townships, operation: Operation, document: OpenApiSchema
) -> Iterator[Any]:
    """Good and bad requests, to any address and to that of a case which is there."""
    of_library = document[operation.template][operation.method]
    known = {
        each["name"]: value
        for each in operation.told.get("parameters", ())
        if each["in"] == "path" and (value := real(townships).get(each["name"]))
    }
    modes = [GenerationMode.POSITIVE]
    if operation.is_gated or operation.told.get("parameters"):
        modes.append(GenerationMode.NEGATIVE)
    for mode, path in product(modes, [{}, known] if known else [{}]):
        query = {"division": HERE, "period": "all"} if operation.takes("period") else {}
        good = mode is GenerationMode.POSITIVE
        yield of_library.as_strategy(
            mode, path_parameters=path or None, query=(query if good else {}) or None
        )


def real(townships: Townships) -> dict[str, str]:
    return {
        "division": HERE,
        **townships.of_here.ids,
        "kind": "case-filed",
        "version": "1",
        "measure_id": "cases_filed",
        "form": "accept",
        "draft_id": "a-draft",
    }


def asked(
    townships: Townships, operation: Operation, strategy: Any, broken: list[str]
) -> set[int]:
    """The statuses that came; what broke a promise is noted."""
    statuses: set[int] = set()
    bearer = bearer_of(townships, operation)

    @OFTEN
    @given(case=strategy)
    def ask(case: Case[Any]) -> None:
        with requests.Session() as session:
            session.trust_env = False
            if operation.service == "issuer":
                session.mount("http://", BySocket(townships.doors.run.issuer_socket))
            answer = case.call(
                base_url=townships.doors.run.url(operation.service),
                session=session,
                headers=bearer,
                timeout=HANGS_AFTER,
            )
        statuses.add(answer.status_code)
        # the library does not know that these are refusals: of too large a body, of too large a head
        refuses = [] if answer.status_code in {413, 431} else [REFUSES]
        try:
            case.validate_response(answer, checks=[*PROMISES, *refuses])
        except FailureGroup as group:
            broken.extend(f"{operation} {answer.status_code}: {one}" for one in group.exceptions)

    ask()
    return statuses


def bearer_of(townships: Townships, operation: Operation) -> dict[str, str]:
    if operation.service == "issuer":
        return {"Authorization": f"Bearer {townships.doors.run.secrets.issuer_operator}"}
    if not operation.is_gated:
        return {}
    role = Role.BACKFILL if Role.BACKFILL in operation.roles else min(operation.roles)
    return townships.bearer(role, HERE)
