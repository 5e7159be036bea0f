"""Putting the house together."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import text
from werkzeug.middleware.proxy_fix import ProxyFix

import tenants.rls  # noqa: F401  (raises the wall)
from app.config import Settings
from app.core import broker, crypto, logs
from app.core.db import db, engine_options
from app.http import openapi, problem, session_tokens, web_pages
from app.http.flask_app import GuanxiFlask
from app.http.json_provider import OrjsonProvider

JSON_BODY_LIMIT = 1024 * 1024
POOL_SIZE = 12


class UnsafeDatabaseRole(Exception):
    """The application would log in as someone whom the walls do not hold."""


def create_app(settings: Settings, *, mounts: Iterable[Any] = ()) -> Flask:
    """Build the application; the caller says which doors it has."""
    logs.configure(settings.log_level)
    crypto.configure(settings.secret_key)
    broker.configure(settings.redis_url)
    app = GuanxiFlask("guanxi", static_folder=None, root_path=str(Path(__file__).parent))
    app.json = OrjsonProvider(app)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(POOL_SIZE),
        MAX_CONTENT_LENGTH=JSON_BODY_LIMIT,
        MAX_FORM_PARTS=50,
    )
    db.init_app(app)
    session_tokens.init_app(app, settings)
    problem.init_app(app)
    openapi.init_app(app, mounts)
    web_pages.init_app(app, settings)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    return app


def refuse_unsafe_role(app: Flask) -> None:
    """Check, before the first request, that the walls hold for the role we log in as.

    :raises UnsafeDatabaseRole: for a superuser, a role with BYPASSRLS, or an owner of tables
    """
    with app.app_context(), db.engine.connect() as connection:
        row = connection.execute(
            text(
                "SELECT r.rolname, r.rolsuper, r.rolbypassrls, EXISTS ("
                "  SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                "  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')"
                "  AND pg_has_role(r.oid, c.relowner, 'MEMBER')) "
                "FROM pg_roles r WHERE r.rolname = current_user"
            )
        ).one()
    faults = [
        words
        for words, wrong in zip(
            ("is a superuser", "has BYPASSRLS", "owns tables or is a member of their owner"),
            row[1:],
            strict=True,
        )
        if wrong
    ]
    if faults:
        raise UnsafeDatabaseRole(
            f"DATABASE_URL: the role {row[0]} {' and '.join(faults)}; the application needs a role "
            "that row-level security holds (see docs/deploy.md)"
        )
