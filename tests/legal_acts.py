"""Steps by which the petitioner's own acts reach a case: what its end may rest on."""

from typing import Any

Step = tuple[str, dict[str, Any]]


def stated(statement: str, text: str = "我认可。") -> Step:
    """The petitioner's own statement, taken at the desk."""
    return "record-statement", {"statement": statement, "way": "in-person", "text": text}


SETTLED, CONTENT = stated("settled-on-the-spot"), stated("opinion-accepted")
RESOLVED_ON_THE_SPOT: tuple[Step, ...] = (SETTLED, ("resolve", {"how": "on-the-spot"}))
"""For an accepted case."""
RESOLVED_BY_OPINION: tuple[Step, ...] = (CONTENT, ("resolve", {"how": "opinion-accepted"}))
"""For a case whose opinion was served."""
