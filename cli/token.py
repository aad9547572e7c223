"""`concord token`: a token of the local issuer."""

from typing import Annotated

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
    post: Annotated[int, typer.Option(min=1, help="Which post of that role there.")] = 1,
    reference: Annotated[
        bool,
        typer.Option(
            "--reference",
            help="Print instead what the post is called in events, and what the roster takes "
            "as a mediator's post.",
        ),
    ] = False,
) -> None:
    """Print a token for a role in a division (one-machine run only)."""
    from deploy.local.issuing import TokenRequest
    from deploy.local.tokens import fetch_token
    from shared.identity import Role

    if role not in list(Role):
        raise BadInput(f"There is no role {role!r}; the roles are {', '.join(Role)}.")
    try:
        check_division(division, COUNTY, TOWNSHIP)
    except ValueError as reason:
        raise BadInput(f"--division: {reason}.") from reason
    request = TokenRequest(Role(role), division, minutes, post)
    print(request.post_reference if reference else fetch_token(RunFolder.open(data), request))
