"""What Alembic runs: one connection, given by `shared.migrating`, one transaction a revision."""

from alembic import context

from shared.migrating import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    transaction_per_migration=True,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
