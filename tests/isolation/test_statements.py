"""The watch over statements notices a walled table that is read or written without its tenant."""

import pytest
from flask import Flask

from tests.support.statements import nameless, untold, written

WALLED = frozenset({"users", "roles", "user_roles"})
GOOD = [
    "SELECT id FROM users WHERE users.tenant_id = %(t)s",
    "SELECT id FROM users WHERE tenant_id = %(t)s",
    "SELECT u.id FROM users AS u JOIN roles ON roles.tenant_id = u.tenant_id WHERE u.tenant_id = 1",
    'SELECT u.id FROM public."users" u WHERE u.tenant_id IN (1)',
    "INSERT INTO users (tenant_id, id) VALUES (%(t)s, %(id)s)",
    "UPDATE users SET name='from roles' WHERE users.tenant_id = 1",
    "DELETE FROM users WHERE users.tenant_id = 1 RETURNING users.id",
    "SELECT name AS users FROM tenants",
    "WITH b AS (SELECT id FROM users WHERE tenant_id = 1) SELECT r.id FROM roles r, b WHERE r.tenant_id = 1",
    "SELECT user_id FROM public.check_session('x')",
]
BAD = {
    "SELECT id FROM users WHERE tenant_id = 1 AND id IN (SELECT id FROM roles)": ("roles",),
    "SELECT id FROM users": ("users",),
    "SELECT id FROM users WHERE tenant_id IS NOT NULL": ("users",),
    "SELECT id FROM users WHERE name = 'users.tenant_id = 1'": ("users",),
    "SELECT u.id FROM users u JOIN roles r ON r.id = u.id WHERE u.tenant_id = 1": ("roles",),
    "SELECT u.id FROM users u, roles WHERE u.tenant_id = 1": ("roles",),
    "SELECT 1 FROM users u WHERE u.tenant_id = 1 AND EXISTS (SELECT 1 FROM user_roles x WHERE x.a = u.a)": (
        "user_roles",
    ),
    "INSERT INTO users (id) VALUES (%(id)s)": ("users",),
    "INSERT INTO users (tenant_id) SELECT id FROM roles": ("roles",),
    "UPDATE users SET name='x'": ("users",),
    "DELETE FROM users WHERE id = 1": ("users",),
}


@pytest.mark.parametrize("statement", GOOD)
def test_passes_what_names_the_tenant(statement: str) -> None:
    assert nameless(statement, WALLED) == ()


@pytest.mark.parametrize(("statement", "tables"), BAD.items())
def test_notices_what_does_not(statement: str, tables: tuple[str, ...]) -> None:
    assert nameless(statement, WALLED) == tables


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ("SELECT id FROM users FOR UPDATE", set()),
        ("INSERT INTO users (id) VALUES ('UPDATE roles')", {"users"}),
        ("UPDATE users SET name=%(name)s WHERE users.tenant_id = 1", {"users"}),
        ("UPDATE users SET last_seen_at=%(at)s::TIMESTAMP WITH TIME ZONE WHERE users.tenant_id = 1", set()),
        ("UPDATE users SET last_seen_at=%(at)s, name='x' WHERE users.tenant_id = 1", {"users"}),
        ("SELECT id FROM users FOR UPDATE SKIP LOCKED", set()),
        ('DELETE FROM public."users" WHERE tenant_id = 1', {"users"}),
        ("WITH x AS (DELETE FROM roles WHERE id = 1) INSERT INTO users (id) SELECT 1", {"roles", "users"}),
    ],
)
def test_finds_what_a_statement_writes(statement: str, tables: set[str]) -> None:
    assert written(statement) == tables


def test_a_change_without_a_line_in_the_trail_is_noticed(app: Flask) -> None:
    assert untold({"users", "agenda"}) == {"users"}
    assert untold({"users", "audit_records"}) == set()
    assert untold({"idempotency_keys", "user_sessions"}) == set()
