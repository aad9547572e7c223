"""The ledger with the append of one event."""

revision = "intake_0002"
down_revision = "intake_0001"
branch_labels = None
depends_on = ("ledger_0002",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""
