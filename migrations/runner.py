"""Running migrations from code: no alembic.ini, no command line."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

_LOCK = 0x6775616E7869  # "guanxi": two deployments must not migrate at once


def config() -> Config:
    """Alembic's configuration: this folder, whatever the working directory."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    settings.set_main_option("path_separator", "os")
    return settings


def newest() -> str:
    """The revision this code expects."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    if head is None:
        raise RuntimeError("There are no migrations")
    return head


def current(connection: Connection) -> str | None:
    """The revision the database is at."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(owner_url: str) -> str:
    """Bring the database to the newest revision, as its owner; returns that revision.

    :param owner_url: postgresql://...
    """
    url = "postgresql+psycopg://" + owner_url.partition("://")[2]
    engine = create_engine(url, poolclass=NullPool, connect_args={"options": "-c lock_timeout=10000"})
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        connection.commit()
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
        connection.commit()
    engine.dispose()
    return newest()
