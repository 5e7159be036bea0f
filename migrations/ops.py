"""The operations every migration speaks in: walls, directories, distribution.

Importing this module adds them to Alembic's `op`: `op.wall("customers")`.
"""

import json
from collections.abc import Mapping, Sequence

from alembic.operations import MigrateOperation, Operations
from sqlalchemy import text

APP_ROLE, BACKUP_ROLE, SEARCH_ROLE = "guanxi_app", "guanxi_backup", "guanxi_search"
HERE = "nullif(current_setting('app.tenant_id', true), '')::bigint"


@Operations.register_operation("wall")
class Wall(MigrateOperation):
    """Put a table behind the tenant wall and give the application role its rights."""

    def __init__(self, table: str, rights: str) -> None:
        self.table, self.rights = table, rights

    @classmethod
    def wall(
        cls, operations: Operations, table: str, *, rights: str = "SELECT, INSERT, UPDATE, DELETE"
    ) -> None:
        """Wall `table`; `rights` are what the application may do with it."""
        operations.invoke(cls(table, rights))


@Operations.register_operation("directory")
class Directory(MigrateOperation):
    """Leave a table outside the walls, with its reason and the least rights."""

    def __init__(self, table: str, reason: str, grants: Sequence[str]) -> None:
        self.table, self.reason, self.grants = table, reason, grants

    @classmethod
    def directory(cls, operations: Operations, table: str, *, reason: str, grants: Sequence[str]) -> None:
        """Comment `table` as a directory; each of `grants` reads like `SELECT (id, slug)`."""
        operations.invoke(cls(table, reason, grants))


@Operations.register_operation("distribute")
class Distribute(MigrateOperation):
    """Spread a table over the nodes of a Citus cluster; nothing without Citus."""

    def __init__(self, table: str) -> None:
        self.table = table

    @classmethod
    def distribute(cls, operations: Operations, table: str) -> None:
        """Distribute `table` by its tenant where the database is a Citus coordinator."""
        operations.invoke(cls(table))


def _on_citus(operations: Operations) -> bool:
    if operations.migration_context.as_sql:
        return False
    found = operations.get_bind().execute(text("SELECT 1 FROM pg_extension WHERE extname = 'citus'"))
    return found.first() is not None


@Operations.implementation_for(Wall)
def _wall(operations: Operations, wall: Wall) -> None:
    table = wall.table
    operations.execute(f"ALTER TABLE {table} ALTER COLUMN tenant_id SET DEFAULT {HERE}")
    operations.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    if not _on_citus(operations):
        operations.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    operations.execute(
        f"CREATE POLICY tenant_wall ON {table} USING (tenant_id = {HERE}) WITH CHECK (tenant_id = {HERE})"
    )
    operations.execute(f"GRANT {wall.rights} ON {table} TO {APP_ROLE}")
    operations.execute(f"GRANT SELECT ON {table} TO {BACKUP_ROLE}")


@Operations.implementation_for(Directory)
def _directory(operations: Operations, directory: Directory) -> None:
    table, reason = directory.table, directory.reason.replace("'", "''")
    operations.execute(f"COMMENT ON TABLE {table} IS 'directory: {reason}'")
    for grant in directory.grants:
        operations.execute(f"GRANT {grant} ON {table} TO {APP_ROLE}")
    operations.execute(f"GRANT SELECT ON {table} TO {BACKUP_ROLE}")


@Operations.implementation_for(Distribute)
def _distribute(operations: Operations, distribute: Distribute) -> None:
    if _on_citus(operations):
        operations.execute(f"SELECT create_distributed_table('{distribute.table}', 'tenant_id')")


def statements(script: str) -> Mapping[int, str]:
    """The statements of a plain SQL script, split at lines that end with a semicolon."""
    parts = [part.strip() for part in script.split(";\n")]
    return {i: part.rstrip(";") for i, part in enumerate(parts) if part}


def run(operations: Operations, script: str) -> None:
    """Execute a plain SQL script, statement by statement."""
    for statement in statements(script).values():
        operations.execute(text(statement.replace(":", r"\:")))


def in_each_tenant(operations: Operations, statement: str) -> None:
    """Execute a statement within the walls of every tenant in turn; its id is `here`."""
    # A migration of ours speaks here, never a caller.
    loop = (
        "DO $$ DECLARE here bigint; BEGIN FOR here IN SELECT id FROM tenants LOOP "  # noqa: S608
        f"PERFORM set_config('app.tenant_id', here::text, true); {statement}; END LOOP; "
        "PERFORM set_config('app.tenant_id', '', true); END $$"
    )
    run(operations, loop)


def grant_to_built_in(operations: Operations, grants: Mapping[str, Mapping[str, str]]) -> None:
    """Give new permissions to built-in roles of the companies there are; what a role has stays as it is.

    Roles that a company has made itself get what its administrator decides.

    :param grants: by the code of a role, permissions with their scopes
    """
    for code, permissions in grants.items():
        # A migration of ours speaks here, never a caller.
        grant = f"UPDATE roles SET permissions = '{json.dumps(permissions)}'::jsonb || permissions, "  # noqa: S608
        in_each_tenant(operations, f"{grant}version = version + 1 WHERE code = '{code}'")
    in_each_tenant(operations, "UPDATE tenants SET access_version = access_version + 1 WHERE id = here")
