"""The ledger with appends that a clock which jumped cannot stamp."""

revision = "mediation_0009"
down_revision = "mediation_0008"
branch_labels = None
depends_on = ("ledger_0004", "due_0002")


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revisions."""
