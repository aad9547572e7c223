"""The inbox with what is parked of each ledger."""

revision = "stats_0002"
down_revision = "stats_0001"
branch_labels = None
depends_on = ("inbox_0002",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""
