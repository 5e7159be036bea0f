"""What people of the big company made of it: a field of their own on every customer, and tasks for everybody."""

from pathlib import Path

import psycopg

from bench.data import Loaded

FIELD = "c_amount"
DIFFERENT = 1_000
"""How many different amounts there are: each stands on as many customers."""
TASKS_EACH = 2_000
_OPEN_OF_HUNDRED = 3

_DEFINITION = """
INSERT INTO field_definitions (
    tenant_id, id, version, entity, key, label, kind, settings, rules, required, is_unique, filterable, ready_at,
    created_at, updated_at)
VALUES (%(tenant)s, uuidv7(), 1, 'customer', %(key)s, '年采购额', 'number', '{"decimals": 0}', '{}', false, false, true,
    now(), now(), now())
"""
_NUMBERED = "SELECT id, row_number() OVER (ORDER BY id) %% %(different)s AS n FROM customers WHERE tenant_id = %(tenant)s"
_FILL_IN = (
    "UPDATE customers c SET custom = jsonb_build_object(%(key)s::text, m.n) "
    f"FROM ({_NUMBERED}) m WHERE c.tenant_id = %(tenant)s AND c.id = m.id"
)
# As app.fields.index writes them: numbers in millionths.
_INDEX = (
    "INSERT INTO field_values (tenant_id, record_id, field_id, position, number, sole) "
    "SELECT %(tenant)s, m.id, f.id, 0, m.n * 1000000, false "
    f"FROM ({_NUMBERED}) m, field_definitions f WHERE f.tenant_id = %(tenant)s AND f.key = %(key)s"
)
_TASKS = """
INSERT INTO tasks (
    tenant_id, id, version, title, priority, due_at, owner_id, department_id, created_by_id, done_at, done_by_id,
    created_at, updated_at)
SELECT %(tenant)s, uuidv7(), 1, '回访第 ' || i || ' 位客户', 'normal', now() + (i %% 20 - 10) * interval '1 day', u.id,
    u.department_id, u.id, d.at, CASE WHEN d.at IS NOT NULL THEN u.id END, now(), now()
FROM users u CROSS JOIN generate_series(1, %(each)s) AS i
CROSS JOIN LATERAL (SELECT CASE WHEN i %% 100 >= %(open)s THEN now() END AS at) d
WHERE u.tenant_id = %(tenant)s
"""


def add(superuser_dsn: str, loaded: Loaded, folder: Path) -> None:
    """Put the work into the database, unless an earlier run has."""
    marker = folder / "worked"
    if marker.exists():
        return
    given = {
        "tenant": loaded.tenant_id,
        "key": FIELD,
        "different": DIFFERENT,
        "each": TASKS_EACH,
        "open": _OPEN_OF_HUNDRED,
    }
    with psycopg.connect(superuser_dsn) as connection:
        for statement in (_DEFINITION, _FILL_IN, _INDEX, _TASKS):
            connection.execute(statement, given)
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE) customers, field_values, tasks, field_definitions")
    marker.touch()
