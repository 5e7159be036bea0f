"""Who is calling: from the token through the session check to the actor, once per request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

import psycopg
from flask import g, request
from sqlalchemy import Connection

from app.access import actors, addresses, api_tokens, token_use
from app.access.actor import Actor
from app.access.services.api_tokens import TokensOff
from app.access.sessions import SessionEnded
from app.core.db import db
from app.core.errors import Forbidden, NotFound, Unauthenticated
from app.core.origin import current_origin, set_origin
from app.http import hot, operator_entry
from app.http.door import Door
from app.http.hot import HotRead, Outdated
from app.http.presented import SAFE_METHODS, TokenEnded, presented_claims, refuse_other_sites, tenant_id_of
from app.http.session_tokens import Claims
from tenants import rls
from tenants.context import enter_context, require_tenant_id

T = TypeVar("T")


class NotForTokens(Forbidden):
    """Only the person can do this, signed in; no token of theirs."""

    code = "not-for-tokens"


class TokenReadOnly(Forbidden):
    """The token is for reading."""

    code = "api-token-read-only"


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
    elif door.kind == "operator":
        operator_entry.admit()
    elif door.kind == "public":
        if request.method not in SAFE_METHODS:
            refuse_other_sites()
    else:
        _authenticate(believing=door.hot, reading=reading)
        if not door.hot:
            demand_fit(door)


def demand_fit(door: Door) -> None:
    """Refuse a caller who is who they say, but may not come in through this door as they are.

    :raises AddressRefused: if the company lets nobody in from where they are
    :raises EnrolmentRequired: if their role demands a second factor that they have not set up
    :raises Forbidden: if a token was sent where it opens nothing
    """
    actor = current_actor()
    addresses.demand(actor.entry.networks)
    if actor.token_id is not None:
        _demand_fit_token(door, actor)
    if actor.must_enrol and not door.threshold:
        raise EnrolmentRequired


def _demand_fit_token(door: Door, actor: Actor) -> None:
    claims: Claims = g.claims
    if not actor.entry.tokens_allowed:
        raise TokensOff
    if door.in_person:
        raise NotForTokens
    if claims.cut is not None and claims.cut.read_only and request.method not in SAFE_METHODS:
        raise TokenReadOnly


def _authenticate(*, believing: bool, reading: bool) -> None:
    claims = presented_claims()
    if claims is None:
        raise Unauthenticated
    tenant_id = tenant_id_of(claims.slug)
    enter_context(tenant_id)
    g.claims = claims
    if believing:
        _believe(tenant_id)
        return
    if reading and request.method not in SAFE_METHODS:
        # A body that comes slowly must not hold a connection and a transaction meanwhile.
        request.get_data(cache=True)
    row = rls.enter_session(db.session(), rls.session_check(claims.session_id))
    if row is None:
        raise _ended(claims)
    user_id, state, access_version = row
    actor = actors.cached(tenant_id, user_id, access_version=access_version, state=state)
    if actor is None:
        actor = actors.load(user_id, access_version=access_version, state=state)
    _act(actor)


def _ended(claims: Claims) -> Unauthenticated:
    return SessionEnded() if claims.cut is None else TokenEnded()


@contextmanager
def ending_as_shown() -> Iterator[None]:
    """Say of a session that has ended what it was: a device's, or a token's."""
    try:
        yield
    except SessionEnded:
        raise _ended(g.claims) from None


def _act(actor: Actor) -> None:
    claims: Claims = g.claims
    g.actor = actor if claims.cut is None else api_tokens.narrowed(actor, claims.cut)
    g.session_id = claims.session_id
    set_origin(replace(current_origin(), session_id=claims.session_id, locale=actor.locale))


def _believe(tenant_id: int) -> None:
    """Take the caller of a hot read for who they were when last seen; ask who they are, if not seen yet."""
    session_id = g.claims.session_id
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
    _act(actor)


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


def _read_anew(view: Callable[[], T], *, patience: int = 3) -> T:
    _believe(require_tenant_id())
    try:
        return view()
    except Outdated:
        # Rights and fields can change several times in a moment.
        if patience == 1:
            raise
        return _read_anew(view, patience=patience - 1)


def note_use() -> None:
    """Note that a token was used, if one opened the door."""
    actor: Actor | None = g.get("actor")
    if actor is not None and actor.token_id is not None:
        token_use.note(actor.token_id)


def leave_hot() -> None:
    """Give back what a hot read borrowed."""
    read: HotRead | None = g.pop("hot", None)
    if read is not None:
        read.close()
