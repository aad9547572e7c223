"""Leases of due rows that are not settled, and of no others."""

revision = "mediation_0010"
down_revision = "mediation_0009"
branch_labels = None
depends_on = ("due_0003",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""
