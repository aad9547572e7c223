"""The log of who was shown the private content of a record."""

revision = "intake_0021"
down_revision = "intake_0020"
branch_labels = None
depends_on = ("ledger_0005",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""
