"""Drafts of posts, in the vault whose tables intake's own first revision made."""

from pathlib import Path

from shared import migrations
from shared.migrating import run_sql

revision = "intake_0025"
down_revision = "intake_0024"
branch_labels = None
depends_on = None

_SHARED = Path(migrations.__file__).parent / "versions" / "vault_0004.py"


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(str(_SHARED))
