"""Alembic's entry: runs as the owner, one transaction per migration."""

from alembic import context

import migrations.ops  # noqa: F401  (adds op.wall and its kin)

connection = context.config.attributes.get("connection")
if connection is None:
    context.configure(dialect_name="postgresql", literal_binds=True, transaction_per_migration=True)
else:
    context.configure(connection=connection, transaction_per_migration=True, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
