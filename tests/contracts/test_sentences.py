"""A sentence for each kind of event that a history is told in, and every field of it can be told."""

import re
from pathlib import Path

import orjson
import pytest

from shared.contracts import (
    agreements,
    case_handling,
    case_holding,
    case_notices,
    case_questions,
    case_ratings,
    grid_reports,
    intake,
    mediation,
    transfers,
)
from shared.contracts.catalogue import decode_data, event_classes
from shared.contracts.event import Event
from shared.contracts.sentences import SENTENCES, said
from shared.office.sentences import CodesAsTitles

MODULES = {
    each.__name__
    for each in (
        *(
            intake,
            case_notices,
            case_handling,
            case_holding,
            case_questions,
            case_ratings,
            transfers,
        ),
        *(mediation, agreements),
        grid_reports,
    )
}
TOLD = [event for _, event in event_classes() if event.__module__ in MODULES]
STORED = Path(__file__).parent / "stored"
_FIELD = re.compile(r"\{([a-z_]+)")


@pytest.mark.parametrize("event", TOLD, ids=lambda event: event.kind)
def test_every_kind_has_a_sentence_of_its_own_fields(event: type[Event]) -> None:
    sentence = SENTENCES[event.kind]
    for text in sentence:
        assert text.strip()
        assert set(_FIELD.findall(text)) <= set(event.model_fields)
    assert sentence.en.isascii()
    assert set(_FIELD.findall(sentence.zh)) == set(_FIELD.findall(sentence.en))


@pytest.mark.parametrize("event", TOLD, ids=lambda event: event.kind)
def test_every_stored_event_is_told_in_both_languages(event: type[Event]) -> None:
    files = sorted(STORED.glob(f"{event.kind}-*.ndjson"))
    assert files
    for file in files:
        version = int(file.stem.rpartition("-")[2])
        for line in file.read_bytes().splitlines():
            told = said(decode_data(event.kind, version, orjson.loads(line)), CodesAsTitles())
            for text in (told.zh, told.en):
                assert not set("{}[]|") & set(text)
                assert "None" not in text


def test_no_sentence_names_a_person_or_a_digest() -> None:
    for kind, sentence in SENTENCES.items():
        for field in _FIELD.findall(sentence.zh):
            assert not field.endswith(("person_ref", "_digest", "digest", "_mark")), kind
            assert field not in {"complained_unit", "about_unit", "external_number", "parties"}
