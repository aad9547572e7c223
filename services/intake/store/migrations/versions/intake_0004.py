"""The ledger with the check of looked-up streams."""

revision = "intake_0004"
down_revision = "intake_0003"
branch_labels = None
depends_on = ("ledger_0003",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""
