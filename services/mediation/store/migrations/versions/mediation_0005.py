"""The ledger with the check of looked-up streams."""

revision = "mediation_0005"
down_revision = "mediation_0004"
branch_labels = None
depends_on = ("ledger_0003",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""
