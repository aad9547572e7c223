"""`python -m tests.claims`: precision and recall of the labelled passages."""

from tests.claims.labelled import labelled
from tests.claims.scores import Scores

scores = Scores()
for each in labelled():
    scores.add(each)
print(scores.table())  # noqa: T201
print(*scores.unsaid, sep="\n")  # noqa: T201
