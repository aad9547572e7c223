"""How well the check says what does not follow, by kind of tie, on the labelled passages."""

from collections import Counter
from dataclasses import dataclass, field

from claims.rules.finding import Verdict
from tests.claims.labelled import Labelled, checked


@dataclass
class Scores:
    """Right, falsely alarmed and missed, by kind; `unsaid` is what else was to be said."""

    right: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    unsaid: list[str] = field(default_factory=list)

    def add(self, passage: Labelled) -> None:
        """Counts one passage."""
        found = checked(passage.text).findings
        said = {(f.stated, f.kind.value) for f in found if f.verdict is Verdict.DOES_NOT_FOLLOW}
        wanted = set(passage.wrong.items())
        self.right.update(kind for _, kind in said & wanted)
        self.false.update(kind for _, kind in said - wanted)
        self.missed.update(kind for _, kind in wanted - said)
        for verdict, figures in passage.said.items():
            for stated in figures:
                if not any(f.stated == stated and f.verdict is verdict for f in found):
                    self.unsaid.append(f"{passage.name}: {stated} is not {verdict}")

    @property
    def precision(self) -> float:
        """Of what was called wrong."""
        right = self.right.total()
        return right / max(right + self.false.total(), 1)

    @property
    def recall(self) -> float:
        """Of what is wrong."""
        right = self.right.total()
        return right / max(right + self.missed.total(), 1)

    def table(self) -> str:
        """Precision and recall of each kind, then of all."""
        kinds = sorted({*self.right, *self.false, *self.missed})
        lines = [self._line(kind) for kind in kinds]
        return "\n".join(["kind          wrong  precision  recall", *lines, self._line(None)])

    def _line(self, kind: str | None) -> str:
        right, false, missed = (
            counter.total() if kind is None else counter[kind]
            for counter in (self.right, self.false, self.missed)
        )
        precision = right / max(right + false, 1)
        recall = right / max(right + missed, 1)
        return f"{kind or 'all':12} {right + missed:6} {precision:10.3f} {recall:7.3f}"
