"""Finding the installation that a command is for."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from app.config import Settings, SettingsError, from_environment
from app.embedded.installation import ROOT, Installation, NotRunning, Runtime

DATA_OPTION = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="The data directory of the installation (default: var).",
)


def _installation(data: Path | None) -> Installation:
    return Installation(data or Path(os.environ.get("GUANXI_DATA_DIR") or ROOT / "var"))


def _runtime(data: Path | None) -> Runtime:
    try:
        return _installation(data).runtime()
    except NotRunning as error:
        raise click.ClickException(str(error)) from error


def settings_of(data: Path | None) -> Settings:
    """The settings of this environment where it has some, else those of the running installation."""
    environment = dict(os.environ)
    if data is not None or "DATABASE_URL" not in environment:
        environment |= _runtime(data)["environment"]
    try:
        return from_environment(environment)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def inside(data: Path | None) -> Iterator[None]:
    """Inside the application, with no company entered; its connections are closed at the end."""
    from app.core.db import db  # noqa: PLC0415
    from app.factory import create_app  # noqa: PLC0415
    from tenants.context import outside_scope  # noqa: PLC0415

    with create_app(settings_of(data)).app_context(), outside_scope():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


_VARIABLES = {
    "owner": "DATABASE_OWNER_URL",
    "app": "DATABASE_URL",
    "backup": "DATABASE_BACKUP_URL",
}


def plain(url: str) -> str:
    """A connection string as libpq reads it."""
    return url.replace("postgresql+psycopg://", "postgresql://")


def connection(data: Path | None, role: str) -> str:
    """A connection string: what the environment says, else that of the running installation."""
    variable = _VARIABLES[role]
    if data is None and (url := os.environ.get(variable)):
        return url
    found = _runtime(data)["dsn"].get(role)
    if found is None:
        raise click.ClickException(f"this installation was not told how to connect as {role}")
    return found
