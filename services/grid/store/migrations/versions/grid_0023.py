"""Units and posts of the county, as intake publishes them."""

revision = "grid_0023"
down_revision = "grid_0022"
branch_labels = None
depends_on = ("units_0001",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""
