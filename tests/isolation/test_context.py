"""Without a tenant there are no rows, and no connection remembers whose it was."""

import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from psycopg.pq import TransactionStatus
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.access.models import Department, User
from app.core.db import db
from app.core.uow import unit_of_work
from app.embedded.postgres import APPLICATION
from tenants import rls
from tenants.context import current_tenant_id, enter_context, outside_scope, tenant_scope
from tests.isolation import narrow as probes
from tests.isolation.catalogue import Catalogue
from tests.isolation.conftest import Connection
from tests.support import statements
from tests.support.client import Browser, Company
from tests.support.servers import dsn
from tests.support.statements import watch

STEPS = 80
MADE = "SELECT name FROM departments WHERE tenant_id = %s AND parent_id IS NULL ORDER BY name"


@pytest.fixture
def plain(app: Flask, database: str) -> Iterator[Connection]:
    """The application's role without the application."""
    with psycopg.connect(dsn(APPLICATION, database), autocommit=True) as connection:
        yield connection


@pytest.fixture
def narrow(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    made = probes.build(app, monkeypatch)
    # What the probes write is told to nobody.
    monkeypatch.setattr(statements, "MACHINERY", {*statements.MACHINERY, "departments"})
    yield made
    with made.app_context():
        db.engine.dispose()


def may(catalogue: Catalogue, privilege: str) -> list[str]:
    """The walled tables on which the application has a privilege as a whole."""
    rights = (r for r in catalogue.rights if r.role == APPLICATION and r.privilege == privilege)
    held = {r.table for r in rights if not r.column}
    return [table for table in catalogue.walled if table in held]


def changeable(catalogue: Catalogue) -> dict[str, str]:
    """A column of each walled table that the application may change; some may be changed in part only."""
    rights = [r for r in catalogue.rights if r.role == APPLICATION and r.privilege == "UPDATE"]
    walled = set(catalogue.walled)
    return {r.table: r.column or "tenant_id" for r in rights if r.table in walled}


def visible(connection: Any, tables: list[str]) -> dict[str, int]:
    """How many rows of each table a connection sees; only those that it sees any of."""
    counts = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables)
    return {table: count for table, count in connection.execute(counts).fetchall() if count}


def left_behind(app: Flask, tables: list[str]) -> tuple[object, object, dict[str, int]]:
    """What the one connection of a pool brings to whoever takes it next."""
    with app.app_context():
        connection: Any = db.engine.raw_connection()
        try:
            driver = connection.driver_connection
            status = driver.info.transaction_status
            with watch.paused():
                return status, driver.execute(probes.HERE).fetchone()[0] or None, visible(driver, tables)
        finally:
            connection.close()


def test_no_tenant_no_rows(company: Company, plain: Connection, catalogue: Catalogue) -> None:
    readable = may(catalogue, "SELECT")
    assert visible(plain, readable) == {}
    rls.enter(plain, company.tenant_id)
    assert visible(plain, readable) != {}


def test_no_tenant_no_writes(plain: Connection, catalogue: Catalogue) -> None:
    for table in may(catalogue, "INSERT"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            plain.execute(f"INSERT INTO {table} (tenant_id) VALUES (1)".encode())
    for table in may(catalogue, "DELETE"):
        assert plain.execute(f"DELETE FROM {table}".encode()).rowcount == 0
    for table, column in changeable(catalogue).items():
        assert plain.execute(f"UPDATE {table} SET {column} = {column}".encode()).rowcount == 0


def test_a_tenant_reaches_only_its_own_rows(
    company: Company, other_company: Company, plain: Connection, catalogue: Catalogue
) -> None:
    foreign = other_company.tenant_id
    for table in catalogue.walled:
        rls.enter(plain, company.tenant_id)
        where = f"WHERE tenant_id = {foreign}"
        assert plain.execute(f"SELECT count(*) FROM {table} {where}".encode()).fetchone() == (0,)
        if column := changeable(catalogue).get(table):
            assert plain.execute(f"UPDATE {table} SET {column} = {column} {where}".encode()).rowcount == 0
        if table in may(catalogue, "DELETE"):
            assert plain.execute(f"DELETE FROM {table} {where}".encode()).rowcount == 0
        plain.execute("ROLLBACK")


def test_a_row_can_neither_be_made_for_nor_moved_to_another_tenant(
    company: Company, other_company: Company, plain: Connection, catalogue: Catalogue
) -> None:
    foreign = other_company.tenant_id
    for table in catalogue.walled:
        tries = []
        if table in may(catalogue, "INSERT"):
            tries.append(f"INSERT INTO {table} (tenant_id) VALUES ({foreign})")
        rls.enter(plain, company.tenant_id)
        rows = plain.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
        plain.execute("ROLLBACK")
        if table in may(catalogue, "UPDATE") and rows != (0,):
            tries.append(f"UPDATE {table} SET tenant_id = {foreign}")
        for statement in tries:
            rls.enter(plain, company.tenant_id)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                plain.execute(statement.encode())
            plain.execute("ROLLBACK")


@pytest.mark.parametrize("ending", ["COMMIT", "ROLLBACK"])
def test_the_tenant_ends_with_its_transaction(company: Company, plain: Connection, ending: str) -> None:
    rls.enter(plain, company.tenant_id)
    assert plain.execute(probes.HERE).fetchone() == (str(company.tenant_id),)
    plain.execute(ending.encode())
    assert plain.execute(probes.HERE).fetchone() == ("",)
    assert plain.execute("SELECT count(*) FROM users").fetchone() == (0,)


def test_a_tenant_that_is_no_number_is_never_sent(plain: Connection) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        rls.enter(plain, "1'; DROP TABLE users; --")  # type: ignore[arg-type]
    assert plain.info.transaction_status == TransactionStatus.IDLE


def test_one_connection_serves_two_tenants_and_remembers_neither(
    narrow: Flask, company: Company, other_company: Company, catalogue: Catalogue
) -> None:
    readable = may(catalogue, "SELECT")
    browsers = {c.tenant_id: Browser(narrow) for c in (company, other_company)}
    for c in (company, other_company):
        browsers[c.tenant_id].client._cookies.update(c.admin.client._cookies)  # type: ignore[union-attr]
    expected = {"write": 200, "fail": 500, "refuse": 409, "nested": 200, "hot": 200, "hot_fail": 500}
    order = random.Random(20260318)  # noqa: S311  (an order that is the same each time)
    written = dict.fromkeys(browsers, 0)
    for _ in range(STEPS):
        tenant_id, view = order.choice(list(browsers)), order.choice(list(expected))
        answer = browsers[tenant_id].post(f"/probe/{view}")
        assert (view, answer.status_code) == (view, expected[view])
        if answer.status_code == 200:
            assert answer.json == {"here": str(tenant_id), "actor": tenant_id}
        assert browsers[tenant_id].get("/probe/outside").json["here"] in {None, ""}
        assert left_behind(narrow, readable) == (TransactionStatus.IDLE, None, {})
        assert current_tenant_id() is None
        written[tenant_id] += view in {"write", "nested"}
    for tenant_id, count in written.items():
        names = [row[0] for row in catalogue.connection.execute(MADE, (tenant_id,)).fetchall()]
        assert sorted({"kept", "written"}) == sorted(
            set(names) & {"kept", "written", "failed", "refused", "undone"}
        )
        assert len([name for name in names if name in {"kept", "written"}]) == count


def test_a_context_from_outside_does_not_reach_a_request(
    narrow: Flask, company: Company, other_company: Company
) -> None:
    browser = Browser(narrow)
    browser.client._cookies.update(company.admin.client._cookies)  # type: ignore[union-attr]
    with tenant_scope(other_company.tenant_id):
        assert browser.get("/probe/outside").json["here"] in {None, ""}
        assert browser.get("/probe/hot").json["here"] == str(company.tenant_id)
        assert browser.post("/probe/write").json["here"] == str(company.tenant_id)
        assert current_tenant_id() == other_company.tenant_id


def test_the_session_shows_each_tenant_only_itself(
    narrow: Flask, company: Company, other_company: Company
) -> None:
    with narrow.app_context():
        for c in (company, other_company, company):
            with tenant_scope(c.tenant_id), unit_of_work():
                assert [str(user.id) for user in db.session.scalars(select(User))] == [c.user_id]
        assert db.session.scalar(select(func.count()).select_from(User)) == 0
        db.session.rollback()


def test_a_failed_unit_of_work_leaves_nothing(narrow: Flask, company: Company, catalogue: Catalogue) -> None:
    def write_half() -> None:
        with unit_of_work():
            probes.add_department("lost")
            probes.add_department("lost", parent_id=UUID(company.user_id))

    with narrow.app_context(), tenant_scope(company.tenant_id):
        with pytest.raises(IntegrityError):
            write_half()
        with unit_of_work():
            assert "lost" not in db.session.scalars(select(Department.name)).all()
    assert left_behind(narrow, may(catalogue, "SELECT")) == (TransactionStatus.IDLE, None, {})


def test_a_task_begins_and_ends_without_a_tenant(
    app: Flask, company: Company, other_company: Company
) -> None:
    import wsgi

    seen: list[object] = []

    @wsgi.celery.task(name="probe.enter")
    def enter(*, tenant_id: int, fails: bool) -> None:
        seen.append(current_tenant_id())
        with unit_of_work():
            assert db.session.scalar(select(func.count()).select_from(User)) == 0
        enter_context(tenant_id)
        with unit_of_work():
            seen.extend(str(user.id) for user in db.session.scalars(select(User)))
            if fails:
                raise ZeroDivisionError

    try:
        enter(tenant_id=company.tenant_id, fails=False)
        with pytest.raises(ZeroDivisionError):
            enter(tenant_id=other_company.tenant_id, fails=True)
        enter(tenant_id=company.tenant_id, fails=False)
    finally:
        wsgi.celery.tasks.pop("probe.enter")
    assert seen == [None, company.user_id, None, other_company.user_id, None, company.user_id]
    assert current_tenant_id() is None


def test_scopes_nest_and_end() -> None:
    with tenant_scope(1):
        with outside_scope():
            assert current_tenant_id() is None
            enter_context(2)
            assert current_tenant_id() == 2
        assert current_tenant_id() == 1
    assert current_tenant_id() is None
