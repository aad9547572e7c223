"""A register of another kind is a declaration: here made-up grid workers, enrolled and leaving."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import httpx
import pytest

from cli.importing.batches import batched
from cli.importing.columns import column_of
from cli.importing.import_api import Answer, ImportApi
from cli.importing.rejects import RejectsFile
from cli.importing.report import ImportReport
from cli.importing.summary import summary
from cli.register.case.mapping import CaseMapping
from cli.register.facts import Fact, Said, Undated
from cli.register.fields import Field, FlagField, Part, TimeField
from cli.register.mapping import DivisionField, Mapping, Target
from cli.register.mapping_file import read_mapping
from cli.register.refusals import MappingUnreadable
from cli.register.rows import Ready, Reject
from cli.register.values import Reader
from tests.cli.registers import PLAIN, bodies, read_all, write_csv


class Worker(Part):
    since: TimeField
    number: Field | None = None
    division: DivisionField | None = None
    village: DivisionField | None = None
    part_time: FlagField | None = None
    person: Field | None = None


class Leaving(Part):
    at: TimeField
    why: Field | None = None


class WorkerMapping(Mapping):
    target: ClassVar[Target] = Target(
        subject="worker",
        plural="workers",
        opening="enrolment",
        opening_key="enrol",
        order=("train", "leave"),
        service="grid",
        path="/workers/import",
        outcomes=("enrolled", "known"),
        renamed={"village_code": "village", "name": "person"},
    )

    worker: Worker
    training: Leaving | None = None
    leaving: Leaving | None = None

    @property
    def subject(self) -> Worker:
        return self.worker

    @property
    def opened_at(self) -> TimeField:
        return self.worker.since

    def opening(self, reader: Reader) -> Said:
        worker = self.worker
        return {"part_time": reader.flag(worker.part_time), "name": reader.text(worker.person)}

    def facts(self, reader: Reader) -> Iterator[Fact | Undated]:
        for do, part in (("leave", self.leaving), ("train", self.training)):
            why = reader.text(part.why) if part else None
            when = reader.moment(part.at) if part else None
            if part and when:
                yield Fact(do, when, part.at.label, {"why": why})
            elif why:
                yield Undated(f"a reason to {do}")

    def table_of(self, fact: str) -> Part | None:
        return {"leave": self.leaving, "train": self.training}.get(fact)


TARGETS = (CaseMapping, WorkerMapping)
MAPPING = """
[source]
name = "grid-2025"
[worker]
since = { column = "聘任" }
number = { column = "工号" }
division = { value = "519900160" }
village = { column = "村", map = { "东河村" = "519900160201" } }
part_time = { column = "兼职" }
person = { column = "姓名" }
[leaving]
at = { column = "离岗" }
why = { column = "原因" }
[training]
at = { column = "培训" }
"""
HEADER = ["工号", "聘任", "村", "兼职", "姓名", "离岗", "原因", "培训"]


@pytest.fixture
def mapping(tmp_path: Path) -> Mapping:
    path = tmp_path / "workers.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return read_mapping(path, TARGETS)


def read(folder: Path, mapping: Mapping, *rows: list[str]) -> list[Ready | Reject]:
    return read_all(write_csv(folder / "网格员.csv", [HEADER, *rows]), mapping)


def test_a_mapping_says_by_its_first_table_what_its_rows_become(
    tmp_path: Path, mapping: Mapping
) -> None:
    assert isinstance(mapping, WorkerMapping)
    (tmp_path / "cases.toml").write_text(PLAIN, encoding="utf-8")
    assert isinstance(read_mapping(tmp_path / "cases.toml", TARGETS), CaseMapping)
    assert mapping.divisions() == ["519900160"]
    assert set(mapping.fields()) == {
        *("worker.since", "worker.number", "worker.division", "worker.village"),
        *("worker.part_time", "worker.person", "leaving.at", "leaving.why", "training.at"),
    }


def test_a_table_of_another_target_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "both.toml").write_text(f"{MAPPING}[answer]\nat = {{ column = 'x' }}", "utf-8")
    with pytest.raises(MappingUnreadable, match="answer is not known here"):
        read_mapping(tmp_path / "both.toml", TARGETS)


def test_a_row_is_the_opening_and_the_facts_in_their_order(
    tmp_path: Path, mapping: Mapping
) -> None:
    row = ["7", "2024-01-02", "东河村", "否", "吴某", "2024-03-01", "迁出", "2024-03-01"]
    (body,) = bodies(read(tmp_path, mapping, row))
    day = {"at": "2024-02-29T16:00:00.000000Z", "day_only": True}
    assert body == {
        "row": 1,
        "number": "7",
        "division": "519900160",
        "enrol": {
            "at": "2024-01-01T16:00:00.000000Z",
            "day_only": True,
            "part_time": False,
            "name": "吴某",
            "village_code": "519900160201",
        },
        "facts": [{"do": "train", **day}, {"do": "leave", **day, "why": "迁出"}],
    }


def test_a_row_that_cannot_be_read_is_refused_in_the_target_s_words(
    tmp_path: Path, mapping: Mapping
) -> None:
    found = read(
        tmp_path,
        mapping,
        ["7", "", "", "", "", "", "", ""],
        ["8", "2024-01-02", "", "", "", "2023-12-31", "", ""],
        ["9", "2024-01-02", "", "", "", "", "迁出", ""],
    )
    assert found[:2] == [
        Reject(1, "聘任", "empty: the time of enrolment is needed"),
        Reject(2, "离岗", "a time before that of the enrolment"),
    ]
    assert isinstance(found[2], Ready)
    assert found[2].undated == ("a reason to leave",)


def test_rows_go_where_the_target_says_and_are_counted_as_it_counts(
    tmp_path: Path, mapping: Mapping
) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        problem = {"title": "No", "field": "facts.0.why"}
        results: list[dict[str, Any]] = [
            {"outcome": "enrolled", "problem": None},
            {"outcome": "rejected", "problem": problem},
        ]
        return httpx.Response(
            200, json={"enrolled": 1, "known": 0, "rejected": 1, "results": results}
        )

    rows = read(
        tmp_path,
        mapping,
        ["7", "2024-01-02", "", "", "", "", "", ""],
        ["8", "2024-01-02", "", "", "", "2024-03-01", "迁出", ""],
    )
    (batch,) = batched("grid-2025", [row for row in rows if isinstance(row, Ready)])

    async def send() -> Answer:
        transport = httpx.MockTransport(answer)
        async with httpx.AsyncClient(transport=transport, base_url="http://grid") as client:
            return await ImportApi(client, mapping.target).send(batch)

    with (tmp_path / "rejects.csv").open("w", encoding="utf-8") as text:
        report = ImportReport(mapping, RejectsFile(tmp_path / "rejects.csv", text))
        report.add(batch, asyncio.run(send()))
    assert asked == ["/workers/import"]
    assert report.outcomes == {"enrolled": 1, "known": 0, "rejected": 1}
    assert "2,原因,No" in (tmp_path / "rejects.csv").read_text(encoding="utf-8")
    lines = list(summary(report, dry_run=False))
    assert [line.split()[:2] for line in lines[1:4]] == [
        ["enrolled", "1"],
        ["known", "0"],
        ["rejected", "1"],
    ]


def test_a_field_of_the_api_is_traced_to_its_column(tmp_path: Path, mapping: Mapping) -> None:
    (ready,) = read(tmp_path, mapping, ["8", "2024-01-02", "", "", "", "2024-03-01", "", ""])
    assert isinstance(ready, Ready)
    assert column_of(mapping, ready, "enrol.name") == "姓名"
    assert column_of(mapping, ready, "enrol.village_code") == "村"
    assert column_of(mapping, ready, "facts.0.at") == "离岗"
    assert column_of(mapping, ready, "facts.3.at") == ""
