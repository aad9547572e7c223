"""What was said in a report and of whom, as it is shown to those who have to do with it."""

from pydantic import BaseModel

from services.grid.api.office import Office
from services.grid.domain.report import Report
from services.grid.domain.report.report_file import submitted
from services.grid.store.vault_files import EntryKind, file_of
from shared.divisions import division_of
from shared.vault.bodies import OrganisationShown


class PersonShown(BaseModel):
    """Somebody of whom the words tell; whoever was erased is left out."""

    person_ref: str
    name: str | None
    phone: str | None
    id_number: str | None
    address: str | None


class WordsShown(BaseModel):
    """What was said, of whom, and what was remarked on the way."""

    report_id: str
    words: str | None
    cause: OrganisationShown | None
    """The organisation that caused the matter, where the report names one."""
    persons: list[PersonShown]
    remarks: list[str]


async def shown_words(office: Office, scope: str, report: Report) -> dict[str, object]:
    """The words of a report, decrypted; raises PersonErased."""
    known = submitted(report)
    report_id, division = known.report_id, division_of(known.report_id)
    file = await file_of(office.vault, scope, report_id)
    entries = [file.read(each) for each in await office.vault.entries(scope, division, report_id)]
    people = await office.vault.contents(
        scope, division=division, refs=list(known.persons), kinds=[EntryKind.PERSON]
    )
    by_ref = {each.ref: each.content for each in people}
    reported = next((each for each in entries if "persons" in each), {})
    return {
        "report_id": report_id,
        "words": reported.get("text"),
        "cause": reported.get("cause"),
        "persons": [_person(ref, by_ref[ref]) for ref in known.persons if ref in by_ref],
        "remarks": [each["text"] for each in entries if "persons" not in each],
    }


def _person(ref: str, content: dict[str, str]) -> dict[str, str | None]:
    fields = ("name", "phone", "id_number", "address")
    return {"person_ref": ref, **{name: content.get(name) for name in fields}}
