"""The day of receipt in the list, cases by their printed number, and replaced entries of the vault."""

from pathlib import Path

from shared import migrations
from shared.migrating import run_sql

revision = "intake_0008"
down_revision = "intake_0007"
branch_labels = None
depends_on = None

_SHARED = Path(migrations.__file__).parent / "versions" / "vault_0003.py"


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)
    run_sql(str(_SHARED))
