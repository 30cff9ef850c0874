"""Alembic's environment, the same for every block: the connection comes from `chassis.migrations`."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
