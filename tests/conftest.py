"""What every test stands on: a real PostgreSQL under the restricted role, a real Valkey, the real app.

One server pair per run, one database per xdist worker (copied from a migrated template). Tests do not share
tenants: each makes its own, which is the isolation the product itself promises.
"""

import os
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from flask import Flask
from xdist.remote import Producer

from tests.support.client import Browser, Company, sign_up
from tests.support.founding import build
from tests.support.servers import Servers, copy_template, settle_environment
from tests.support.sharing import ByFile
from tests.support.statements import watch
from tests.support.store import Store
from tests.support.world import World

_servers: Servers | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    """`./run test --fuzz 20000 tests/hostile/test_fuzz.py` throws that many requests at the interface."""
    parser.addoption("--fuzz", type=int, default=0, help="how many generated requests, over all operations")


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers once, in the process that the xdist workers are children of."""
    global _servers
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    _servers = Servers()
    _servers.start()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Neither of xdist's own ways keeps a whole folder together and the rest by file."""
    return ByFile(config, log)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started."""
    if _servers is not None:
        _servers.stop()


@pytest.fixture(scope="session")
def database() -> str:
    """The name of this process's own database."""
    name = f"guanxi_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    copy_template(name)
    return name


@pytest.fixture(scope="session")
def app(database: str) -> Iterator[Flask]:
    """The application as production has it, under the application role."""
    settle_environment(database)
    import wsgi
    from app.access import passwords
    from app.core.db import db

    # A tenth of a run would go into making passwords slow to guess; test_passwords looks at the real cost.
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    passwords._DUMMY = passwords.digest("nobody has this password")
    watch.start()
    yield wsgi.app
    with wsgi.app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def store(app: Flask, database: str) -> Iterator[Store]:
    """What is really in this process's database."""
    made = Store(database)
    yield made
    made.connection.close()


@pytest.fixture(scope="session")
def world(app: Flask, store: Store) -> World:
    """A company with records of every kind; whoever changes it takes a copy."""
    return build(app, store)


@pytest.fixture(autouse=True)
def _no_attempts_counted(request: pytest.FixtureRequest) -> Iterator[None]:
    """All tests come from one address; what one tried must not throttle the next."""
    yield
    if "app" in request.fixturenames:
        from app.core.broker import broker

        for key in broker().scan_iter("throttle:*"):
            broker().delete(key)


@pytest.fixture(autouse=True)
def _every_statement_names_the_tenant() -> Iterator[None]:
    """Row-level security would still hold, but a sharded database could not tell where to look."""
    yield
    offences, watch.offences = watch.offences, []
    assert offences == []


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A visitor with an empty cookie jar."""
    return Browser(app)


@pytest.fixture
def company(app: Flask) -> Company:
    """A company freshly signed up, with its administrator signed in."""
    return sign_up(app)


@pytest.fixture
def other_company(app: Flask) -> Company:
    """A second company, which must never notice the first."""
    return sign_up(app)
