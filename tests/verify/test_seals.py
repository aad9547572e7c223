"""What is done to the seals of an export and to its keys is named."""

from pathlib import Path

import orjson

from tests.stats.lives import TOWNSHIP
from tests.verify.exports import KEYS, OTHER_KEYS, forged
from tests.verify.tampering import LEDGER, edited, found_in, lines_of, only, write


def test_an_edited_seal_is_named_by_ledger_and_day(export: Path) -> None:
    with forged(export):
        for name in (LEDGER, "seals.ndjson"):
            lines = lines_of(export, name)
            place = next(n for n, line in enumerate(lines) if b"ledger-sealed" in line)
            data = orjson.loads(lines[place])["data"]
            lines[place] = edited(lines[place], data=data | {"merkle_root": "0" * 64})
            write(export, lines, name)
    findings = found_in(export)
    only(findings, f"intake/{TOWNSHIP} seal 2026-01-01", "its signature is not that of the key")
    only(findings, "seal 2026-01-01", "the events 1 to 5 are not those that were sealed")
    only(findings, "event 6", "was changed")


def test_a_seal_edited_in_the_list_alone_is_named(export: Path) -> None:
    with forged(export):
        lines = lines_of(export, "seals.ndjson")
        data = orjson.loads(lines[0])["data"]
        lines[0] = edited(lines[0], data=data | {"day": "2026-01-09"})
        write(export, lines, "seals.ndjson")
    findings = found_in(export)
    only(findings, "seals.ndjson", f"seal of intake/{TOWNSHIP} of 2026-01-09", "in no ledger")
    only(findings, "seals.ndjson", f"seal of intake/{TOWNSHIP} of 2026-01-01", "not here")


def test_a_seal_taken_out_of_the_list_is_named(export: Path) -> None:
    with forged(export):
        write(export, lines_of(export, "seals.ndjson")[1:], "seals.ndjson")
    only(found_in(export), "seals.ndjson", "2026-01-01 is in its ledger and not here")


def test_keys_that_are_not_what_they_are_called_are_refused(export: Path) -> None:
    published = OTHER_KEYS.published()[0] | {"key_id": KEYS.signing_id}
    with forged(export):
        (export / "keys.json").write_bytes(orjson.dumps({"keys": [published]}))
    only(found_in(export), "keys.json", "not the SHA-256 of the key")


def test_a_seal_of_a_key_that_is_not_listed_is_a_mismatch(export: Path) -> None:
    with forged(export):
        (export / "keys.json").write_bytes(orjson.dumps({"keys": OTHER_KEYS.published()}))
    only(found_in(export), "key mismatch", KEYS.signing_id)
