"""A key and its answer are kept for two days, and then forgotten."""

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import text

from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.http import idempotency
from tenants.context import outside_scope, tenant_scope
from tests.support.client import Company

KEYS = ("a-key-of-monday-1", "a-key-of-monday-2")


def run(company: Company, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with company.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        found = db.session.execute(text(statement), {"here": company.tenant_id, **values})
        return [tuple(row) for row in found] if found.returns_rows else []


def keys(company: Company) -> list[str]:
    return [key for (key,) in run(company, "SELECT key FROM idempotency_keys WHERE tenant_id = :here")]


def agenda(company: Company) -> list[tuple[Any, ...]]:
    where = "tenant_id = :here AND queue = 'idempotency'"
    return run(company, f"SELECT bucket FROM agenda WHERE {where} ORDER BY bucket")


def age(company: Company, hours: int) -> None:
    """Let the keys be older, and what is noted about them be due."""
    by = "- make_interval(hours => :hours) WHERE tenant_id = :here"
    run(company, f"UPDATE idempotency_keys SET created_at = created_at {by}", hours=hours)
    run(
        company,
        "INSERT INTO agenda (tenant_id, queue, bucket) VALUES (:here, 'idempotency', :due)",
        due=clock.now() - timedelta(hours=1),
    )


def sweep(app: Flask) -> None:
    with app.app_context(), outside_scope():
        idempotency.sweep()


def add(company: Company, key: str) -> int:
    sent = {"name": f"云岫智能 {key}", "type": "end_customer"}
    return company.admin.post("/customers", sent, headers={"Idempotency-Key": key}).status_code


def test_a_key_is_noted_once_a_day_and_kept_for_two(app: Flask, company: Company) -> None:
    assert [add(company, key) for key in KEYS] == [201, 201]
    tomorrow = clock.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    assert agenda(company) == [(tomorrow + timedelta(hours=48),)]
    age(company, hours=47)
    sweep(app)
    assert sorted(keys(company)) == list(KEYS)


def test_then_it_is_forgotten_and_a_younger_one_is_not(app: Flask, company: Company) -> None:
    add(company, KEYS[0])
    age(company, hours=49)
    add(company, KEYS[1])
    sweep(app)
    assert keys(company) == [KEYS[1]]
    sweep(app)
    # What was due is settled; what is noted for the younger key stays.
    assert [bucket > clock.now() for (bucket,) in agenda(company)] == [True]


def test_a_refused_request_notes_nothing(company: Company) -> None:
    answer = company.admin.post("/customers", {}, headers={"Idempotency-Key": KEYS[0]})
    assert answer.status_code == 422
    assert (keys(company), agenda(company)) == ([], [])
    assert add(company, KEYS[0]) == 201
    assert len(agenda(company)) == 1
