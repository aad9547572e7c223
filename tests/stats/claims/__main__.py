"""`python -m tests.stats.claims`: precision and recall of the labelled passages."""

from tests.stats.claims.labelled import labelled
from tests.stats.claims.scores import Scores

scores = Scores()
for each in labelled():
    scores.add(each)
print(scores.table())  # noqa: T201
print(*scores.unsaid, sep="\n")  # noqa: T201
