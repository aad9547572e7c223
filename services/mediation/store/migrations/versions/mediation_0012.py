"""The log of who was shown the private content of a record."""

revision = "mediation_0012"
down_revision = "mediation_0011"
branch_labels = None
depends_on = ("ledger_0005",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""
