"""A process that must not start says why in one line, and ends."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from flask import Flask

from app.core.db import db
from app.embedded.postgres import APPLICATION, BACKUP, OWNER, SUPERUSER
from app.factory import UnsafeDatabaseRole, create_app, refuse_unsafe_role
from tests.support.servers import SECRET, dsn

ROOT = Path(__file__).resolve().parents[2]
MEMBERS = {"guanxi_made_member": OWNER, "guanxi_made_reader": BACKUP}


def start(**settings: str) -> tuple[int, str]:
    """Load the front door in a fresh process, as every server does; its exit code and what it said."""
    env = {**os.environ, "GUANXI_ENVIRONMENT": "test", "GUANXI_SECRET_KEY": SECRET, **settings}
    ended = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stderr + ended.stdout


@pytest.fixture
def members(app: Flask, database: str) -> Iterator[None]:
    """Roles that are powerful only through another role."""
    with psycopg.connect(dsn(SUPERUSER, database), autocommit=True) as connection:
        for name, role in MEMBERS.items():
            connection.execute(f"CREATE ROLE {name}_{database} LOGIN PASSWORD 'made' IN ROLE {role}".encode())
            connection.execute(f"GRANT CONNECT ON DATABASE {database} TO {name}_{database}".encode())
        yield
        for name in MEMBERS:
            connection.execute(f"REVOKE ALL ON DATABASE {database} FROM {name}_{database}".encode())
            connection.execute(f"DROP ROLE {name}_{database}".encode())


def as_role(database: str, name: str) -> str:
    address = dsn(APPLICATION, database).partition("@")[2]
    return f"postgresql://{name}:made@{address}"


def test_starts_as_the_application_role(app: Flask, database: str) -> None:
    assert start(DATABASE_URL=dsn(APPLICATION, database)) == (0, "")


def test_refuses_to_start_as_a_superuser(app: Flask, database: str) -> None:
    code, said = start(DATABASE_URL=dsn(SUPERUSER, database))
    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith(
        f"guanxi: DATABASE_URL: the role {SUPERUSER} is a superuser; the application needs "
    )


OWNS, BYPASSES = "owns tables or is a member of their owner", "has BYPASSRLS"


@pytest.mark.parametrize(
    ("role", "reason"), [(SUPERUSER, "is a superuser"), (OWNER, OWNS), (BACKUP, BYPASSES)]
)
def test_refuses_a_role_that_the_walls_do_not_hold(app: Flask, database: str, role: str, reason: str) -> None:
    assert refusal(app, dsn(role, database)).startswith(f"DATABASE_URL: the role {role} {reason}; ")


@pytest.mark.usefixtures("members")
@pytest.mark.parametrize(("name", "reason"), [("guanxi_made_member", OWNS), ("guanxi_made_reader", BYPASSES)])
def test_refuses_a_role_that_can_become_such_a_one(app: Flask, database: str, name: str, reason: str) -> None:
    said = refusal(app, as_role(database, f"{name}_{database}"))
    assert said.startswith(f"DATABASE_URL: the role {name}_{database} {reason}; ")


def refusal(app: Flask, url: str) -> str:
    """What the check of an application says that logs in by this address."""
    address = f"postgresql+psycopg://{url.partition('://')[2]}"
    other = create_app(replace(app.config["SETTINGS"], database_url=address))
    try:
        with pytest.raises(UnsafeDatabaseRole) as refused:
            refuse_unsafe_role(other)
        return str(refused.value)
    finally:
        with other.app_context():
            db.engine.dispose()


def test_says_that_the_database_is_down() -> None:
    code, said = start(DATABASE_URL="postgresql://guanxi_app:hidden@127.0.0.1:1/guanxi")
    assert code == 1
    assert said.count("\n") == 1
    assert said.startswith("guanxi: DATABASE_URL: the database does not answer: ")
    assert "hidden" not in said


def test_says_which_setting_is_missing() -> None:
    assert start(DATABASE_URL="") == (
        1,
        "guanxi: DATABASE_URL is missing: postgresql://guanxi_app:...@host:5432/guanxi\n",
    )
