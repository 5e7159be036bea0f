"""Rows that travel while the work goes on: in their order."""

import sys
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from app.core.bulk import insert_many, meanwhile
from app.core.db import db
from app.core.uow import unit_of_work
from app.lists.models import SearchEntry
from tenants.context import tenant_scope
from tests.support.client import Company


@pytest.fixture
def greedy() -> Iterator[None]:
    """Whoever has the interpreter keeps it until they wait for something: no thread begins by chance."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(30)
    yield
    sys.setswitchinterval(before)


def send(company: Company, record_id: UUID) -> None:
    row = {"tenant_id": company.tenant_id, "kind": "cu", "record_id": record_id, "grams": [1]}
    insert_many(SearchEntry, [row])


def there() -> int:
    return db.session.scalar(select(func.count()).select_from(SearchEntry)) or 0


def test_what_is_asked_next_sees_what_was_sent_before(company: Company, greedy: None) -> None:
    seen = []
    with company.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        begin = there()
        with meanwhile():
            for _ in range(5):
                send(company, uuid4())
                seen.append(there() - begin)
    assert seen == [1, 2, 3, 4, 5]
