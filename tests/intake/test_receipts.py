"""A filing that is sent again shows its query code again, as long as the person is on record."""

import psycopg
import pytest

from shared.identity import Role
from tests.intake.doors import ACCEPT, FILE_HERE, KEYS, Doors, a_filing
from tests.receipts import opened_receipts

pytestmark = pytest.mark.parts


async def test_a_filing_is_answered_again_as_it_was_when_the_case_went_on(doors: Doors) -> None:
    filing = a_filing()
    first = await doors.post(FILE_HERE, filing, role=Role.CLERK, Idempotency_Key="again-1")
    await doors.tell(first.json()["case_id"], ACCEPT)
    again = await doors.post(FILE_HERE, filing, role=Role.CLERK, Idempotency_Key="again-1")
    assert again.content == first.content
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Concord-Position"] == first.headers["Concord-Position"]


async def test_the_services_key_shows_no_query_code_and_the_persons_key_does(doors: Doors) -> None:
    """Nor which other cases may be of the same person: both are kept under the person's key."""
    filing = a_filing()
    earlier = await doors.file()
    first = await doors.post(FILE_HERE, filing, role=Role.CLERK, Idempotency_Key="again-2")
    private = {"query_code", "alike"}
    assert earlier in {each["case_id"] for each in first.json()["alike"]}
    again = await doors.post(FILE_HERE, filing, role=Role.CLERK, Idempotency_Key="again-2")
    assert again.content == first.content
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        receipts = list(opened_receipts(superuser, KEYS))
        assert receipts
        for shown in (first.json()["query_code"], earlier):
            assert not [each for each in receipts if shown.encode() in each]
        filed = (await doors.get(f"/cases/{first.json()['case_id']}")).json()["history"][0]["data"]
        superuser.execute("delete from vault_person where person_ref = %s", (filed["person_ref"],))
    again = await doors.post(FILE_HERE, filing, role=Role.CLERK, Idempotency_Key="again-2")
    assert again.status_code == 201
    public = {name: value for name, value in first.json().items() if name not in private}
    assert again.json() == public | {"alike": []}
