"""What the daily seals need: a row of each ledger that falls due."""

revision = "mediation_0006"
down_revision = "mediation_0005"
branch_labels = None
depends_on = ("due_0001",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""
