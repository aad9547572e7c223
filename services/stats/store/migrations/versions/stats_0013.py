"""Units and posts of the county, as intake publishes them."""

revision = "stats_0013"
down_revision = "stats_0012"
branch_labels = None
depends_on = ("units_0001",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""
