"""The servers of a test run: started once by the controlling process, shared by all xdist workers."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import psycopg

from app.embedded.postgres import APPLICATION, BACKUP, OWNER, EmbeddedPostgres
from app.embedded.valkey import EmbeddedValkey
from migrations import runner

TEMPLATE = "guanxi_template"
SECRET = "a-secret-for-tests-only-0123456789abcdef"


class Servers:
    """A throw-away PostgreSQL with a migrated template, and a throw-away Valkey."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="guanxi-test-"))
        self.postgres = EmbeddedPostgres(self.folder, durable=False)
        self.valkey = EmbeddedValkey(self.folder, durable=False)

    def start(self) -> None:
        self.folder.chmod(0o755)
        self.postgres.start()
        self.valkey.start()
        self.postgres.ensure_roles()
        self.postgres.ensure_database(TEMPLATE)
        runner.upgrade(self.postgres.dsn(OWNER, TEMPLATE))
        os.environ["GX_TEST_FOLDER"] = str(self.folder)
        os.environ["REDIS_URL"] = self.valkey.url
        for role in (OWNER, APPLICATION, BACKUP, "postgres"):
            os.environ[f"GX_TEST_DSN_{role}"] = self.postgres.dsn(role, "DATABASE")
        atexit.register(self.stop)

    def stop(self) -> None:
        self.postgres.stop()
        self.valkey.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def dsn(role: str, database: str) -> str:
    """A connection string of the run's server."""
    return os.environ[f"GX_TEST_DSN_{role}"].replace("DATABASE", database)


def copy_template(database: str) -> None:
    """A fresh database with the product's schema."""
    with psycopg.connect(dsn("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{database}" TEMPLATE {TEMPLATE} OWNER {OWNER}')
        connection.execute(f'GRANT CONNECT ON DATABASE "{database}" TO {APPLICATION}, {BACKUP}')


def settle_environment(database: str) -> None:
    """Let the settings of this process point at its own database and folder."""
    folder = Path(os.environ["GX_TEST_FOLDER"]) / database
    (folder / "mailbox").mkdir(parents=True, exist_ok=True)
    (folder / "sms").mkdir(exist_ok=True)
    os.environ.update(
        DATABASE_URL=dsn(APPLICATION, database),
        REDIS_URL=f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{_number_of(database)}",
        GUANXI_ENVIRONMENT="test",
        GUANXI_SECRET_KEY=SECRET,
        GUANXI_DATA_DIR=str(folder),
        GUANXI_MAILBOX_DIR=str(folder / "mailbox"),
        GUANXI_SMS_BOX=str(folder / "sms"),
        GUANXI_PUBLIC_URL="http://localhost",
        GUANXI_LOG_LEVEL="WARNING",
    )


def _number_of(database: str) -> int:
    """Each process has a numbered part of the broker to itself: its bells are for its own workers."""
    digits = "".join(c for c in database if c.isdigit())
    return int(digits) + 1 if digits else 0
