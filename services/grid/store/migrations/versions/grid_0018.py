"""The log of who was shown the private content of a record."""

revision = "grid_0018"
down_revision = "grid_0017"
branch_labels = None
depends_on = ("ledger_0005",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""
