"""What a measure counts: cases, mediations, reports …, of one service alone."""

from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.measures.definition import Measure
from services.stats.domain.measures.terms import terms_of
from services.stats.domain.subjects import SUBJECT_OF


def subjects_of(measure: Measure) -> frozenset[CountedSubject]:
    """The subjects of its terms: one, or several of one service where what is due and what is done
    are different things, as days of grids and patrols are.
    """
    return frozenset(SUBJECT_OF[term.counter] for term in terms_of(measure))


def service_of(measure: Measure) -> str:
    """The service whose ledgers tell of all that it counts."""
    (service,) = {subject.service for subject in subjects_of(measure)}
    return service


def dimensions_of(measure: Measure) -> frozenset[str]:
    """By what it may be filtered."""
    return frozenset.intersection(*(frozenset(each.dimensions) for each in subjects_of(measure)))
