"""`concord token`: a token of the local issuer."""

from typing import Annotated, Any

import typer

from cli.data_folder import DEFAULT, DataFolder
from cli.refusals import BadInput
from deploy.local.run_folder import RunFolder
from shared.divisions import COUNTY, TOWNSHIP, check_division


def token(
    *,
    role: Annotated[str, typer.Option(help="What the bearer may do.")],
    division: Annotated[
        str, typer.Option(metavar="CODE", help="County or township: 6, 9 digits.")
    ],
    data: DataFolder = DEFAULT,
    minutes: Annotated[int, typer.Option(min=1, max=60 * 24 * 31)] = 8 * 60,
    unit: Annotated[
        str, typer.Option(metavar="CODE", help="The unit of the post.")
    ] = "petition-office",
    post: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            help="The post, or the number of one that is named as its role, such as clerk.",
        ),
    ] = "1",
    reference: Annotated[
        bool,
        typer.Option(
            "--reference",
            help="Print instead what the post is called in events, and what the roster takes "
            "as a mediator's post.",
        ),
    ] = False,
) -> None:
    """Print a token for a post of a unit in a division (one-machine run only)."""
    from deploy.local.issuing import TokenRequest
    from deploy.local.tokens import fetch_token
    from shared.identity import Role

    if role not in list(Role):
        raise BadInput(f"There is no role {role!r}; the roles are {', '.join(Role)}.")
    try:
        check_division(division, COUNTY, TOWNSHIP)
    except ValueError as reason:
        raise BadInput(f"--division: {reason}.") from reason
    request = TokenRequest(Role(role), division, minutes, _post(post), _unit(unit))
    print(request.post_code if reference else fetch_token(RunFolder.open(data), request))


def _post(written: str) -> int | str:
    from shared.contracts.words import PostRef

    if written.isdecimal() and written.isascii() and int(written) > 0:
        return int(written)
    return _checked(PostRef, written, option="--post")


def _unit(written: str) -> str:
    from shared.contracts.words import UnitRef

    return _checked(UnitRef, written, option="--unit")


def _checked(kind: Any, written: str, *, option: str) -> str:
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter[str](kind).validate_python(written)
    except ValidationError:
        raise BadInput(f"{option}: {written!r} is no code.") from None
