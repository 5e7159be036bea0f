"""Sessions that are long over are forgotten, and no others."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.access import tidying
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from tenants import rounds
from tenants.context import outside_scope, tenant_scope
from tests.support.client import Company
from tests.support.people import sign_in


def run(company: Company, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with company.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        found = db.session.execute(text(statement), {"here": company.tenant_id, **values})
        return [tuple(row) for row in found] if found.returns_rows else []


def sessions(company: Company) -> int:
    return len(run(company, "SELECT id FROM user_sessions WHERE tenant_id = :here"))


def refresh_tokens(company: Company) -> int:
    return len(run(company, "SELECT digest FROM refresh_tokens WHERE tenant_id = :here"))


def agenda(company: Company) -> int:
    where = "tenant_id = :here AND queue = 'sessions'"
    return len(run(company, f"SELECT bucket FROM agenda WHERE {where}"))


def age(company: Company, days: int, *, agenda_days: int) -> None:
    """Let all sessions and what is noted about them be older."""
    run(
        company,
        "UPDATE user_sessions SET expires_at = expires_at - make_interval(days => :days)"
        " WHERE tenant_id = :here",
        days=days,
    )
    run(
        company,
        "INSERT INTO agenda (tenant_id, queue, bucket) VALUES (:here, 'sessions', :due)",
        due=clock.now() - timedelta(days=agenda_days),
    )


def sweep(app: Flask) -> None:
    with app.app_context(), outside_scope():
        tidying.sweep()


def test_a_session_is_kept_for_a_month_after_its_last_day(app: Flask, company: Company) -> None:
    age(company, 59, agenda_days=1)
    sweep(app)
    assert (sessions(company), refresh_tokens(company)) == (1, 1)


def test_then_it_is_forgotten_with_its_tokens(app: Flask, company: Company) -> None:
    age(company, 61, agenda_days=1)
    browser = sign_in(company, company.login)
    browser.post("/session/refresh", {})
    assert (sessions(company), refresh_tokens(company)) == (2, 3)
    sweep(app)
    assert (sessions(company), refresh_tokens(company)) == (1, 2)
    assert browser.get("/session").status_code == 200


def test_the_agenda_is_settled_when_nothing_is_left(app: Flask, company: Company) -> None:
    age(company, 61, agenda_days=1)
    assert agenda(company) == 2
    sweep(app)
    assert agenda(company) == 1


@pytest.fixture
def much(company: Company, monkeypatch: pytest.MonkeyPatch) -> Company:
    """A company with more sessions to forget than go into two batches."""
    monkeypatch.setattr(rounds, "BATCH", 2)
    for _ in range(4):
        sign_in(company, company.login)
    age(company, 61, agenda_days=1)
    return company


def test_a_round_goes_on_while_there_is_more(app: Flask, much: Company) -> None:
    assert (sessions(much), agenda(much)) == (5, 2)
    sweep(app)
    assert (sessions(much), agenda(much)) == (0, 1)


def test_what_is_left_when_its_time_is_up_is_for_the_next_round(
    app: Flask, much: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "SECONDS", 0)
    company = much
    counts = [sessions(company)]
    for _ in range(3):
        sweep(app)
        counts.append(sessions(company))
    assert counts == [5, 3, 1, 0]
