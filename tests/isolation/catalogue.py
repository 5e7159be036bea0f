"""What PostgreSQL itself says about tables, policies, keys, rights and functions: no hand-kept list."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import psycopg

DIRECTORY = "directory: "

_TABLES = """
SELECT c.relname, c.relkind::text, c.relrowsecurity, c.relforcerowsecurity,
       coalesce(obj_description(c.oid, 'pg_class'), ''), pg_get_userbyid(c.relowner)
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
ORDER BY 1
"""
_COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
       CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END, a.attidentity <> '',
       a.attgenerated <> ''
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY 1, a.attnum
"""
_POLICIES = """
SELECT tablename, policyname, permissive = 'PERMISSIVE', roles::text[], cmd, qual, with_check
FROM pg_policies WHERE schemaname = 'public' ORDER BY 1, 2
"""
_INDEXES = """
SELECT t.relname, i.relname, x.indisunique, x.indisprimary,
       ARRAY(SELECT coalesce(a.attname::text, '(expression)')
             FROM unnest(x.indkey) WITH ORDINALITY AS k (number, place)
             LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number AND k.number > 0
             WHERE k.place <= x.indnkeyatts ORDER BY k.place)
FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
WHERE t.relnamespace = 'public'::regnamespace ORDER BY 1, 2
"""
_CONSTRAINTS = """
SELECT c.conname, c.contype::text, t.relname, coalesce(r.relname, ''),
       c.confdeltype::text, c.confupdtype::text,
       ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY AS k (number, place)
             JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number ORDER BY k.place),
       ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY AS k (number, place)
             JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = k.number ORDER BY k.place),
       pg_get_constraintdef(c.oid)
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid LEFT JOIN pg_class r ON r.oid = c.confrelid
WHERE c.connamespace = 'public'::regnamespace AND c.contype <> 'n' ORDER BY 1
"""
_FUNCTIONS = """
SELECT p.proname, p.prosecdef, coalesce(p.proconfig, '{}'), pg_get_userbyid(p.proowner), p.prosrc,
       ARRAY(SELECT coalesce(pg_get_userbyid(nullif(e.grantee, 0)), 'PUBLIC')
             FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) e WHERE e.grantee <> p.proowner)
FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace ORDER BY 1
"""
_RIGHTS = """
SELECT c.relname, CASE e.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(e.grantee) END,
       e.privilege_type, e.is_grantable, ''
FROM pg_class c CROSS JOIN aclexplode(c.relacl) e
WHERE c.relnamespace = 'public'::regnamespace AND e.grantee <> c.relowner
UNION ALL
SELECT c.relname, CASE e.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(e.grantee) END,
       e.privilege_type, e.is_grantable, a.attname
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid CROSS JOIN aclexplode(a.attacl) e
WHERE c.relnamespace = 'public'::regnamespace AND e.grantee <> c.relowner
ORDER BY 1, 2, 3, 5
"""
_ROLES = """
SELECT r.rolname, r.rolsuper, r.rolbypassrls, r.rolcanlogin,
       r.rolcreatedb OR r.rolcreaterole OR r.rolreplication,
       ARRAY(SELECT pg_get_userbyid(m.roleid) FROM pg_auth_members m WHERE m.member = r.oid ORDER BY 1)
FROM pg_roles r WHERE r.rolname NOT LIKE 'pg\\_%' ORDER BY 1
"""


@dataclass(frozen=True)
class Table:
    name: str
    kind: str
    walled: bool
    forced: bool
    comment: str
    owner: str

    @property
    def is_directory(self) -> bool:
        return self.comment.startswith(DIRECTORY)


@dataclass(frozen=True)
class Column:
    table: str
    name: str
    type: str
    not_null: bool
    default: str | None
    identity: bool
    generated: bool


@dataclass(frozen=True)
class Policy:
    table: str
    name: str
    permissive: bool
    roles: list[str]
    command: str
    using: str | None
    check: str | None


@dataclass(frozen=True)
class Index:
    table: str
    name: str
    unique: bool
    primary: bool
    columns: list[str]


@dataclass(frozen=True)
class Constraint:
    name: str
    kind: str
    table: str
    target: str
    on_delete: str
    on_update: str
    columns: list[str]
    target_columns: list[str]
    definition: str


@dataclass(frozen=True)
class Function:
    name: str
    definer: bool
    settings: list[str]
    owner: str
    source: str
    callers: list[str]


@dataclass(frozen=True)
class Right:
    table: str
    role: str
    privilege: str
    grantable: bool
    column: str


@dataclass(frozen=True)
class Role:
    name: str
    superuser: bool
    bypasses: bool
    can_log_in: bool
    powerful: bool
    member_of: list[str]


class Catalogue:
    """One database, read when asked."""

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        self.connection = connection

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query.encode()).fetchall()

    @cached_property
    def relations(self) -> list[Table]:
        return [Table(*row) for row in self.rows(_TABLES)]

    @cached_property
    def tables(self) -> dict[str, Table]:
        return {t.name: t for t in self.relations if t.kind in {"r", "p"}}

    @cached_property
    def walled(self) -> list[str]:
        """Every table that is not a directory: those that must hold a wall."""
        return [t.name for t in self.tables.values() if not t.is_directory]

    @cached_property
    def directories(self) -> list[str]:
        return [t.name for t in self.tables.values() if t.is_directory]

    @cached_property
    def columns(self) -> list[Column]:
        return [Column(*row) for row in self.rows(_COLUMNS)]

    @cached_property
    def policies(self) -> list[Policy]:
        return [Policy(*row) for row in self.rows(_POLICIES)]

    @cached_property
    def indexes(self) -> list[Index]:
        return [Index(*row) for row in self.rows(_INDEXES)]

    @cached_property
    def constraints(self) -> list[Constraint]:
        return [Constraint(*row) for row in self.rows(_CONSTRAINTS)]

    @cached_property
    def foreign_keys(self) -> list[Constraint]:
        return [c for c in self.constraints if c.kind == "f"]

    @cached_property
    def functions(self) -> list[Function]:
        return [Function(*row) for row in self.rows(_FUNCTIONS)]

    @cached_property
    def rights(self) -> list[Right]:
        return [Right(*row) for row in self.rows(_RIGHTS)]

    @cached_property
    def roles(self) -> dict[str, Role]:
        return {row[0]: Role(*row) for row in self.rows(_ROLES)}

    def columns_of(self, table: str) -> dict[str, Column]:
        return {c.name: c for c in self.columns if c.table == table}

    def of_walled(self, things: Iterable[Any]) -> list[Any]:
        """Those of `things` that belong to a table that must be walled."""
        walled = set(self.walled)
        return [thing for thing in things if thing.table in walled]
