"""A company with an outbox, and a mail server that does as it is told."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from app.messaging import channels
from tests.fakes import smtp as fake_smtp
from tests.fakes.smtp import FakeSmtp
from tests.messaging.outbox import Outbox
from tests.support.client import Company


@pytest.fixture
def smtp(app: Flask) -> Iterator[FakeSmtp]:
    """The mail server that the worker's code talks to during this test."""
    settings = app.config["SETTINGS"]
    with fake_smtp.running() as fake:
        channels.configure(replace(settings, smtp_host="127.0.0.1", smtp_port=fake.port))
        yield fake
        channels.configure(settings)


@pytest.fixture
def outbox(company: Company) -> Outbox:
    """The outbox of the company."""
    return Outbox(company)
