"""Putting the house together."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from werkzeug.middleware.proxy_fix import ProxyFix

import app.activities.cards
import app.bulk_actions.running
import app.exports.running
import app.fields.refreshing
import app.flows
import app.imports.running
import app.imports.undoing  # noqa: F401  (lets the workers do imports, and take them back)
import tenants.rls  # noqa: F401  (raises the wall)
from app.audit import anchors
from app.config import Settings
from app.core import broker, crypto, logs, outbound
from app.core.db import db, engine_options
from app.exports import storage as exported
from app.files import arrivals
from app.files import storage as file_storage
from app.http import api_docs, openapi, problem, session_tokens, web_pages
from app.http.flask_app import GuanxiFlask
from app.http.json_provider import OrjsonProvider
from app.imports import storage
from app.sms import vendors as sms_vendors

JSON_BODY_LIMIT = 1024 * 1024
POOL_SIZE = 12


class CannotStart(Exception):
    """One line that says why the application does not start."""


class UnsafeDatabaseRole(CannotStart):
    """The application would log in as someone whom the walls do not hold."""


class DatabaseUnreachable(CannotStart):
    """Nobody can tell whether the walls hold."""


def create_app(settings: Settings, *, mounts: Iterable[Any] = ()) -> Flask:
    """Build the application; the caller says which doors it has."""
    logs.configure(settings.log_level)
    crypto.configure(settings.secret_key, settings.former_secret_keys)
    broker.configure(settings.redis_url)
    storage.configure(settings.data_dir)
    exported.configure(settings.data_dir)
    arrivals.configure(settings)
    file_storage.configure(settings)
    anchors.configure(settings.audit_anchors)
    sms_vendors.configure(settings)
    outbound.configure(settings.webhook_networks, plain_http=settings.environment != "production")
    app = GuanxiFlask("guanxi", static_folder=None, root_path=str(Path(__file__).parent))
    app.json = OrjsonProvider(app)
    # A path has one spelling; any other is unknown, not a page that redirects to it.
    app.url_map.merge_slashes = False
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
    openapi.init_app(app, mounts)
    app.register_blueprint(api_docs.pages)
    # After the doors, whose toolkit brings an error handler of its own.
    problem.init_app(app)
    web_pages.init_app(app, settings)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    return app


_STANDING = text(
    """
    SELECT r.rolname, r.rolsuper,
           EXISTS (SELECT 1 FROM pg_roles m
                   WHERE m.rolbypassrls AND NOT m.rolsuper AND pg_has_role(r.oid, m.oid, 'MEMBER')),
           EXISTS (SELECT 1 FROM pg_class c
                   WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                   AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
    FROM pg_roles r WHERE r.rolname = current_user
    """
)


def refuse_unsafe_role(app: Flask) -> None:
    """Check, before the first request, that the walls hold for the role we log in as.

    :raises UnsafeDatabaseRole: for a superuser, or who has BYPASSRLS or owns tables, also by membership
    :raises DatabaseUnreachable: when the database cannot be asked
    """
    try:
        with app.app_context(), db.engine.connect() as connection:
            row = connection.execute(_STANDING).one()
    except OperationalError as error:
        reason = str(error.orig).strip().partition("\n")[0]
        raise DatabaseUnreachable(f"DATABASE_URL: the database does not answer: {reason}") from error
    words = ("is a superuser", "has BYPASSRLS", "owns tables or is a member of their owner")
    # A superuser is everything else as well.
    faults = [word for word, wrong in zip(words, row[1:], strict=True) if wrong][: 1 if row[1] else None]
    if faults:
        raise UnsafeDatabaseRole(
            f"DATABASE_URL: the role {row[0]} {' and '.join(faults)}; the application needs a role "
            "that row-level security holds (see docs/deploy.md)"
        )
