"""What a measure counts: cases, mediations, reports …, never several of them."""

from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.measures.definition import Measure
from services.stats.domain.measures.terms import terms_of
from services.stats.domain.subjects import SUBJECT_OF


def subject_of(measure: Measure) -> CountedSubject:
    """The one subject of all its terms."""
    (subject,) = {SUBJECT_OF[term.counter] for term in terms_of(measure)}
    return subject
