"""Units and posts of the county, as intake publishes them."""

revision = "mediation_0016"
down_revision = "mediation_0015"
branch_labels = None
depends_on = ("units_0001",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""
