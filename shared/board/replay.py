"""What a board has to hold: its own statements, carried out on rows in memory."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import orjson

from shared.board.board import Board
from shared.board.columns import Column
from shared.ledger import Statement

Rows = dict[str, dict[str, Any]]
"""Rows by their keys, with their columns as Python values."""


class BoardReplay:
    """The rows of a board in one division, as the statements given so far leave them."""

    def __init__(self, board: Board[Any]) -> None:
        stored = [each for each in board.columns if each.is_written]
        self.board = board
        self.columns: list[Column] = [each for each in stored if each.name != "division_code"]
        self.rows: Rows = {}
        (self.key,) = [each.name for each in self.columns if each.is_key]

    def take(self, statements: Iterable[Statement]) -> None:
        """Carry out those that are the board's own."""
        for statement in statements:
            for row in self._rows_of(statement):
                known = self.rows.get(str(row[self.key]))
                if known is not None:
                    known.update(self._moves(row))
                elif not self.board.is_update(statement):
                    self.rows[str(row[self.key])] = {
                        column.name: _value(column, row[column.name]) for column in self.columns
                    }

    def _rows_of(self, statement: Statement) -> list[Mapping[str, Any]]:
        if not self.board.is_own(statement):
            return []
        found: list[Mapping[str, Any]] = orjson.loads(str(statement.parameters["rows"]))
        return found

    def _moves(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {
            column.name: _value(column, row[column.name])
            for column in self.columns
            if column.moving and (column.moving.when is None or row[column.moving.when])
        }


def _value(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.python_type is datetime:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if column.python_type is date else value
