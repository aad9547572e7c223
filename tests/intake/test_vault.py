"""What people tell the office: it can be read back with the key, and is nowhere in the clear."""

from dataclasses import replace

import psycopg
import pytest

from services.intake.domain.case import CaseNotFound
from services.intake.domain.opinion_text import remedy_text
from services.intake.store.person_files import EntryKind, file_of_case
from shared.canonical import canonical
from shared.divisions import new_id
from shared.identity import Role
from shared.keys import Key, Keys, NotUnsealed
from shared.vault import Entry, EntryExchanged, PersonErased, PersonFile, Vault
from tests.intake.doors import (
    ACCEPT,
    ANSWER,
    COUNTY,
    FILE_HERE,
    NEIGHBOUR,
    TOWNSHIP,
    Doors,
    a_filing,
    problem,
)
from tests.opinions import an_opinion

pytestmark = pytest.mark.parts

NAME, PHONE, IDENTITY = "欧阳白雪", "13800138000", "519900197001011238"
SENTENCE, OPINION, REPLY = "井水有怪味已经三个月了", "已查明水源受到污染", "我们会在周五前换水泵"
PLANTED = (NAME, PHONE, IDENTITY, SENTENCE, OPINION, REPLY)


async def file_of(
    doors: Doors, case_id: str, division: str = TOWNSHIP, vault: Vault | None = None
) -> PersonFile:
    """As the township sees it."""
    opened = vault or doors.office.vault
    return await file_of_case(opened, TOWNSHIP, division=division, case_id=case_id)


async def test_what_was_filed_and_answered_is_read_back_with_the_key(doors: Doors) -> None:
    person = {"name": NAME, "phone": PHONE, "id_number": IDENTITY}
    case_id = await doors.file(person=person, narrative=SENTENCE)
    await doors.tell(case_id, ACCEPT, (ANSWER[0], ANSWER[1] | {"opinion": an_opinion(OPINION)}))
    vault = doors.office.vault
    file = await file_of(doors, case_id)
    entries = await vault.entries(TOWNSHIP, TOWNSHIP, file.person_ref)
    assert {entry.kind: file.read(entry) for entry in entries} == {
        EntryKind.FILING: {"person": person, "narrative": SENTENCE},
        EntryKind.OPINION: an_opinion(OPINION) | {"remedy": remedy_text()},
    }


async def test_an_event_holds_the_digest_of_what_the_vault_holds(doors: Doors) -> None:
    case_id = await doors.file(narrative=SENTENCE)
    filed = (await doors.get(f"/cases/{case_id}")).json()["history"][0]["data"]
    file = await file_of(doors, case_id)
    (entry,) = await doors.office.vault.entries(TOWNSHIP, TOWNSHIP, file.person_ref)
    assert filed["person_ref"] == file.person_ref
    assert filed["content_digest"] == entry.digest == file.digest(file.read(entry))


async def test_the_same_words_of_two_people_have_different_digests(doors: Doors) -> None:
    cases = [await doors.file(narrative=SENTENCE) for _ in range(2)]
    digests = {
        (await doors.get(f"/cases/{case_id}")).json()["history"][0]["data"]["content_digest"]
        for case_id in cases
    }
    assert len(digests) == 2


async def test_another_key_opens_nothing(doors: Doors) -> None:
    case_id = await doors.file()
    stranger = Vault(doors.pool, Keys(bytes(32)))
    with pytest.raises(NotUnsealed):
        await file_of(doors, case_id, vault=stranger)


def test_an_entry_that_was_moved_or_altered_is_not_read(doors: Doors) -> None:
    file = doors.office.vault.begin(new_id(TOWNSHIP))
    entry = file.entry(EntryKind.REPLY, {"text": REPLY})
    with pytest.raises(NotUnsealed):
        file.read(replace(entry, kind=EntryKind.OPINION))
    with pytest.raises(NotUnsealed):
        file.read(replace(entry, sealed=entry.sealed[:-1] + bytes([entry.sealed[-1] ^ 1])))
    other = doors.office.vault.begin(new_id(TOWNSHIP))
    with pytest.raises(NotUnsealed):
        other.read(entry)


def sealed_before(file: PersonFile, kind: str, content: dict[str, str]) -> Entry:
    """An entry as earlier releases sealed it: bound to person and kind alone."""
    entry = file.entry(kind, content)
    place = f"{file.person_ref}/{kind}".encode()
    return replace(entry, sealed=file.key.seal(canonical(content), bound_to=place))


def test_an_entry_of_an_earlier_release_is_read(doors: Doors) -> None:
    file = doors.office.vault.begin(new_id(TOWNSHIP))
    assert file.read(sealed_before(file, EntryKind.REPLY, {"text": REPLY})) == {"text": REPLY}


def test_an_entry_exchanged_for_another_of_its_kind_is_not_read(doors: Doors) -> None:
    file = doors.office.vault.begin(new_id(TOWNSHIP))
    texts = ({"text": REPLY}, {"text": OPINION})
    one, other = (sealed_before(file, EntryKind.REPLY, text) for text in texts)
    with pytest.raises(EntryExchanged):
        file.read(replace(one, sealed=other.sealed))
    new = file.entry(EntryKind.REPLY, {"text": REPLY})
    for sealed in (other.sealed, file.entry(EntryKind.REPLY, {"text": OPINION}).sealed):
        with pytest.raises(NotUnsealed):
            file.read(replace(new, sealed=sealed))


def test_a_new_entry_is_bound_to_its_digest(doors: Doors) -> None:
    file = doors.office.vault.begin(new_id(TOWNSHIP))
    entry = file.entry(EntryKind.REPLY, {"text": REPLY})
    with pytest.raises(NotUnsealed):
        file.key.unseal(entry.sealed, bound_to=f"{file.person_ref}/{entry.kind}".encode())


def test_a_persons_key_belongs_to_that_person(doors: Doors) -> None:
    one, other = (doors.office.vault.begin(new_id(TOWNSHIP)) for _ in range(2))
    with pytest.raises(NotUnsealed):
        doors.office.vault.unlock(one.person_ref, other.wrapped_key)


def test_secrets_do_not_show_themselves(doors: Doors) -> None:
    file = doors.office.vault.begin(new_id(TOWNSHIP))
    entry = file.entry(EntryKind.REPLY, {"text": REPLY})
    assert "wrapped_key" not in repr(file)
    assert "sealed" not in repr(entry)
    assert isinstance(file.key, Key)


async def test_another_townships_file_is_not_found(doors: Doors) -> None:
    theirs = await doors.file(NEIGHBOUR)
    with pytest.raises(CaseNotFound):
        await file_of(doors, theirs, NEIGHBOUR)


async def test_nothing_is_added_to_the_file_of_a_person_who_was_erased(doors: Doors) -> None:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT)
    file = await file_of(doors, case_id)
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        superuser.execute("delete from vault_person where person_ref = %s", (file.person_ref,))
    with pytest.raises(PersonErased):
        await file_of(doors, case_id)
    refused = await doors.post(
        f"/cases/{case_id}/answer", ANSWER[1] | {"opinion": an_opinion(OPINION)}
    )
    assert problem(refused) == "person-erased"
    assert (await doors.tell(case_id, ("divert", {"route": "litigation"}))).status_code == 200


async def test_nothing_personal_rests_in_any_table_in_the_clear(
    doors: Doors, capsys: pytest.CaptureFixture[str]
) -> None:
    person = {"name": NAME, "phone": PHONE, "id_number": IDENTITY}
    filing = a_filing(person=person, narrative=SENTENCE)
    filed = await doors.post(FILE_HERE, filing, role=Role.CLERK, Idempotency_Key=PHONE)
    case_id, code = filed.json()["case_id"], filed.json()["query_code"]
    await doors.tell(case_id, ACCEPT, (ANSWER[0], ANSWER[1] | {"opinion": an_opinion(OPINION)}))
    row = {
        "row": 1,
        "division": TOWNSHIP,
        "file": {"at": "2019-01-05T10:00:00+08:00", "person": person, "narrative": SENTENCE},
        "facts": [{"do": "reply", "at": "2019-01-06T10:00:00+08:00", "text": REPLY}],
    }
    brought = await doors.post(
        "/cases/import", {"source": "planted", "rows": [row]}, role=Role.BACKFILL, division=COUNTY
    )
    assert brought.json()["filed"] == 1
    resting = everything_in(doors.database.superuser_dsn)
    shown = filed.text + brought.text + (await doors.get(f"/cases/{case_id}")).text
    logged = "".join(capsys.readouterr())
    for planted in PLANTED:
        for spelt in (planted, planted.encode().hex(), planted.encode("unicode_escape").decode()):
            assert spelt not in resting
            assert spelt not in shown
            assert spelt not in logged
    for spelt in (code, code.replace("-", "")):
        assert spelt not in resting
        assert spelt not in logged


def everything_in(dsn: str) -> str:
    """All rows of all tables, bytes in hex."""
    with psycopg.connect(dsn) as superuser:
        tables = superuser.execute(
            "select relname from pg_class "
            "where relkind = 'r' and relnamespace = 'public'::regnamespace"
        ).fetchall()
        return "\n".join(
            str(row[0])
            for (table,) in tables
            for row in superuser.execute(f"select t::text from {table} as t".encode()).fetchall()
        )
