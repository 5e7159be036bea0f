"""What is really in the database, seen with a superuser's eyes."""

import secrets
from typing import Any

import orjson
import psycopg
from psycopg.rows import dict_row

from app.core.ids import new_id
from app.embedded.postgres import SUPERUSER
from tests.support.servers import dsn
from tests.support.statements import walled_tables

Row = dict[str, Any]
Snapshot = dict[str, list[bytes]]
# The person in a copied tenant who is like one in the original.
_TWIN = "md5({}::text || '{}')::uuid"
_PEOPLE = "SELECT person_id FROM person_tenants WHERE tenant_id = {}"


class Store:
    """One database."""

    def __init__(self, database: str) -> None:
        self.connection = psycopg.connect(dsn(SUPERUSER, database), autocommit=True, row_factory=dict_row)
        self.tables = sorted(walled_tables())
        self.columns: dict[str, list[str]] = {}
        for row in self.rows(
            "SELECT table_name AS t, column_name AS c FROM information_schema.columns"
            " WHERE table_schema = 'public' AND is_generated = 'NEVER' ORDER BY ordinal_position"
        ):
            self.columns.setdefault(row["t"], []).append(row["c"])

    def rows(self, query: str, *values: object) -> list[Row]:
        """The rows of a query; none of a statement that has none."""
        cursor = self.connection.execute(query.encode(), values)
        return cursor.fetchall() if cursor.description else []

    def tenant_id(self, slug: str) -> int:
        found: int = self.rows("SELECT id FROM tenants WHERE slug = %s", slug)[0]["id"]
        return found

    def ids(self, table: str, tenant_id: int) -> list[str]:
        """A table's ids in one tenant: living records first, the oldest first."""
        if "id" not in self.columns[table]:
            return []
        living = "deleted_at NULLS FIRST," if "deleted_at" in self.columns[table] else ""
        query = f"SELECT id FROM {table} WHERE tenant_id = %s ORDER BY {living} id"
        return [str(row["id"]) for row in self.rows(query, tenant_id)]

    def version(self, table: str, tenant_id: int, record: str) -> int | None:
        """The version of a record, if it has one."""
        if "version" not in self.columns[table]:
            return None
        query = f"SELECT version FROM {table} WHERE tenant_id = %s AND id = %s"
        return next((row["version"] for row in self.rows(query, tenant_id, record)), None)

    def snapshot(self, tenant_id: int) -> Snapshot:
        """Every row of a tenant, its rows in the directories included."""
        wheres = {
            **dict.fromkeys([*self.tables, "person_tenants"], f"tenant_id = {tenant_id}"),
            "tenants": f"id = {tenant_id}",
            "persons": f"id IN ({_PEOPLE.format(tenant_id)})",
        }
        # When contents were last asked for is noted at once, whatever comes of the request.
        parts = [
            f"SELECT '{t}' AS t, to_jsonb(x) - 'touched_at' AS r FROM {t} x WHERE {where}"
            for t, where in wheres.items()
        ]
        found: Snapshot = {}
        for row in self.rows(" UNION ALL ".join(parts)):
            found.setdefault(row["t"], []).append(orjson.dumps(row["r"], option=orjson.OPT_SORT_KEYS))
        return {table: sorted(rows) for table, rows in found.items()}

    def copy_tenant(self, tenant_id: int) -> tuple[int, str]:
        """A new tenant with the same rows and ids, which are unique per tenant, and people of its own."""
        slug = secrets.token_hex(5)
        names = ", ".join(c for c in self.columns["tenants"] if c not in {"id", "slug", "signup_key"})
        company = f"INSERT INTO tenants (slug, {names}) SELECT %s, {names} FROM tenants WHERE id = %s"
        new: int = self.rows(f"{company} RETURNING id", slug, tenant_id)[0]["id"]
        changed = {"tenant_id": str(new), "person_id": _TWIN.format("person_id", slug)}
        people = f"WHERE id IN ({_PEOPLE.format(tenant_id)})"
        with self.connection.transaction():
            # Table by table, in no order: the references hold among the originals, so among the copies.
            self.rows("SET LOCAL session_replication_role = replica")
            self._copy("persons", people, {"id": _TWIN.format("id", slug)})
            names_of = f"WHERE person_id IN ({_PEOPLE.format(tenant_id)})"
            self._copy("person_totps", names_of, changed)
            self._copy("sign_in_names", names_of, {**changed, "value": f"value || '.{slug}'"})
            for table in [*self.tables, "person_tenants"]:
                self._copy(table, f"WHERE tenant_id = {tenant_id}", changed)
        return new, slug

    def _copy(self, table: str, where: str, changed: dict[str, str]) -> None:
        columns = self.columns[table]
        kept = ", ".join(changed.get(c, c) for c in columns)
        self.rows(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {kept} FROM {table} {where}")

    def copy_row(self, table: str, where: str, which: object, **changed: object) -> Any:
        """One more row like another; gives its id."""
        columns = self.columns[table]
        if "id" in columns:
            changed.setdefault("id", new_id())
        kept = ", ".join("%s" if c in changed else c for c in columns)
        values = [changed[c] for c in columns if c in changed]
        self.rows(
            f"INSERT INTO {table} SELECT {kept} FROM {table} WHERE {where} = %s LIMIT 1", *values, which
        )
        return changed.get("id")
