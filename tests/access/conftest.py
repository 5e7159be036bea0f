"""What tests of access look at: the trail, the mails that wait, and what happens at the same time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import db
from app.core.uow import unit_of_work
from app.messaging.models import Delivery
from tenants.context import tenant_scope
from tests.support.client import Company

Mails = Callable[[Company], list[Delivery]]
Trail = Callable[..., list[dict[str, Any]]]
Aside = Callable[[Callable[[], Any]], Any]


@pytest.fixture
def mails(app: Flask) -> Mails:
    """The mails that a company's outbox holds, oldest first."""

    def read(company: Company) -> list[Delivery]:
        with app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
            return list(db.session.scalars(select(Delivery).order_by(Delivery.created_at, Delivery.id)))

    return read


@pytest.fixture
def trail() -> Trail:
    """A company's trail as its administrator reads it, the latest first."""

    def read(company: Company, **asked: str) -> list[dict[str, Any]]:
        answer = company.admin.get("/audit-records", query_string={"limit": "100", **asked})
        assert answer.status_code == 200, answer.json
        items: list[dict[str, Any]] = answer.json["items"]
        return items

    return read


@pytest.fixture
def aside() -> Aside:
    """Runs something to its end in another thread, as another request would be."""

    def run(work: Callable[[], Any]) -> Any:
        with ThreadPoolExecutor(max_workers=1) as pool:
            return pool.submit(work).result(timeout=30)

    return run
