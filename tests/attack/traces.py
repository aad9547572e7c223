"""Looking for planted words in whatever form something may have written them down."""

import base64
import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from kafka import KafkaConsumer, TopicPartition

from deploy.local.run_folder import RunFolder
from tests.attack.holdings import superuser, tables

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
_NOTHING = b"\0" * 4096


class Traces:
    """The planted words in every form; `in_` tells which of them are in something."""

    def __init__(self, planted: Iterable[str]) -> None:
        self._forms = {word: frozenset(_forms(word)) for word in planted}

    def in_(self, raw: bytes) -> list[str]:
        return [word for word, forms in self._forms.items() if any(form in raw for form in forms)]


def _forms(word: str) -> Iterator[bytes]:
    for encoding in _ENCODINGS:
        raw = word.encode(encoding)
        yield raw
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        yield from _base64(raw)
    percent = quote(word, safe="").encode()
    escaped = json.dumps(word)[1:-1]
    yield percent
    yield percent.lower()
    yield escaped.encode()
    yield escaped.upper().replace("\\U", "\\u").encode()
    yield repr(word.encode())[2:-1].encode()
    yield "".join(f"\\{byte:03o}" for byte in word.encode()).encode()


def _base64(raw: bytes) -> Iterator[bytes]:
    """Wherever the word begins within what was encoded: its own characters, whole."""
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + raw + b"\0" * (-(before + len(raw)) % 3))
        inner = encoded[(4, 4, 4)[before] if before else 0 :][: (len(raw) - 3) // 3 * 4]
        yield inner
        yield inner.translate(bytes.maketrans(b"+/", b"-_"))


def in_tables(run: RunFolder) -> Iterator[tuple[str, bytes]]:
    """Every row of every database as text, by its table; byte columns come in hex."""
    with superuser(run, "postgres") as connection:
        query = "select datname from pg_database where datallowconn"
        databases = [str(row[0]) for row in connection.execute(query).fetchall()]
    for database in databases:
        with superuser(run, database) as connection:
            for table in tables(connection):
                copy = f"copy (select t::text from {table} t) to stdout"
                with connection.cursor().copy(copy.encode()) as rows:
                    yield f"{database}: {table}", b"".join(bytes(row) for row in rows)


def in_kafka(run: RunFolder) -> Iterator[tuple[str, bytes]]:
    """Every message of every topic, headers and keys included."""
    consumer = KafkaConsumer(bootstrap_servers=run.kafka.bootstrap, enable_auto_commit=False)
    try:
        for topic in consumer.topics():
            places = [TopicPartition(topic, one) for one in consumer.partitions_for_topic(topic)]
            consumer.assign(places)
            consumer.seek_to_beginning(*places)
            left = sum(consumer.end_offsets(places).values())
            left -= sum(consumer.beginning_offsets(places).values())
            while left > 0:
                for messages in consumer.poll(timeout_ms=1000).values():
                    left -= len(messages)
                    for message in messages:
                        headers = b"\n".join(value or b"" for _, value in message.headers)
                        whole = (message.key or b"", headers, message.value or b"")
                        yield topic, b"\n".join(whole)
    finally:
        consumer.close()


def in_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file: logs, Kafka's segments, PostgreSQL's pages, what was left lying about.

    Each content once, and without the long runs of nothing that files are laid out with.
    """
    seen: set[bytes] = set()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink() and not _is_passed_over(file):
            raw = file.read_bytes().replace(_NOTHING, b"")
            digest = sha256(raw).digest()
            if digest not in seen:
                seen.add(digest)
                yield str(file.relative_to(folder)), raw


def _is_passed_over(file: Path) -> bool:
    """What holds offsets and times alone, by the gigabyte, and what repeats the tables."""
    return file.suffix in {".index", ".timeindex"} or "pg_wal" in file.parts
