"""Rows that fall due: each becomes a command once, under a key made of the row.

    service or follower ─ put, move, cancel (in its own transaction) ─► due_row
    runner: lease a ledger ─► its rows that are due, soonest first ─► handler ─► settle

`row` has the types, `writing` the statements that write rows, `leasing` the SQL of the runner,
`runner` the loop, woken by `looking` while something is due (`backlog`), `commands` the handler that
makes rows commands of an aggregate. One process at a time works on the rows of a kind in one
ledger, in the order in which they fell due; other ledgers go on. Whoever is killed before settling leaves rows that are
handled again, and their commands are repeats.
"""

from shared.due.patience import Patience
from shared.due.row import Again, Done, DueRow, Handler, Outcome, Refused
from shared.due.runner import DueRunner, run_together
from shared.due.writing import cancel, move, put, resume, write

__all__ = [
    "Again",
    "Done",
    "DueRow",
    "DueRunner",
    "Handler",
    "Outcome",
    "Patience",
    "Refused",
    "cancel",
    "move",
    "put",
    "resume",
    "run_together",
    "write",
]
