"""A trial ends: the company is warned, then read-only, and loses nothing."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.flows import trials
from tenants import services
from tenants.context import outside_scope, tenant_scope
from tenants.models import Tenant, TenantState
from tests.access.conftest import Trail
from tests.support.client import Company
from tests.support.people import change, hire


def ends(company: Company, after: timedelta) -> None:
    with company.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        db.session.get_one(Tenant, company.tenant_id).trial_ends_at = clock.now() + after


def watch(app: Flask) -> None:
    with app.app_context(), outside_scope():
        trials.watch()


def bells(browser: Any) -> list[str]:
    titles = [item["title"] for item in browser.get("/notifications").json["items"]]
    return [title for title in titles if title.startswith("试用")]


def test_days_before_the_end_administrators_are_warned_once(app: Flask, company: Company) -> None:
    viewer = hire(company, "viewer").browser
    ends(company, timedelta(days=2, hours=12))
    watch(app)
    watch(app)
    assert bells(company.admin) == ["试用还剩 3 天"]
    assert bells(viewer) == []
    assert company.admin.get("/tenant").json["state"] == "trial"


def test_nobody_is_warned_early(app: Flask, company: Company) -> None:
    ends(company, timedelta(days=4))
    watch(app)
    assert (bells(company.admin), company.admin.get("/tenant").json["state"]) == ([], "trial")


def test_when_it_is_over_the_company_is_read_only_and_is_told(
    app: Flask, company: Company, trail: Trail
) -> None:
    customer = company.admin.post("/customers", {"name": "云岫智能", "type": "end_customer"}).json
    ends(company, timedelta(seconds=-1))
    watch(app)
    watch(app)
    assert company.admin.get("/session").json["tenant"]["state"] == "read-only"
    assert bells(company.admin) == ["试用已到期"]
    assert trail(company)[0]["changes"] == [{"field": "state", "before": "trial", "after": "read-only"}]
    assert company.admin.get(f"/customers/{customer['id']}").json["name"] == "云岫智能"
    refused = change(company.admin, f"/customers/{customer['id']}", name="山海智能")
    assert (refused.status_code, refused.json["code"]) == (403, "tenant-read-only")


@pytest.mark.parametrize("state", [TenantState.ACTIVE, TenantState.CLOSED])
def test_what_the_operator_decided_stays(app: Flask, company: Company, state: TenantState) -> None:
    ends(company, timedelta(seconds=-1))
    with app.app_context(), outside_scope(), unit_of_work():
        services.set_state(company.slug, state)
    watch(app)
    with app.app_context(), tenant_scope(company.tenant_id):
        assert db.session.get_one(Tenant, company.tenant_id).state == state


def test_the_operator_can_give_another_trial(app: Flask, company: Company) -> None:
    ends(company, timedelta(seconds=-1))
    watch(app)
    with app.app_context(), outside_scope(), unit_of_work():
        assert services.set_state(company.slug, TenantState.TRIAL) is TenantState.READ_ONLY
    watch(app)
    assert company.admin.get("/session").json["tenant"]["state"] == "trial"
    assert change(company.admin, "/tenant", name="云岫").status_code == 200
