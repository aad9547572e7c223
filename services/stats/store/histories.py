"""The histories that a question of the past is answered from."""

from collections.abc import AsyncIterator
from functools import cache
from typing import LiteralString

from services.stats.store.candidates import Wanted
from services.stats.store.counted_tables import CountedTables
from shared.folding import steps
from shared.folding.step import Step
from shared.postgres import Connection


@cache
def _touched(tables: CountedTables) -> LiteralString:
    return f"""
        select distinct {tables.id} from {tables.step}
        where division_code = %(division)s and source = %(source)s
              and seq > %(since)s and seq <= %(seq)s
    """


def histories(connection: Connection, wanted: Wanted) -> AsyncIterator[list[Step]]:
    """The steps of each entity with a step in the windows, in the order of their ids."""
    return steps.histories(connection, wanted.tables, wanted.candidates, wanted.parameters())


def histories_touched(
    connection: Connection, tables: CountedTables, division: str, *, since: int, seq: int
) -> AsyncIterator[list[Step]]:
    """All steps up to `seq` of each entity with a step after `since`."""
    source = tables.subject.source
    parameters = {"division": division, "source": source, "since": since, "seq": seq}
    return steps.histories(connection, tables, _touched(tables), parameters)
