"""A million customers over a hundred tenants, one of them with two hundred thousand.

Names and their search keys are made once by the product's own code; the rows are multiplied inside PostgreSQL.
"""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg
from flask import Flask

from app.access import passwords
from app.access.models import Role, User, UserRole
from app.core import clock
from app.core.broker import broker
from app.core.db import db
from app.core.search import keys_of
from app.core.uow import unit_of_work
from app.demo.names import Namer
from app.lists import index
from app.lists.models import CUSTOMER
from tenants import provisioning
from tenants.context import tenant_scope

TENANTS, BIG, TOTAL = 100, 200_000, 1_000_000
NAMES = 20_000
PASSWORD = "measured in the open 1"  # noqa: S105
SALESPEOPLE_OF_BIG = 100


@dataclass(frozen=True, slots=True)
class Loaded:
    """Whom to sign in as, and how long loading took."""

    admin: str
    salesperson: str
    slug: str
    tenant_id: int
    seconds: float


def load(app: Flask, superuser_dsn: str, folder: Path) -> Loaded:
    """Fill the database, unless an earlier run has."""
    marker = folder / "loaded.json"
    if marker.exists():
        return Loaded(**json.loads(marker.read_text()))
    started = time.perf_counter()
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        _prepare_names(connection)
        with app.app_context():
            tenants = [found(_login(number)) for number in range(TENANTS)]
            _hire(tenants[0])
        search_index = _drop_search_index(connection)
        for number, tenant_id in enumerate(tenants):
            _multiply(connection, tenant_id, BIG if number == 0 else (TOTAL - BIG) // (TENANTS - 1))
        connection.execute(search_index)
        connection.execute("DROP TABLE bench_names")
        connection.execute("VACUUM (ANALYZE)")
        row = connection.execute("SELECT slug FROM tenants WHERE id = %s", [tenants[0]]).fetchone()
    loaded = Loaded(
        _login(0), _seller(0), str(row[0] if row else ""), tenants[0], time.perf_counter() - started
    )
    marker.write_text(json.dumps(asdict(loaded)))
    return loaded


def _drop_search_index(connection: psycopg.Connection) -> str:
    """Building it at the end is ten times faster; returns the statement that does."""
    row = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'search_entries' AND indexdef LIKE '%USING gin%'"
    ).fetchone()
    if row is None:
        raise LookupError("search_entries has no GIN index")
    connection.execute(f"DROP INDEX {row[0]}")
    return str(row[1])


def _login(number: int) -> str:
    return f"admin{number}@bench.example.com"


def _seller(number: int) -> str:
    return f"seller{number}@bench.example.com"


def _prepare_names(connection: psycopg.Connection) -> None:
    connection.execute(
        "CREATE UNLOGGED TABLE bench_names (n integer PRIMARY KEY, name text, name_key text, search_text text, "
        "grams int[], industry text, region text, address text)"
    )
    namer = Namer(20_26)
    columns = "n, name, name_key, search_text, grams, industry, region, address"
    with connection.cursor().copy(f"COPY bench_names ({columns}) FROM STDIN") as copy:
        for n in range(NAMES):
            company = namer.company()
            keys = keys_of(company.name)
            facts = (company.industry, company.region, company.address)
            copy.write_row((n, company.name, keys.sort, keys.text, keys.grams, *facts))


def found(login: str) -> int:
    """Found a company with an administrator of this name; returns the tenant."""
    from app.access.signups import sign_up  # noqa: PLC0415
    from tenants.context import outside_scope  # noqa: PLC0415

    for key in broker().scan_iter("throttle:*"):
        broker().delete(key)
    with outside_scope(), unit_of_work():
        opened = sign_up(
            company=f"{login} 的公司",
            name="管理员",
            login=login,
            password=PASSWORD,
            locale="zh-CN",
        )
        return opened.tenant.id


def _hire(tenant_id: int) -> None:
    """Salespeople of the big tenant; all have one password, hashed once."""
    kept, at = passwords.digest(PASSWORD), clock.now()
    with tenant_scope(tenant_id), unit_of_work():
        role = db.session.scalars(db.select(Role).where(Role.code == "sales")).one()
        department = db.session.scalars(db.select(User.department_id)).first()
        for number in range(SALESPEOPLE_OF_BIG):
            person = provisioning.create_person(
                _seller(number), name=f"销售 {number}", password_hash=kept, locale="zh-CN"
            )
            user = User.joining(
                person_id=person.id, login=_seller(number), name=person.name, department_id=department, at=at
            )
            db.session.add(user)
            db.session.flush()
            db.session.add(UserRole(user_id=user.id, role_id=role.id))
            provisioning.admit(person.id, tenant_id, user.id)


_CUSTOMERS = """
INSERT INTO customers (
    tenant_id, id, version, kind, name, type, tier, stage, source, industry, region, address, employees,
    owner_id, department_id, phones, tags, name_key, search_text, created_at, created_by_id, updated_at)
SELECT %(tenant)s, uuidv7(), 1, 'company', b.name, 'end_customer',
    (ARRAY['platinum', 'gold', 'normal', 'poor'])[1 + i %% 4],
    (ARRAY['potential', 'intent', 'deal', 'lost'])[1 + (i / 4) %% 4],
    (ARRAY['展会', '转介绍', '官网', '电话'])[1 + i %% 4], b.industry, b.region, b.address, 10 + i %% 900,
    o.id, o.department_id, '[]', '[]', b.name_key, b.search_text,
    now() - i * interval '37 seconds', o.id, now() - i * interval '31 seconds'
FROM generate_series(0, %(count)s - 1) AS i
JOIN bench_names b ON b.n = (i * 7919::bigint) %% %(names)s
JOIN (SELECT id, department_id, (row_number() OVER (ORDER BY id) - 1)::int AS n FROM users
      WHERE tenant_id = %(tenant)s) o ON o.n = i %% (SELECT count(*) FROM users WHERE tenant_id = %(tenant)s)
"""
# As app.lists.index writes them: each gram is mixed with tenant and kind.
_GRAMS = """
INSERT INTO search_entries (tenant_id, kind, record_id, grams)
SELECT c.tenant_id, %(kind)s, c.id, b.grams FROM customers c
JOIN (SELECT name, ARRAY(SELECT gram # %(salt)s::int FROM unnest(grams) AS gram) AS grams
      FROM bench_names) b ON b.name = c.name
WHERE c.tenant_id = %(tenant)s
"""


def _multiply(connection: psycopg.Connection, tenant_id: int, count: int) -> None:
    connection.execute(_CUSTOMERS, {"tenant": tenant_id, "count": count, "names": NAMES})
    salt = index.salt_of(tenant_id, CUSTOMER)
    connection.execute(_GRAMS, {"tenant": tenant_id, "kind": CUSTOMER, "salt": salt})
