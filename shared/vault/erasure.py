"""Erasing a person: files are closed for good, and one event says that it was done, not to whom.

  (nothing) ─ PersonErased ─► done

From then on nothing of these files is read: names, texts and the private parts of receipts. The
owner's daily job deletes their keys and entries (`shared.office.purging`); after that nobody can
read them, and no digest in the ledger be traced.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

from shared.contracts import vault as contract
from shared.contracts.event import Event
from shared.contracts.vault_codes import ErasingRole, ErasureReason
from shared.decider import Decider, EventOfAnotherAggregate
from shared.ledger import Statement
from shared.refusals import Refusal


class PersonNotFound(Refusal):
    """There is no person under this reference, or none that this token may see."""

    status = 404
    title = "No such person"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePerson:
    """The person's own file goes, and every file with texts that name the person."""

    erasure_id: str
    reason: ErasureReason
    by_role: ErasingRole
    files: int


Erasure = contract.PersonErased | None
"""The state of an erasure: it was done, or was not."""


def decide(command: ErasePerson, erasure: Erasure) -> list[Event]:
    """An erasure is done once."""
    if erasure is not None:
        return []
    return [
        contract.PersonErased(
            erasure_id=command.erasure_id,
            reason_code=command.reason,
            by_role=command.by_role,
            files=command.files,
        )
    ]


def evolve(_: Erasure, event: Event) -> Erasure:
    """The erasure after an event."""
    if not isinstance(event, contract.PersonErased):
        raise EventOfAnotherAggregate(f"{event.kind} is no event of an erasure")
    return event


ERASURE: Decider[ErasePerson, Erasure, Event] = Decider(initial=None, decide=decide, evolve=evolve)

ERASED = "vault_erased"
"""The table of closed files; a row that is there already means that somebody was faster."""
_ERASE: LiteralString = """
    insert into vault_erased (division_code, person_ref)
    select %(division)s, unnest(%(refs)s::text[])
"""

# No stream has version -1, so the check fails for every stream that is found.
_REQUIRE_UNNAMED: LiteralString = """
    select ledger_require_versions_v1(%(division)s::text, json_object_agg(later.stream_id, -1))
    from event as later
    where later.division_code = %(division)s and later.seq > %(read_to)s and exists (
        select from event as naming
        where naming.division_code = later.division_code and naming.stream_id = later.stream_id
          and position(%(person_ref)s in naming.data) > 0)
"""


def require_unnamed_since(division: str, person_ref: str, *, read_to: int) -> Statement:
    """A conflict of the append if a record that names the person has news after `read_to`.

    The files to close were found in the ledger as far as that position: a record that named the
    person later would keep its texts, and one that went on again would lose them.
    """
    named = {"division": division, "person_ref": person_ref, "read_to": read_to}
    return Statement(_REQUIRE_UNNAMED, named)


def erase(division: str, refs: Sequence[str]) -> Statement:
    """Close these files; raises RowTaken in the append if one of them was erased meanwhile."""
    return Statement(_ERASE, {"division": division, "refs": list(refs)})
