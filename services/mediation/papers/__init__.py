"""The papers of a mediation: what each has to contain, and the whole file in one call.

`forms` has one file for each stage of a mediation, `file` makes everything that is printed,
`dictation` drafts an agreement from what a mediator says. All of it is pure.
"""

from services.mediation.papers.file import (
    ENDINGS,
    FileLacks,
    FilePart,
    FileProgress,
    MediationFile,
    make_file,
)
from services.mediation.papers.forms import FORMS
from services.mediation.papers.numbering import (
    COMMITTEE_NAME,
    STATED_NUMBER,
    agreement_number,
    serial_of,
)

__all__ = [
    "COMMITTEE_NAME",
    "ENDINGS",
    "FORMS",
    "STATED_NUMBER",
    "FileLacks",
    "FilePart",
    "FileProgress",
    "MediationFile",
    "agreement_number",
    "make_file",
    "serial_of",
]
