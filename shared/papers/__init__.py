"""Official documents as .docx and as PDF, from the same content.

A form (`paper_form`) defines what a paper has to contain. `paper.fill` checks the values against
it and lays them out as `blocks`; `docx_paper.write_docx` and `press.Press` print these blocks in
the layout of GB/T 9704-2012. The package is pure: no clock, no settings, no network; the same paper
gives the same bytes. It knows no domain noun: each service defines its own forms.
"""

from shared.papers.bundle import bundle
from shared.papers.docx_paper import write_docx
from shared.papers.numbers import document_number, in_capitals, printed_day
from shared.papers.paper import Paper, fill
from shared.papers.paper_form import Column, Element, Form, Kind, Place, Printed, Section
from shared.papers.press import Press
from shared.papers.refusals import Lacking, PaperLacks, PaperMisfilled, TooLongToPrint
from shared.papers.rendered import Rendered
from shared.papers.values import Signer, Value, Values

__all__ = [
    "Column",
    "Element",
    "Form",
    "Kind",
    "Lacking",
    "Paper",
    "PaperLacks",
    "PaperMisfilled",
    "Place",
    "Press",
    "Printed",
    "Rendered",
    "Section",
    "Signer",
    "TooLongToPrint",
    "Value",
    "Values",
    "bundle",
    "document_number",
    "fill",
    "in_capitals",
    "printed_day",
    "write_docx",
]
