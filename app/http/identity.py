"""Who is calling: from the token through the session check to the actor, once per request."""

import hmac
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import g, request
from sqlalchemy import Connection, select

from app.access import actors
from app.access.actor import Actor
from app.access.sessions import SessionEnded
from app.core.db import db
from app.core.errors import Forbidden, NotFound, Unauthenticated
from app.core.origin import current_origin, set_origin
from app.http import session_tokens
from app.http.door import Door
from app.http.session_tokens import ACCESS_COOKIE, CSRF_HEADER, Claims
from tenants import rls
from tenants.context import enter_context
from tenants.models import Tenant

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_tenant_ids: dict[str, int] = {}


class CsrfMismatch(Forbidden):
    """A cookie came without the header that only our own pages can send."""

    code = "csrf"


class CrossSite(Forbidden):
    """A browser sent this from somebody else's page."""

    code = "cross-site"


def current_actor() -> Actor:
    """The authenticated caller."""
    actor: Actor = g.actor
    return actor


def current_session_id() -> UUID:
    """The session of the authenticated caller."""
    session_id: UUID = g.session_id
    return session_id


def hot_connection() -> Connection:
    """The connection of a hot read, inside the caller's walls."""
    connection: Connection = g.hot_connection
    return connection


def hot_driver() -> Any:
    """The psycopg connection of a hot read, inside the caller's walls."""
    return rls.driver_of(hot_connection())


def admit(door: Door) -> None:
    """Let the caller through a door, or refuse.

    :raises Unauthenticated: without a living session where one is needed
    """
    if door.kind == "local":
        if request.remote_addr not in {"127.0.0.1", "::1"}:
            raise NotFound
    elif door.kind == "public":
        if request.method not in SAFE_METHODS:
            _refuse_other_sites()
    else:
        _authenticate(hot=door.hot)


def _refuse_other_sites() -> None:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in {"same-origin", "none"}:
        raise CrossSite
    origin = request.headers.get("Origin")
    if origin is not None and _host_of(origin) != request.host:
        raise CrossSite


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def presented_claims() -> Claims | None:
    """What the token that came along says, if one came; its session is not checked yet."""
    header = request.headers.get("Authorization", "")
    if header:
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated
        return session_tokens.read(token.strip())
    token = request.cookies.get(ACCESS_COOKIE, "")
    if not token:
        return None
    claims = session_tokens.read(token)
    if request.method not in SAFE_METHODS:
        echoed = request.headers.get(CSRF_HEADER, "")
        if not hmac.compare_digest(echoed.encode(), claims.csrf.encode()):
            raise CsrfMismatch
    return claims


def _authenticate(*, hot: bool) -> None:
    claims = presented_claims()
    if claims is None:
        raise Unauthenticated
    tenant_id = _tenant_id(claims.slug)
    enter_context(tenant_id)
    # The id is a parsed UUID: nothing of the caller's own spelling reaches the statement.
    check = f"SELECT user_id, tenant_state, access_version FROM public.check_session('{claims.session_id}')"  # noqa: S608
    row = _enter_hot(tenant_id, check) if hot else rls.enter_session(db.session(), check)
    if row is None:
        raise SessionEnded
    user_id, state, access_version = row
    actor = actors.cached(tenant_id, user_id, access_version=access_version, state=state)
    if actor is None:
        if hot:
            # One connection at a time: a thread that holds one and waits for another can starve a pool.
            leave_hot()
        actor = actors.load(user_id, access_version=access_version, state=state)
        if hot:
            db.session.rollback()
            _enter_hot(tenant_id, "")
    g.actor, g.session_id = actor, claims.session_id
    set_origin(replace(current_origin(), session_id=claims.session_id, locale=actor.locale))


def _enter_hot(tenant_id: int, check: str) -> tuple[UUID, str, int] | None:
    g.hot_connection = connection = db.engine.connect()
    row: tuple[UUID, str, int] | None = rls.enter(
        connection.connection.driver_connection, tenant_id, then=check
    )
    return row


def leave_hot() -> None:
    """Give the connection of a hot read back; it only read, so that ends its transaction."""
    connection: Connection | None = g.pop("hot_connection", None)
    if connection is not None:
        connection.close()


def _tenant_id(slug: str) -> int:
    tenant_id = _tenant_ids.get(slug)
    if tenant_id is None:
        tenant_id = db.session.scalar(select(Tenant.id).where(Tenant.slug == slug))
        db.session.rollback()
        if tenant_id is None:
            raise Unauthenticated
        _tenant_ids[slug] = tenant_id
    return tenant_id
