"""Who the parties are is registered: a dictation that names them is not left to guesses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation.papers.dictation import AgreementDraft, draft_agreement

KNOWN = ("孙桂兰", "周德福", "周小军")
SAID = (
    "今天孙桂兰和周德福周小军来了孙桂兰要求把新砌的墙拆了退回半米周德福承认砌墙的时候多占了半米"
    "同意五月底以前把墙往回挪半米"
)


def _draft(text: str, known: tuple[str, ...] = KNOWN) -> AgreementDraft:
    return draft_agreement(text, said_on=date(2026, 11, 26), known=known)


def test_whoever_demands_and_admits_stands_with_it() -> None:
    draft = _draft(SAID)
    assert {part.id: part.text for part in draft.parts} == {
        "facts": "今天孙桂兰和周德福周小军来了。",
        "issue": "孙桂兰要求把新砌的墙拆了退回半米。",
        "liabilities": "周德福承认砌墙的时候多占了半米。",
        "terms": "同意五月底以前把墙往回挪半米。",
        "performance_mode": "",
        "performance_by": "同意五月底以前把墙往回挪半米。",
    }
    assert tuple(party.name for party in draft.parties) == KNOWN
    assert "当事人基本情况" not in draft.not_said


def test_who_is_registered_and_was_not_named_stands_nowhere() -> None:
    draft = _draft("孙桂兰要求拆墙")
    assert [party.name for party in draft.parties] == ["孙桂兰"]
    assert "只听出一方当事人“孙桂兰”，请补上另一方" in draft.doubts


@pytest.mark.parametrize("known", [("", " "), ("墙",), ("(", "["), ()])
def test_what_is_no_name_changes_nothing(known: tuple[str, ...]) -> None:
    assert _draft(SAID, known) == _draft(SAID, ())


@given(st.text(alphabet="孙桂兰周德福要求承认同意，。 ", max_size=60))
def test_every_word_still_stands_once(text: str) -> None:
    draft = _draft(text)
    stops = str.maketrans("", "", "，。 \n")
    in_parts = (
        "".join(
            part.text
            for part in draft.parts
            if part.id in {"facts", "issue", "liabilities", "terms"}
        )
        + draft.introductions
    )
    assert sorted(in_parts.translate(stops)) == sorted(text.translate(stops))
