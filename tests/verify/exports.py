"""Exports of made-up ledgers, written without a running system; their figures are stats' own."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cli.exporting.figures import questions
from cli.exporting.ledgers import Exported
from cli.exporting.manifest import FILE_NAME, write_manifest
from services.stats.api.figure_json import figures_json
from services.stats.api.questions import Asked
from services.stats.asking.figures import Answer
from services.stats.asking.question import Question
from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.counting import by_counter, spans_counted
from services.stats.domain.ledgers import LedgerName
from services.stats.domain.measures import Term, every_version, figure_of, terms_of
from services.stats.domain.period import Period
from services.stats.domain.spans import spans_of
from services.stats.domain.subjects import SUBJECT_OF, SUBJECTS
from services.stats.domain.time_basis import TimeBasis
from shared.cloudevents import RecordedEvent, to_structured
from shared.contracts.ledger import LedgerSealed
from shared.folding.step import Step
from shared.folding.subject import Fact
from shared.ledger.chain import FIRST, digest_of, hash_after
from shared.sealing import SealKeys
from shared.sealing.merkle import GrowingTree
from shared.sealing.seal import NO_SEAL_BEFORE, Head, sealed_event, sign
from shared.times import china_day, start_of
from tests.stats.made_up_ledger import MadeUpLedger

KEYS = SealKeys.of(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER_KEYS = SealKeys.of(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
DAY = timedelta(days=1)


@dataclass
class Chained:
    """A ledger as its service would keep it: hashed, chained, sealed after the events told."""

    ledger: MadeUpLedger
    seal_after: Sequence[int] = ()
    seal_versions: Sequence[int] = ()
    """Of each seal: version 2 unless told."""
    events: list[RecordedEvent] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number, event in enumerate(self.ledger.events, start=1):
            # a seal ends a day, so what comes after it was recorded on a later one
            days_later = len([each for each in self.events if each.kind == LedgerSealed.kind])
            self._add(replace(event, recorded_at=event.recorded_at + days_later * DAY))
            if number in self.seal_after:
                self._seal()

    @property
    def division(self) -> str:
        return self.ledger.division

    @property
    def service(self) -> str:
        return self.ledger.source.removeprefix("/")

    def _seal(self) -> None:
        last = self.events[-1]
        day = china_day(last.recorded_at)
        root = GrowingTree(event.hash for event in self.events).root()
        head = Head(day, last.sequence, last.hash, root)
        set_at = start_of(day + DAY) + timedelta(minutes=5)
        earlier = [each for each in self.events if each.kind == LedgerSealed.kind]
        first = len(earlier) < len(self.seal_versions) and self.seal_versions[len(earlier)] == 1
        seal = sealed_event(
            sign(
                head,
                ledger=f"{self.service}/{self.division}",
                keys=KEYS,
                previous=self.previous_seal(earlier, is_version_1=first),
            ),
            version=len(earlier) + 1,
            at=set_at,
        )
        self._add(
            RecordedEvent(
                source=self.ledger.source,
                division=self.division,
                sequence=0,
                stream_id=seal.stream_id,
                event_id=seal.event_id,
                kind=seal.kind,
                schema_version=seal.schema_version,
                data=seal.data,
                occurred_at=set_at,
                recorded_at=set_at,
                previous_hash=b"",
                hash=b"",
            )
        )

    def previous_seal(self, earlier: Sequence[RecordedEvent], *, is_version_1: bool) -> str | None:
        """What the next seal names as the one before it: a version 1 seal names none."""
        if is_version_1:
            return None
        return sha256(earlier[-1].data).hexdigest() if earlier else NO_SEAL_BEFORE

    def _add(self, event: RecordedEvent) -> None:
        previous = self.events[-1].hash if self.events else FIRST
        self.events.append(placed(event, len(self.events) + 1, previous))


def placed(event: RecordedEvent, sequence: int, previous: bytes) -> RecordedEvent:
    """The event at that place of a chain."""
    digest = digest_of(
        event_id=event.event_id,
        kind=event.kind,
        schema_version=event.schema_version,
        source=event.source,
        stream_id=event.stream_id,
        division=event.division,
        occurred_at=event.occurred_at,
        data=event.data,
        actor_ref=event.actor_ref,
        correlation_id=event.correlation_id,
        causation_id=event.causation_id,
    )
    after = hash_after(previous, digest, sequence, event.recorded_at)
    return replace(event, sequence=sequence, previous_hash=previous, hash=after)


def write_export(
    folder: Path,
    chained: Sequence[Chained],
    *,
    division: str,
    made_at: datetime | None = None,
    figures_at: datetime | None = None,
) -> Path:
    """What `concord export` would have written; its figures are of `made_at` without `figures_at`."""
    made_at = made_at or made_at_end_of(chained)
    ledgers = [_write_ledger(folder, each) for each in chained]
    sealed = [
        line_of(event)
        for each in chained
        for event in each.events
        if event.kind == LedgerSealed.kind
    ]
    (folder / "seals.ndjson").write_bytes(b"".join(sealed))
    (folder / "keys.json").write_bytes(orjson.dumps({"keys": KEYS.published()}))
    asked = list(questions(division, ledgers))
    objects = [figures_object(each, year, chained, figures_at or made_at) for each, year in asked]
    (folder / "figures.json").write_bytes(orjson.dumps(objects))
    write_manifest(
        folder,
        division=division,
        ledgers=ledgers,
        made_at=made_at,
        figures_at=figures_at,
    )
    return folder


def made_at_end_of(chained: Sequence[Chained]) -> datetime:
    """A minute after the last event: what is not sealed by then is of that day."""
    last = max(each.events[-1].recorded_at for each in chained)
    return last + timedelta(minutes=1)


def _write_ledger(folder: Path, chained: Chained) -> Exported:
    last = chained.events[-1]
    exported = Exported(chained.service, chained.division, last.sequence, last.hash.hex())
    exported.years = {
        china_day(event.occurred_at).year
        for event in chained.events
        if "matter_id" in event.load()
    }
    file = folder / exported.file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"".join(map(line_of, chained.events)))
    return exported


def line_of(event: RecordedEvent) -> bytes:
    """The event as a ledger's file has it."""
    return orjson.dumps(to_structured(event), option=orjson.OPT_APPEND_NEWLINE)


def figures_object(
    division: str, year: int, chained: Sequence[Chained], now: datetime | None = None
) -> dict[str, Any]:
    """The figures as stats computes them from these ledgers, asked at that moment."""
    inside = [each for each in chained if each.division.startswith(division)]
    horizon = china_day(now or made_at_end_of(chained))
    period = Period.parse(f"{year:04}")
    terms = {term for measure in every_version() for term in terms_of(measure)}
    counts = Counter[Term]()
    for each in inside:
        _count(each, terms, period, counts, horizon)
    whole = counts + Counter()
    whole.update(dict.fromkeys(terms, 0))
    vector = {LedgerName(each.service, each.division): len(each.events) for each in inside}
    asked = Asked(Question(division=division, period=period, as_of=vector), (), None)
    figures = [figure_of(measure, whole) for measure in every_version()]
    return figures_json(asked, Answer(figures, vector, horizon))


def _count(
    chained: Chained, terms: set[Term], period: Period, counts: Counter[Term], horizon: date
) -> None:
    for subject in SUBJECTS:
        steps = [step for event in chained.events for step in subject.steps_of(event)]
        if subject.source != chained.ledger.source or not steps:
            continue
        facts = list(_facts(subject, steps))
        own = [term for term in terms if SUBJECT_OF[term.counter] is subject]
        spans = list(spans_of(own, period, {chained.division: horizon}))
        for fact in facts:
            counted = spans_counted(subject, fact, (), by_counter(spans), TimeBasis.OCCURRED)
            for span, _, times in counted:
                counts[span.term] += times


def _facts(subject: CountedSubject, steps: Sequence[Step]) -> Iterator[Fact]:
    for about in dict.fromkeys(step.entity_id for step in steps):
        fact = subject.fold(step for step in steps if step.entity_id == about)
        if fact is not None:
            yield fact


def read_manifest(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / FILE_NAME).read_bytes())
    return told


_EXACT_BITS = 53
"""Of the whole numbers that canonical JSON holds."""


def _can_be_stated(value: Any) -> bool:
    """No manifest states a greater number, so none can be made to fit it."""
    return not isinstance(value, int) or value.bit_length() <= _EXACT_BITS


@contextmanager
def forged(folder: Path) -> Iterator[None]:
    """Whatever is changed meanwhile, the manifest is written anew to fit it."""
    before = read_manifest(folder)
    yield
    (folder / FILE_NAME).unlink()
    ledgers = []
    for told in before["ledgers"]:
        service, _, division = told["ledger"].partition("/")
        ledger = Exported(service, division, told["events"], told["head_hash"])
        lines = (folder / ledger.file).read_bytes().splitlines()
        try:
            last = json.loads(lines[-1])
            stated = int(last["sequence"]), last["hash"]
        except (ValueError, KeyError, TypeError):
            stated = ledger.events, ledger.head_hash
        if all(map(_can_be_stated, stated)):
            ledger.events, ledger.head_hash = stated
        ledgers.append(ledger)
    made_at = datetime.fromisoformat(before["made_at"])
    write_manifest(folder, division=before["division"], ledgers=ledgers, made_at=made_at)
