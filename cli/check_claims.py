"""`concord check-claims`: which figures of a document do not follow from the others in it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output_format import OutputFormat
from cli.refusals import BadInput

if TYPE_CHECKING:
    from claims.rules.check import Checked

Name = Annotated[Path, typer.Argument(metavar="DOCUMENT", help="A .txt, .md, .docx or .pdf.")]
Format = Annotated[OutputFormat, typer.Option("--format", help="table or json.")]


def check_claims(document: Name, *, form: Format = OutputFormat.TABLE) -> None:
    """Say of every figure that is tied to others of the same document whether it follows.

    Exit code 1 when one does not follow, 2 when the document cannot be read; a figure that
    cannot be checked is no failure.
    """
    from claims.rules.finding import Verdict

    checked = _checked(document)
    if form is OutputFormat.JSON:
        from cli.claims_json import as_json

        print(json.dumps(as_json(checked), ensure_ascii=False, indent=2))
    else:
        from cli.claims_table import print_claims
        from cli.progress import wide_console

        print_claims(wide_console(), checked)
    if checked.counts[Verdict.DOES_NOT_FOLLOW]:
        raise typer.Exit(1)


def _checked(document: Path) -> "Checked":
    from claims.documents.open_document import read_document
    from claims.documents.refusals import DocumentUnreadable
    from claims.rules.check import check

    try:
        return check(read_document(document))
    except DocumentUnreadable as reason:
        raise BadInput(str(reason)) from reason
