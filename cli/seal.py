"""`concord seal`: proofs that a seal covers an event, and that a later seal extends an earlier."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.refusals import BadInput
from cli.system import DataFolderIfNamed, find_system
from shared.services import LEDGER_KEEPERS


class KeyForm(StrEnum):
    """How keys are printed."""

    JSON = "json"
    PEM = "pem"


seal = typer.Typer(no_args_is_help=True, help="Prove events and seals against one another.")

KeyFile = Annotated[
    Path | None,
    typer.Option("--key", metavar="FILE", help="The public key, from elsewhere than the system."),
]
Service = Annotated[
    str, typer.Option(metavar="S", help=f"Whose ledgers: {', '.join(LEDGER_KEEPERS)}.")
]
Day = Annotated[str | None, typer.Option(metavar="DATE", help="The day of a seal.")]


@seal.command()
def inclusion(
    event_id: Annotated[str, typer.Argument(metavar="EVENT_ID")],
    *,
    service: Service = "intake",
    key: KeyFile = None,
    data: DataFolderIfNamed = None,
) -> None:
    """Prove that an event is under the first seal after it; exit code 1 when it is not."""
    from cli.sealing.proofs import check_inclusion
    from cli.sealing.seal_api import SealApi
    from shared.divisions import division_of

    try:
        division = division_of(event_id)
    except ValueError as reason:
        raise BadInput(f"EVENT_ID: {reason}.") from reason
    with SealApi.of(find_system(data), service, division) as api:
        proof = api.inclusion(event_id)
        check_inclusion(proof, event_id, api.keys(key))
    print(
        f"Event {proof['event']['sequence']} ({proof['event']['type']}) is under the seal of "
        f"{proof['seal']['seal']['day']}, which covers {_extent(proof['seal'])}."
    )
    _report_key(key)


@seal.command()
def consistency(
    division: Annotated[str, typer.Argument(metavar="DIVISION")],
    *,
    first: Day = None,
    second: Day = None,
    service: Service = "intake",
    key: KeyFile = None,
    data: DataFolderIfNamed = None,
) -> None:
    """Prove that a later seal extends an earlier one: by default the oldest and the latest."""
    from cli.sealing.proofs import check_consistency
    from cli.sealing.seal_api import NotSealed, SealApi
    from shared.divisions import COUNTY, TOWNSHIP, check_division

    try:
        check_division(division, COUNTY, TOWNSHIP)
    except ValueError as reason:
        raise BadInput(f"DIVISION: {reason}.") from reason
    with SealApi.of(find_system(data), service, division) as api:
        proof = api.consistency(first, second)
        check_consistency(proof, f"{service}/{division}", api.keys(key))
    earlier, later = proof["first"], proof["second"]
    if earlier["event_id"] == later["event_id"]:
        raise NotSealed(
            f"{division} has one seal to show, of {earlier['seal']['day']}; the next is made after "
            "a day with news."
        )
    print(
        f"The history under the seal of {earlier['seal']['day']} ({_extent(earlier)}) is the "
        f"beginning of that under the seal of {later['seal']['day']} ({_extent(later)})."
    )
    _report_key(key)


@seal.command()
def keys(
    division: Annotated[
        str, typer.Option(metavar="CODE", help="Whose token asks: county or township.")
    ],
    *,
    service: Service = "intake",
    form: Annotated[
        KeyForm, typer.Option("--format", help="json, or pem as a seal key's file takes it.")
    ] = KeyForm.JSON,
    data: DataFolderIfNamed = None,
) -> None:
    """Print the public keys of the seals; keep them where nobody of the office can change them."""
    import json

    from cli.sealing.seal_api import SealApi, as_pem

    with SealApi.of(find_system(data), service, division) as api:
        own = api.own_keys()
    print(as_pem(own) if form is KeyForm.PEM else json.dumps(own, indent=2))


@seal.command("accept-restore")
def accept_restore(
    *,
    reason: Annotated[
        str,
        typer.Option(
            metavar="CODE", help="backup-restored, storage-failed, operating-error or drill."
        ),
    ],
    service: Service = "intake",
    data: DataFolderIfNamed = None,
) -> None:
    """Accept that ledgers no longer hold what was sealed, as after an older backup was put back.

    Until then nothing more is signed for them. The acceptance is an event of each such ledger and
    a line of the journal of seals; exit code 1 when every ledger holds what was sealed.
    """
    from cli.maintenance import run_entry_point, service_named

    words = ["--reason", reason]
    code = run_entry_point(data, service_named(service, LEDGER_KEEPERS), "accept_restore", words)
    if code:
        raise typer.Exit(code)


def _extent(published: dict[str, Any]) -> str:
    return f"events 1 to {published['seal']['head_sequence']}"


def _report_key(key: Path | None) -> None:
    if key is None:
        print("The key came from the system itself; --key names one that you got elsewhere.")
