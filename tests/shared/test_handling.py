"""Load, decide, append over a real ledger: retries, receipts, and many commands at once."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import LiteralString

import orjson
import pytest

from shared.bulk_handling import StreamCommands, StreamDone, handle_all
from shared.contracts.case_codes import ReopenReason
from shared.contracts.event import Event
from shared.contracts.intake import CaseReopened, CaseWithdrawn
from shared.decider import Decider
from shared.divisions import new_id
from shared.handling import (
    CommandRequest,
    Handling,
    HappenedBeforeItBegan,
    IdempotencyKeyReused,
    KeptAnswer,
    Members,
    Prepared,
    Private,
    Record,
    StaleVersion,
    ready,
)
from shared.handling.kept_answer import Enclosed
from shared.ledger import Author, Ledger, NewEvent, Receipt, Statement
from shared.ledger.errors import RowTaken
from shared.postgres import new_pool, transaction
from shared.refusals import Refusal
from shared.times import start_of
from tests.parts import PostgresForTests
from tests.shared.ledgers import DIVISION, NEIGHBOUR, fresh_ledgers

pytestmark = pytest.mark.parts

CLERK = Author(scope=DIVISION, actor_ref="post-1")
NOON = datetime(2025, 3, 4, 4, tzinfo=UTC)
STREAM = "519900101-0198a5c0-0000-7000-8000-000000000001"


@dataclass(frozen=True)
class Toggle:
    """Withdraw when open, reopen when withdrawn: the same command twice is refused."""

    to_withdrawn: bool


class AlreadySo(Refusal):
    """It is so already."""


def _withdrawn() -> CaseWithdrawn:
    return CaseWithdrawn(matter_id=STREAM, case_id=STREAM, statement_recorded=True)


def decide(command: Toggle, withdrawn: bool | None) -> list[Event]:
    if command.to_withdrawn == bool(withdrawn):
        raise AlreadySo
    if command.to_withdrawn:
        return [_withdrawn()]
    return [CaseReopened(matter_id=STREAM, case_id=STREAM, reason=ReopenReason.NEW_FACTS)]


def evolve(_: bool | None, event: Event) -> bool | None:
    return isinstance(event, CaseWithdrawn)


SWITCH: Decider[Toggle, bool | None, Event] = Decider(initial=None, decide=decide, evolve=evolve)


@dataclass
class Key:
    request_mac: bytes = b"one"
    key: str = "k"
    route: str = "POST /switch"
    sealed: list[bytes] = field(default_factory=list)

    def seal(self, response: bytes) -> bytes:
        return b"sealed:" + response

    def unseal(self, sealed: bytes) -> bytes:
        return sealed.removeprefix(b"sealed:")


@dataclass(frozen=True)
class FileForTests:
    """Stands for a person's file."""

    person_ref: str = "somebody"

    def enclose(self, content: bytes) -> bytes:
        return b"enclosed:" + content


async def reopen(_scope: str, _ref: str, sealed: bytes) -> bytes:
    return sealed.removeprefix(b"enclosed:")


Switching = Handling[Toggle, bool | None]


@pytest.fixture
async def switching(postgres: PostgresForTests, tmp_path: Path) -> AsyncIterator[Switching]:
    database = fresh_ledgers(postgres, tmp_path)
    async with new_pool(database.dsn, name="trial") as pool:
        ledger = Ledger(pool, source="/trial")
        yield Handling(
            ledger=ledger,
            decider=SWITCH,
            answer=lambda state: {"withdrawn": state},
            reopen=reopen,
        )


def a_request(
    *,
    on: bool = True,
    stream: str | None = None,
    key: Key | None = None,
    at: datetime = NOON,
    expected: int | None = None,
) -> CommandRequest[Toggle, bool | None]:
    return CommandRequest(
        stream_id=stream or STREAM,
        author=CLERK,
        prepare=ready(Toggle(on), at=at),
        key=key,
        expected_version=expected,
    )


async def test_a_command_is_answered_with_its_position(switching: Switching) -> None:
    handled = await switching.handle(a_request())
    assert handled.position == 1
    assert orjson.loads(handled.answer) == {"withdrawn": True}
    assert (await switching.handle(a_request(on=False))).position == 2


async def test_a_repeat_is_answered_even_when_it_would_now_be_refused(
    switching: Switching,
) -> None:
    key = Key()
    first = await switching.handle(a_request(key=key))
    again = await switching.handle(a_request(key=key))
    assert again.repeated
    assert (again.answer, again.position) == (first.answer, first.position)
    with pytest.raises(AlreadySo):
        await switching.handle(a_request(key=Key(key="another")))


async def test_a_repeat_has_its_first_answer_though_the_record_went_on(
    switching: Switching,
) -> None:
    key = Key()
    first = await switching.handle(a_request(key=key))
    for on in (False, True, False):
        await switching.handle(a_request(on=on))
    again = await switching.handle(a_request(key=key))
    assert (again.answer, again.position, again.repeated) == (first.answer, 1, True)


@pytest.mark.parametrize("withdrawn", [True, None])
async def test_a_repeat_under_a_post_has_the_answer_to_the_first_under_the_subject(
    switching: Switching, withdrawn: bool | None
) -> None:
    """Both where the rule would refuse it now and where it would append once more."""
    key, named = Key(), Author(scope=DIVISION, actor_ref="head", earlier_refs=("post-1",))
    first = await switching.handle(a_request(key=key))
    if withdrawn is None:
        await switching.handle(a_request(on=False))
    again = await switching.handle(replace(a_request(key=key), author=named))
    assert (again.answer, again.position, again.repeated) == (first.answer, 1, True)
    other = replace(a_request(key=Key(request_mac=b"two")), author=named)
    with pytest.raises(IdempotencyKeyReused):
        await switching.handle(other)
    assert len(await switching.ledger.read(DIVISION, DIVISION)) == 1 + (withdrawn is None)


async def test_another_author_with_the_same_key_is_no_repeat(switching: Switching) -> None:
    key, stranger = Key(), Author(scope=DIVISION, actor_ref="head", earlier_refs=("post-2",))
    await switching.handle(a_request(key=key))
    handled = await switching.handle(replace(a_request(on=False, key=key), author=stranger))
    assert (handled.repeated, handled.position) == (False, 2)


def with_further(
    file: FileForTests | None, key: Key | None = None
) -> CommandRequest[Toggle, bool | None]:
    private = Private(file, {"name": "某甲"}) if file else None

    async def prepare(_: Record[bool | None]) -> Prepared[Toggle, bool | None]:
        further = {"on": date(2025, 3, 4), "days": (date(2025, 3, 5),)}
        return Prepared(command=Toggle(True), at=NOON, further=further, private=private)

    return CommandRequest(stream_id=STREAM, author=CLERK, prepare=prepare, key=key)


async def test_a_receipt_has_the_place_of_an_answer_and_encloses_what_is_private(
    switching: Switching,
) -> None:
    key = Key()
    first = await switching.handle(with_further(FileForTests(), key))
    assert orjson.loads(first.answer) == {
        "withdrawn": True,
        "on": "2025-03-04",
        "days": ["2025-03-05"],
        "name": "某甲",
    }
    found = await switching.ledger.receipt(DIVISION, CLERK, key.route, key.key)
    assert found is not None
    kept = KeptAnswer.read(key.unseal(found.response))
    assert kept is not None
    assert (kept.stream_id, kept.version) == (STREAM, 1)
    assert kept.further == {"on": "2025-03-04", "days": ["2025-03-05"]}
    assert kept.private == Enclosed(
        "somebody", FileForTests().enclose(b'{"name":"\xe6\x9f\x90\xe7\x94\xb2"}')
    )
    await switching.handle(a_request(on=False))
    again = await switching.handle(with_further(FileForTests(), key))
    assert (again.answer, again.repeated) == (first.answer, True)


async def test_a_repeat_after_an_erasure_lacks_what_was_private(switching: Switching) -> None:
    key = Key()
    await switching.handle(with_further(FileForTests(), key))

    async def erased(_scope: str, _ref: str, _sealed: bytes) -> None:
        return None

    again = await replace(switching, reopen=erased).handle(with_further(FileForTests(), key))
    assert orjson.loads(again.answer) == {
        "withdrawn": True,
        "on": "2025-03-04",
        "days": ["2025-03-05"],
    }


async def test_a_receipt_of_an_earlier_release_is_answered_as_it_was(switching: Switching) -> None:
    key = Key()
    receipt = Receipt(
        route=key.route, key=key.key, request_mac=key.request_mac, response=key.seal(b'{"old":1}')
    )
    await switching.ledger.append(DIVISION, [], CLERK, receipt=receipt, position=0)
    again = await switching.handle(a_request(key=key))
    assert (again.answer, again.repeated) == (b'{"old":1}', True)


async def test_a_route_with_an_answer_of_its_own_gives_it_again(switching: Switching) -> None:
    def own(state: bool | None, further: Members) -> Members:
        return {"so": state, "on": further["on"]}

    request = replace(with_further(None, Key()), answer=own)
    first = await switching.handle(request)
    assert orjson.loads(first.answer) == {"so": True, "on": "2025-03-04"}
    await switching.handle(a_request(on=False))
    assert (await switching.handle(request)).answer == first.answer


async def test_a_reused_key_is_refused_whichever_way_the_rule_went(switching: Switching) -> None:
    await switching.handle(a_request(key=Key()))
    with pytest.raises(IdempotencyKeyReused):
        await switching.handle(a_request(key=Key(request_mac=b"two")))
    with pytest.raises(IdempotencyKeyReused):
        await switching.handle(a_request(on=False, key=Key(request_mac=b"three")))


async def test_a_stale_version_is_refused_and_writes_nothing(switching: Switching) -> None:
    await switching.handle(a_request(expected=0))
    with pytest.raises(StaleVersion):
        await switching.handle(a_request(on=False, expected=0))
    assert len(await switching.ledger.read(DIVISION, DIVISION)) == 1


async def test_no_fact_is_older_than_its_record(switching: Switching) -> None:
    await switching.handle(a_request())
    with pytest.raises(HappenedBeforeItBegan):
        await switching.handle(a_request(on=False, at=NOON - timedelta(days=1)))
    earlier_that_day = a_request(on=False, at=NOON - timedelta(hours=1))
    assert (await switching.handle(earlier_that_day)).position == 2


async def test_a_record_begun_by_a_clock_that_is_ahead_over_midnight_goes_on(
    switching: Switching,
) -> None:
    midnight = start_of(date(2025, 3, 5))
    await switching.handle(a_request(at=midnight + timedelta(seconds=10)))
    by_another_clock = a_request(on=False, at=midnight - timedelta(seconds=20))
    assert (await switching.handle(by_another_clock)).position == 2
    with pytest.raises(HappenedBeforeItBegan):
        await switching.handle(a_request(at=midnight - timedelta(minutes=5)))


async def test_of_many_with_the_same_contrary_command_one_succeeds(switching: Switching) -> None:
    answers = await asyncio.gather(
        *(switching.handle(a_request()) for _ in range(6)), return_exceptions=True
    )
    assert sum(not isinstance(answer, BaseException) for answer in answers) == 1
    assert sum(isinstance(answer, AlreadySo) for answer in answers) == 5


async def test_another_townships_record_looks_as_if_it_were_not_there(
    switching: Switching,
) -> None:
    elsewhere = new_id(NEIGHBOUR)
    theirs = Author(scope=NEIGHBOUR, actor_ref="post-9")
    await switching.handle(
        CommandRequest(stream_id=elsewhere, author=theirs, prepare=ready(Toggle(True), at=NOON))
    )
    record = await switching.load(a_request(stream=elsewhere))
    assert (record.state, record.version) == (None, 0)


def some_work(*toggles: bool, stream: str, begins: bool = False) -> StreamCommands[Toggle]:
    commands = [(Toggle(on), NOON) for on in toggles]
    return StreamCommands(stream_id=stream, commands=commands, begins=begins)


async def test_in_a_batch_one_refused_row_fails_alone(switching: Switching) -> None:
    known, fresh, bad = new_id(DIVISION), new_id(DIVISION), new_id(DIVISION)
    await switching.handle(a_request(stream=known))
    results, position = await handle_all(
        switching,
        DIVISION,
        [
            some_work(False, stream=known),
            some_work(True, True, stream=bad, begins=True),
            some_work(True, False, True, stream=fresh, begins=True),
        ],
        CLERK,
    )
    assert position == 5
    assert isinstance(results[0], StreamDone)
    assert isinstance(results[1], AlreadySo)
    assert isinstance(results[2], StreamDone)
    assert results[2].state is True
    assert await switching.ledger.stream(DIVISION, bad) == []
    assert [event.version for event in await switching.ledger.stream(DIVISION, fresh)] == [1, 2, 3]


async def test_a_batch_of_refusals_appends_nothing(switching: Switching) -> None:
    results, position = await handle_all(
        switching, DIVISION, [some_work(False, stream=new_id(DIVISION), begins=True)], CLERK
    )
    assert position == 0
    assert isinstance(results[0], AlreadySo)


async def test_two_batches_over_the_same_record_are_decided_one_after_the_other(
    switching: Switching,
) -> None:
    group = [some_work(True, stream=STREAM)]
    outcomes = await asyncio.gather(
        *(handle_all(switching, DIVISION, group, CLERK) for _ in range(2))
    )
    told = [result for results, _ in outcomes for result in results]
    assert sum(isinstance(each, StreamDone) for each in told) == 1
    assert sum(isinstance(each, AlreadySo) for each in told) == 1


async def test_a_side_write_that_is_taken_undoes_the_whole_batch(switching: Switching) -> None:
    row = Statement(
        "insert into inbox (source, division_code) values ('/x', %(d)s)", {"d": DIVISION}
    )

    async def handle_one() -> None:
        group = some_work(True, stream=new_id(DIVISION), begins=True)
        await handle_all(switching, DIVISION, [group], CLERK, side_writes=lambda _: [row])

    await handle_one()
    with pytest.raises(RowTaken):
        await handle_one()
    assert len(await switching.ledger.read(DIVISION, DIVISION)) == 1


async def test_a_side_write_is_kept_though_no_event_comes_of_the_command(
    postgres: PostgresForTests, tmp_path: Path
) -> None:
    database = fresh_ledgers(postgres, tmp_path)
    quiet: Decider[Toggle, bool | None, Event] = Decider(
        initial=None, decide=lambda _command, _state: [], evolve=evolve
    )
    row = Statement(
        "insert into inbox (source, division_code) values ('/x', %(d)s)", {"d": DIVISION}
    )
    async with new_pool(database.dsn, name="trial") as pool:
        ledger = Ledger(pool, source="/trial")
        handling = Handling(ledger=ledger, decider=quiet, answer=lambda _: None)
        request: CommandRequest[Toggle, bool | None] = CommandRequest(
            stream_id=STREAM,
            author=CLERK,
            prepare=ready(Toggle(True), at=NOON, side_writes=[row]),
        )
        assert (await handling.handle(request)).events == ()
        with pytest.raises(RowTaken):
            await handling.handle(request)
        assert await ledger.read(DIVISION, DIVISION) == []


async def test_rows_that_name_the_new_events_are_written_with_them(
    switching: Switching,
) -> None:
    named: list[list[str]] = []

    def about(new: Sequence[NewEvent]) -> list[Statement]:
        named.append([each.event_id for each in new])
        query: LiteralString = "insert into inbox (source, division_code) values (%(e)s, %(d)s)"
        return [Statement(query, {"e": each.event_id, "d": DIVISION}) for each in new]

    async def prepare(_: Record[bool | None]) -> Prepared[Toggle, bool | None]:
        return Prepared(command=Toggle(True), at=NOON, writes_about=about)

    request = CommandRequest(stream_id=STREAM, author=CLERK, prepare=prepare)
    await switching.handle(request)
    [event] = await switching.ledger.read(DIVISION, DIVISION)
    assert named == [[event.event_id]]
    async with transaction(switching.ledger.pool, DIVISION) as connection:
        found = await (await connection.execute("select source from inbox")).fetchall()
    assert found == [(event.event_id,)]


async def test_a_looked_up_stream_that_moved_on_is_looked_up_again(switching: Switching) -> None:
    other, seen = new_id(DIVISION), []

    async def prepare(_: Record[bool | None]) -> Prepared[Toggle, bool | None]:
        version = (await switching.read(DIVISION, other)).version
        seen.append(version)
        if len(seen) == 1:
            await switching.handle(a_request(stream=other))
        return Prepared(command=Toggle(True), at=NOON, looked_up={other: version})

    request = CommandRequest(stream_id=STREAM, author=CLERK, prepare=prepare)
    assert (await switching.handle(request)).position == 2
    assert seen == [0, 1]


async def test_a_record_that_asks_for_no_command_is_left_as_it_is(switching: Switching) -> None:
    async def prepare(_: Record[bool | None]) -> Prepared[Toggle, bool | None] | None:
        return None

    request = CommandRequest(stream_id=STREAM, author=CLERK, prepare=prepare)
    handled = await switching.handle(request)
    assert (handled.answer, handled.position) == (b"null", 0)
    assert await switching.ledger.read(DIVISION, DIVISION) == []


async def test_a_repeat_with_a_stale_look_up_gets_its_first_answer(switching: Switching) -> None:
    other = new_id(DIVISION)

    async def prepare(_: Record[bool | None]) -> Prepared[Toggle, bool | None]:
        return Prepared(command=Toggle(True), at=NOON, looked_up={other: 0})

    request = CommandRequest(stream_id=STREAM, author=CLERK, prepare=prepare, key=Key())
    first = await switching.handle(request)
    await switching.handle(a_request(stream=other))
    again = await switching.handle(request)
    assert (again.answer, again.repeated) == (first.answer, True)
