"""What is really in the database, seen with a superuser's eyes."""

import secrets
from typing import Any

import psycopg
from psycopg.rows import dict_row

from app.core.ids import new_id
from app.embedded.postgres import SUPERUSER
from tests.support.servers import dsn
from tests.support.statements import walled_tables

Row = dict[str, Any]
Snapshot = dict[str, list[bytes]]
# The person in a copied tenant who is like one in the original.
_TWIN = "md5({}::text || gx_slug)::uuid"
_PEOPLE = "SELECT person_id FROM person_tenants WHERE tenant_id = {}"


class Store:
    """One database."""

    def __init__(self, database: str) -> None:
        self.connection = psycopg.connect(dsn(SUPERUSER, database), autocommit=True, row_factory=dict_row)
        self.tables = sorted(walled_tables())
        self.columns: dict[str, list[str]] = {}
        self._of_a_tenant = [*self.tables, "person_tenants"]
        self._copies = False
        for row in self.rows(
            "SELECT table_name AS t, column_name AS c FROM information_schema.columns"
            " WHERE table_schema = 'public' AND is_generated = 'NEVER' ORDER BY ordinal_position"
        ):
            self.columns.setdefault(row["t"], []).append(row["c"])

    def rows(self, query: str, *values: object) -> list[Row]:
        """The rows of a query; none of a statement that has none."""
        cursor = self.connection.execute(query.encode(), values)
        return cursor.fetchall() if cursor.description else []

    def all_well(self) -> None:
        """Forget how providers have fared, which tests before may have brought down."""
        self.rows("DELETE FROM provider_health")
        self.rows("DELETE FROM sending_paces")

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
        # When contents were last asked for is noted at once, whatever comes of the request. No row has a line
        # feed: JSON spells it out.
        parts = [
            f"SELECT '{t}' AS t, string_agg((to_jsonb(x) - 'touched_at')::text, E'\\n') AS r"
            f" FROM {t} x WHERE {where} HAVING count(*) > 0"
            for t, where in wheres.items()
        ]
        return {
            row["t"]: sorted(row["r"].encode().split(b"\n")) for row in self.rows(" UNION ALL ".join(parts))
        }

    def copy_tenant(self, tenant_id: int) -> tuple[int, str]:
        """A new tenant with the same rows and ids, which are unique per tenant, and people of its own."""
        slug = secrets.token_hex(5)
        if not self._copies:
            self.rows(self._copier())
            self.rows(self._remover())
            self._copies = True
        made = self.rows("SELECT pg_temp.copy_tenant(%s, %s) AS id", tenant_id, slug)
        return int(made[0]["id"]), slug

    def remove_tenant(self, tenant_id: int) -> None:
        """Take a copy away, so that what goes from tenant to tenant meets no thousands of them."""
        self.rows("SELECT pg_temp.remove_tenant(%s)", tenant_id)

    def _remover(self) -> str:
        # Whoever has joined another company in the meantime stays.
        people = (
            f"{_PEOPLE.format('gx_copy')} AND person_id NOT IN "
            "(SELECT o.person_id FROM person_tenants o WHERE o.tenant_id <> gx_copy)"
        )
        removals = [
            *(
                f"DELETE FROM {table} WHERE person_id IN ({people})"
                for table in ("person_totps", "recovery_codes", "sign_in_names")
            ),
            f"DELETE FROM persons WHERE id IN ({people})",
            *(f"DELETE FROM {table} WHERE tenant_id = gx_copy" for table in self._of_a_tenant),
            "DELETE FROM tenants WHERE id = gx_copy",
        ]
        return f"""
            CREATE FUNCTION pg_temp.remove_tenant(gx_copy bigint) RETURNS void
            LANGUAGE plpgsql SET session_replication_role = replica AS $$
            BEGIN {"; ".join(removals)}; END $$"""

    def _copier(self) -> str:
        """A function that copies a company: thousands of tests want one, so it is planned but once."""
        names = ", ".join(c for c in self.columns["tenants"] if c not in {"id", "slug", "signup_key"})
        changed = {"tenant_id": "gx_copy", "person_id": _TWIN.format("person_id")}
        people = _PEOPLE.format("gx_origin")
        names_of = f"WHERE person_id IN ({people})"
        copies = [
            self._copy("persons", f"WHERE id IN ({people})", {"id": _TWIN.format("id")}),
            self._copy("person_totps", names_of, changed),
            self._copy("sign_in_names", names_of, {**changed, "value": "value || '.' || gx_slug"}),
            *(self._copy(table, "WHERE tenant_id = gx_origin", changed) for table in self._of_a_tenant),
        ]
        # Table by table, in no order: the references hold among the originals, so among the copies.
        return f"""
            CREATE FUNCTION pg_temp.copy_tenant(gx_origin bigint, gx_slug text) RETURNS bigint
            LANGUAGE plpgsql SET session_replication_role = replica AS $$
            DECLARE gx_copy bigint;
            BEGIN
                INSERT INTO tenants (slug, {names}) SELECT gx_slug, {names} FROM tenants WHERE id = gx_origin
                RETURNING id INTO gx_copy;
                {"; ".join(copies)};
                RETURN gx_copy;
            END $$"""

    def _copy(self, table: str, where: str, changed: dict[str, str]) -> str:
        columns = self.columns[table]
        kept = ", ".join(changed.get(c, c) for c in columns)
        return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {kept} FROM {table} {where}"

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
