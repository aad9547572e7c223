"""Logs: one line a request, and nothing of what people sent, wherever they put it."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import structlog

from shared.http import set_up_logs
from shared.identity import Role
from tests.shared.doors import CASES, TOKENS, faulty_router, knocking, sample_app

NAME, PHONE, SENTENCE = "张三丰", "13800138000", "邻居家的围墙占了我家的地"
PLANTED = (NAME, PHONE, SENTENCE)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logs("json", service="sample", stream=stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:], root.level = handlers, level


def parsed(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_a_pipeline_that_ends_by_a_raised_fault_is_no_news(lines: io.StringIO) -> None:
    driver = logging.getLogger("psycopg")
    driver.warning("error ignored terminating %r: %s", "a pipeline", "pipeline aborted")
    driver.warning("error ignored returning a connection")
    assert [line["event"] for line in parsed(lines)] == ["error ignored returning a connection"]


def test_every_line_names_its_service_also_those_of_libraries(lines: io.StringIO) -> None:
    structlog.get_logger().info("something")
    structlog.get_logger().info("of a named one", service="intake")
    logging.getLogger("aiokafka").warning("a library says")
    assert [line["service"] for line in parsed(lines)] == ["sample", "intake", "sample"]


async def test_a_request_is_one_line_that_says_where_how_long_and_who(lines: io.StringIO) -> None:
    async with knocking(sample_app(), TOKENS.headers(Role.CLERK, ref="post-secret")) as client:
        answer = await client.post(CASES, json={"narrative": "x"})
    (line,) = parsed(lines)
    assert line.pop("ms") > 0
    assert line.pop("timestamp")
    assert len(line.pop("actor")) == 12
    assert line == {
        "event": "request",
        "level": "info",
        "service": "sample",
        "method": "POST",
        "route": "/townships/{division}/cases",
        "status": 201,
        "role": "clerk",
        "division": "519900101",
        "correlation": answer.headers["x-correlation-id"],
    }
    assert "post-secret" not in lines.getvalue()


@pytest.mark.parametrize("form", ["json", "text"])
async def test_what_people_send_is_found_nowhere(form: Any) -> None:
    stream = io.StringIO()
    set_up_logs(form, service="sample", stream=stream, level=logging.DEBUG)
    texts = ""
    fault = ValueError(f"{NAME} {PHONE} {SENTENCE}")
    app = sample_app(faulty_router(fault))
    async with knocking(app, TOKENS.headers()) as client:
        for planted in PLANTED:
            encoded = quote(planted)
            answers = [
                await client.post(CASES, json={"narrative": planted}),
                await client.post(CASES, json={planted: 1, "narrative": [planted]}),
                await client.post(CASES, json={"narrative": "x", "headcount": planted}),
                await client.post(
                    CASES, json={"narrative": "x", "person": {"name": "", planted: 1}}
                ),
                await client.post(CASES, content=planted.encode()),
                await client.get(f"/{encoded}"),
                await client.post(f"/cases/{encoded}/close"),
                await client.get(f"/numbers?cursor={encoded}&{encoded}=1"),
                await client.get(f"/numbers?cursor={encoded}"),
                await client.get(f"/numbers?limit={encoded}"),
                await client.get(f"/townships/{encoded}/cases"),
                await client.post(f"/townships/{encoded}/cases", json={"narrative": "x"}),
                await client.get("/faulty"),
            ]
            raw = planted.encode()
            answers += [
                await client.get("/numbers", headers={header: value})
                for header, value in (
                    (b"X-Correlation-Id", raw),
                    (b"Authorization", raw),
                    (b"Authorization", b"Bearer " + raw),
                    (b"Idempotency-Key", raw),
                    (b"X-Name", raw),
                )
            ]
            texts += "".join(answer.text + str(answer.headers) for answer in answers)
        texts += (await client.get("/metrics")).text
    structlog.reset_defaults()
    assert stream.getvalue().count("request") >= 18 * len(PLANTED)
    for planted in PLANTED:
        for spelling in (planted, quote(planted), json.dumps(planted).strip('"')):
            assert spelling not in stream.getvalue()
            assert spelling not in texts


async def test_a_fault_is_logged_with_its_place_and_without_its_message(
    lines: io.StringIO,
) -> None:
    fault = ValueError(NAME)
    fault.__cause__ = KeyError(PHONE)
    async with knocking(sample_app(faulty_router(fault))) as client:
        answer = await client.get("/faulty")
    # a library may log something of an earlier test meanwhile
    told, request = [each for each in parsed(lines) if each["event"] in {"fault", "request"}]
    assert (told["event"], told["level"], told["fault"]) == ("fault", "error", "ValueError")
    assert told["causes"] == ["KeyError"]
    assert told["at"][-1].startswith("tests/shared/doors.py:")
    assert told["correlation"] == request["correlation"] == answer.json()["correlation_id"]
    assert request["problem"] == "unexpected"


async def test_a_callers_correlation_id_is_taken_when_it_can_only_be_one(
    lines: io.StringIO,
) -> None:
    uuid = "0198a5c0-0000-7000-8000-000000000001"
    async with knocking(sample_app(), TOKENS.headers()) as client:
        taken = await client.get("/numbers", headers={"X-Correlation-Id": uuid})
        made = await client.get("/numbers", headers={"X-Correlation-Id": "case-of-zhang-san"})
    assert taken.headers["x-correlation-id"] == uuid
    assert "zhang" not in made.headers["x-correlation-id"]
    assert [line["correlation"] for line in parsed(lines)] == [
        uuid,
        made.headers["x-correlation-id"],
    ]


async def test_probes_leave_no_lines_while_all_is_well(lines: io.StringIO) -> None:
    async with knocking(sample_app()) as client:
        for path in ("/healthz", "/readyz", "/metrics"):
            await client.get(path)
    assert parsed(lines) == []


def test_libraries_are_heard_without_what_they_quote(lines: io.StringIO) -> None:
    library = logging.getLogger("some.library")
    library.error("it broke\nTraceback: %s", NAME, exc_info=ValueError(NAME))
    library.info("chatter")
    (line,) = parsed(lines)
    assert (line["event"], line["logger"], line["fault"]) == (
        "it broke",
        "some.library",
        "ValueError",
    )


def test_a_library_that_repeats_itself_is_thinned(lines: io.StringIO) -> None:
    for number in range(100):
        logging.getLogger("some.library").warning("broker %s away", number)
    assert len(parsed(lines)) == 1


async def test_a_task_that_died_unheard_is_told_without_its_message(lines: io.StringIO) -> None:
    loop = asyncio.get_running_loop()
    loop.call_exception_handler({"message": "Task died", "exception": ValueError(NAME)})
    (line,) = parsed(lines)
    assert (line["event"], line["fault"]) == ("Task died", "ValueError")
