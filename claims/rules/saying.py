"""What each figure of a sentence says of itself, in the sentence's own language."""

from claims.rules.saying_en import english_saying
from claims.rules.saying_parts import Saying
from claims.rules.saying_zh import chinese_saying
from claims.rules.sentence import Sentence


def sayings(sentence: Sentence) -> tuple[Saying, ...]:
    """One for each figure, in order."""
    read = chinese_saying if sentence.chinese else english_saying
    said: list[Saying] = []
    for at, figure in enumerate(sentence.figures):
        before = (sentence.figures[at - 1], said[at - 1]) if at else None
        said.append(read(figure, before))
    return tuple(said)
