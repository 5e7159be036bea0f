"""A company with a webhook, and another system that hears it."""

from collections.abc import Callable, Iterator
from ipaddress import ip_network
from typing import Any

import pytest
from flask import Flask

from app.core import outbound
from app.webhooks import sending
from tenants.context import tenant_scope
from tests.fakes import receiver as fake_receiver
from tests.fakes.receiver import FakeReceiver
from tests.support.client import Company

Work = Callable[..., None]
EVENTS = ["customer.created", "customer.updated", "customer.deleted"]


@pytest.fixture
def receiver(app: Flask) -> Iterator[FakeReceiver]:
    """The other system; for this test, the loopback is a network that may be reached."""
    with fake_receiver.running() as fake:
        outbound.configure([ip_network("127.0.0.0/8")], plain_http=True)
        yield fake
        outbound.configure((), plain_http=True)


@pytest.fixture
def webhook(company: Company, receiver: FakeReceiver) -> dict[str, Any]:
    """The company's webhook, secret and all."""
    answer = company.admin.post("/webhooks", {"name": "订单系统", "url": receiver.url, "events": EVENTS})
    assert answer.status_code == 201, answer.json
    made: dict[str, Any] = answer.json
    return made


@pytest.fixture
def work(company: Company) -> Work:
    """Does what a worker does for the company."""

    def run(**options: Any) -> None:
        with company.app.app_context(), tenant_scope(company.tenant_id):
            sending.tend()
            sending.send_due(**options)

    return run
