"""Registers of the tests' own making, and reading them as `concord import` does."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from cli.register.mapping import Mapping
from cli.register.mapping_file import read_mapping
from cli.register.reading import open_register
from cli.register.rows import Interpreter, Ready, Reject

TOWNSHIP = "519900160"

PLAIN = """
[source]
name = "plain"
[case]
number = { column = "编号" }
filed_at = { column = "时间" }
division = { value = "519900160" }
narrative = { column = "内容" }
"""


def mapping_of(folder: Path, text: str) -> Mapping:
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def write_csv(
    path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8", delimiter: str = ","
) -> Path:
    with path.open("w", encoding=encoding, newline="") as text:
        csv.writer(text, delimiter=delimiter).writerows(rows)
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[Any]], title: str = "Sheet1") -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def read_all(
    register: Path, mapping: Mapping, division: str | None = None
) -> list[Ready | Reject]:
    interpreter = Interpreter(mapping, mapping.source.zone, division)
    with open_register(register, mapping) as opened:
        return [interpreter.read(row) for row in opened.rows]


def bodies(read: list[Ready | Reject]) -> list[dict[str, Any]]:
    """What goes to the door; every row has to be readable."""
    rejected = [row for row in read if isinstance(row, Reject)]
    assert not rejected, rejected
    return [row.body for row in read if isinstance(row, Ready)]


def read_one(folder: Path, mapping: str, header: Sequence[str], row: Sequence[str]) -> Ready:
    """The only row, readable."""
    register = write_csv(folder / "one.csv", [header, row])
    (read,) = read_all(register, mapping_of(folder, mapping))
    assert isinstance(read, Ready), read
    return read


def reject_one(folder: Path, mapping: str, header: Sequence[str], row: Sequence[str]) -> Reject:
    """The only row, refused."""
    register = write_csv(folder / "one.csv", [header, row])
    (read,) = read_all(register, mapping_of(folder, mapping))
    assert isinstance(read, Reject), read
    return read
