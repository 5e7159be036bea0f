"""A company with an outbox, and a mail server that does as it is told."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from app.core import doorbell
from app.messaging import channels
from tests.fakes import smtp as fake_smtp
from tests.fakes.smtp import FakeSmtp
from tests.messaging.outbox import Outbox
from tests.support.client import Company
from tests.support.store import Store


@pytest.fixture
def smtp(app: Flask, store: Store) -> Iterator[FakeSmtp]:
    """The mail server that the worker's code talks to during this test."""
    store.all_well()
    settings = app.config["SETTINGS"]
    with fake_smtp.running() as fake:
        channels.configure(replace(settings, smtp_host="127.0.0.1", smtp_port=fake.port))
        yield fake
        channels.configure(settings)


@pytest.fixture
def outbox(company: Company) -> Outbox:
    """The outbox of the company."""
    return Outbox(company)


@pytest.fixture
def settle(app: Flask, smtp: FakeSmtp) -> Callable[..., None]:
    """Changes settings of the mail channel for this test."""

    def change(**changes: object) -> None:
        reached = {"smtp_host": "127.0.0.1", "smtp_port": smtp.port, **changes}
        channels.configure(replace(app.config["SETTINGS"], **reached))

    return change


@pytest.fixture
def bells(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, object]]]:
    """The bells that are rung; nobody hears them."""
    rung: list[tuple[str, dict[str, object]]] = []
    monkeypatch.setattr(doorbell, "_ringer", lambda task, arguments: rung.append((task, arguments)))
    return rung
