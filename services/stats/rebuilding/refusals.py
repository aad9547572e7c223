"""Why a rebuild ends without a swap; the live view is then as it was."""

from collections.abc import Sequence

_UNTOUCHED = "The live view is as it was."


class RebuildRefused(Exception):
    """The message is a sentence that says what to do."""

    exit_code = 1

    def __init__(self, sentence: str) -> None:
        super().__init__(f"{sentence} {_UNTOUCHED}")


class PartAway(RebuildRefused):
    """Kafka or the database does not answer."""

    exit_code = 3

    def __init__(self, part: str, why: str) -> None:
        super().__init__(f"{part} does not answer ({why}); start it and run this again.")


class AnotherRebuildRuns(RebuildRefused):
    """Two would write the same tables."""

    def __init__(self) -> None:
        super().__init__("Another rebuild is under way; wait for its end.")


class NotTheOwner(RebuildRefused):
    """The service's own role may neither make nor move tables."""

    def __init__(self) -> None:
        super().__init__("STATS_OWNER_DATABASE_URL has to name the role that owns the tables.")


class SchemaOfAnotherRelease(RebuildRefused):
    """The live tables are not those that this release makes."""

    def __init__(self) -> None:
        super().__init__(
            "The database's schema is not that of this release; migrate it, then run this again."
        )


class TopicBeganAnew(RebuildRefused):
    """What was read is of a topic that is gone."""

    def __init__(self, topic: str) -> None:
        super().__init__(f"The topic {topic} was made anew meanwhile; run this again.")


class SeveralSpoiled(RebuildRefused):
    """A broken deployment must not make a view of what little it can read."""

    def __init__(self, in_a_row: int) -> None:
        super().__init__(
            f"{in_a_row} messages in a row cannot be folded; the log above names them. Mend that, "
            "or put aside what is no event (concord dead park), and run this again."
        )


class EventsMissing(RebuildRefused):
    """The live view knows events that the rebuilt one could not get."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(
            f"The rebuilt view would hold less than the live one: {'; '.join(missing)}."
        )


class FiguresNeverRest(RebuildRefused):
    """Readers held the tables whenever the swap was tried."""

    def __init__(self, tries: int) -> None:
        super().__init__(
            f"Figures were being read each of the {tries} times that the swap was tried; "
            "run this again in a quieter hour."
        )
