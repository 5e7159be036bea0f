"""Who is calling: from the token through the session check to the actor, once per request."""

import hmac
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
from flask import g, request
from sqlalchemy import Connection, select

from app.access import actors
from app.access.actor import Actor
from app.access.sessions import SessionEnded
from app.core.db import db
from app.core.errors import Forbidden, NotFound, Unauthenticated
from app.core.origin import current_origin, set_origin
from app.http import hot, session_tokens
from app.http.door import Door
from app.http.hot import HotRead, Outdated
from app.http.session_tokens import ACCESS_COOKIE, CSRF_HEADER, Claims
from tenants import rls
from tenants.context import enter_context, require_tenant_id
from tenants.models import Tenant

T = TypeVar("T")
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_tenant_ids: dict[str, int] = {}


class CsrfMismatch(Forbidden):
    """A cookie came without the header that only our own pages can send."""

    code = "csrf"


class CrossSite(Forbidden):
    """A browser sent this from somebody else's page."""

    code = "cross-site"


class EnrolmentRequired(Forbidden):
    """The role demands a second factor, which comes before anything else."""

    code = "second-factor-enrolment"


def current_actor() -> Actor:
    """The authenticated caller."""
    actor: Actor = g.actor
    return actor


def current_session_id() -> UUID:
    """The session of the authenticated caller."""
    session_id: UUID = g.session_id
    return session_id


def hot_connection() -> Connection:
    """SQLAlchemy's connection of a hot read, inside the caller's walls."""
    read: HotRead = g.hot
    return read.connection()


def hot_driver() -> HotRead:
    """The fast lane of a hot read, inside the caller's walls."""
    read: HotRead = g.hot
    return read


def admit(door: Door, *, reading: bool = True) -> None:
    """Let the caller through a door, or refuse.

    :param reading: whether to take in what was sent before the transaction begins
    :raises Unauthenticated: without a living session where one is needed
    """
    if door.kind == "local":
        if request.remote_addr not in {"127.0.0.1", "::1"}:
            raise NotFound
    elif door.kind == "public":
        if request.method not in SAFE_METHODS:
            _refuse_other_sites()
    else:
        _authenticate(believing=door.hot, reading=reading)
        if not door.hot and not door.threshold:
            demand_enrolled()


def demand_enrolled() -> None:
    """Refuse a caller whose role demands a second factor, until they have set one up.

    :raises EnrolmentRequired: if so
    """
    if current_actor().must_enrol:
        raise EnrolmentRequired


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


def _authenticate(*, believing: bool, reading: bool) -> None:
    claims = presented_claims()
    if claims is None:
        raise Unauthenticated
    tenant_id = _tenant_id(claims.slug)
    enter_context(tenant_id)
    if believing:
        _believe(tenant_id, claims.session_id)
        return
    if reading and request.method not in SAFE_METHODS:
        # A body that comes slowly must not hold a connection and a transaction meanwhile.
        request.get_data(cache=True)
    row = rls.enter_session(db.session(), rls.session_check(claims.session_id))
    if row is None:
        raise SessionEnded
    user_id, state, access_version = row
    actor = actors.cached(tenant_id, user_id, access_version=access_version, state=state)
    if actor is None:
        actor = actors.load(user_id, access_version=access_version, state=state)
    _act(actor, claims.session_id)


def _act(actor: Actor, session_id: UUID) -> None:
    g.actor, g.session_id = actor, session_id
    set_origin(replace(current_origin(), session_id=session_id, locale=actor.locale))


def _believe(tenant_id: int, session_id: UUID) -> None:
    """Take the caller of a hot read for who they were when last seen; ask who they are, if not seen yet."""
    standing = hot.known(session_id)
    if standing is None:
        g.hot = read = HotRead(tenant_id, session_id, None)
        standing = read.check()
    user_id, state, access_version = standing
    actor = actors.cached(tenant_id, user_id, access_version=access_version, state=state)
    if actor is None:
        # One connection at a time: a thread that holds one and waits for another can starve a pool.
        leave_hot()
        actor = actors.load(user_id, access_version=access_version, state=state)
        db.session.rollback()
    leave_hot()
    g.hot = HotRead(tenant_id, session_id, standing)
    _act(actor, session_id)


def read_hot(view: Callable[[], T]) -> T:
    """Run a hot read; again, if its caller turns out to stand otherwise than believed.

    :raises SessionEnded: when the session has ended
    """
    try:
        answer = view()
    except Outdated:
        return _read_anew(view)
    except (SessionEnded, psycopg.Error):
        raise
    except Exception:
        # A refusal may rest on rights that are no longer what they were.
        if _still_so():
            raise
        return _read_anew(view)
    return answer if _still_so() else _read_anew(view)


def _still_so() -> bool:
    read: HotRead = g.hot
    return read.proven or read.check() == read.believed


def _read_anew(view: Callable[[], T]) -> T:
    _believe(require_tenant_id(), g.session_id)
    return view()


def leave_hot() -> None:
    """Give back what a hot read borrowed."""
    read: HotRead | None = g.pop("hot", None)
    if read is not None:
        read.close()


def _tenant_id(slug: str) -> int:
    tenant_id = _tenant_ids.get(slug)
    if tenant_id is None:
        tenant_id = db.session.scalar(select(Tenant.id).where(Tenant.slug == slug))
        db.session.rollback()
        if tenant_id is None:
            raise Unauthenticated
        _tenant_ids[slug] = tenant_id
    return tenant_id
