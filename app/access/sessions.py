"""Sessions: begun at sign-in, checked at every request, ended within one.

An access token lives ten minutes and names its session. A refresh token is used once; using it again means
that somebody has a copy, so the whole session ends.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Result, func, select, update

from app.access import addresses, security, tidying, tokens
from app.access.actor import Actor
from app.access.models import RefreshToken, User, UserSession, UserState
from app.access.rules import unlocked
from app.access.security import SecurityPolicy
from app.access.trail import changed, tell
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Unauthenticated
from app.core.ids import new_id
from app.core.origin import current_origin
from tenants.context import require_tenant_id, tenant_scope
from tenants.models import Tenant

LIFETIME = timedelta(days=30)
DEVICE, TOKEN = "device", "token"


class SessionEnded(Unauthenticated):
    """The session has been ended, here or from elsewhere."""

    code = "session-ended"


class RefreshReused(Unauthenticated):
    """A refresh token came twice; its session is ended."""

    code = "refresh-reused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A session ready to use: its ids and the refresh token, shown only now."""

    tenant: Tenant
    user: User
    session_id: UUID
    refresh_token: str
    replayed: bool = False
    """Whether the request that asked for it had been served before."""


def open_session(user: User, tenant: Tenant) -> Opened:
    """Begin a session of a user in the current tenant.

    :raises SessionEnded: if the user has been disabled a moment ago
    :raises AddressRefused: if the company lets nobody in from where they are
    """
    policy = security.current()
    addresses.demand(policy.allowed_networks)
    user_seen(user.id)
    origin, at = current_origin(), clock.now()
    session = UserSession(
        id=new_id(),
        user_id=user.id,
        person_id=user.person_id,
        created_at=at,
        last_seen_at=at,
        expires_at=policy.session_end(begun_at=at, seen_at=at),
        ip=origin.ip,
        user_agent=(origin.user_agent or "")[:300] or None,
    )
    db.session.add(session)
    db.session.flush()
    tidying.note(session.expires_at)
    return Opened(
        tenant=tenant, user=user, session_id=session.id, refresh_token=_next_refresh(tenant.slug, session.id)
    )


def _next_refresh(slug: str, session_id: UUID) -> str:
    token, digest = tokens.issue(slug)
    db.session.add(RefreshToken(digest=digest, session_id=session_id, issued_at=clock.now()))
    db.session.flush()
    return token


def user_seen(user_id: UUID) -> None:
    """Note that a user was here; it does not count as a change of the user.

    It comes before anything about sessions is written, and so does disabling a user: of the two, the second
    waits for the first and sees what it did.

    :raises SessionEnded: if the user has been disabled
    """
    seen = db.session.execute(
        update(User)
        .where(User.id == user_id, User.state == UserState.ACTIVE)
        .values(last_seen_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    if _count(seen) == 0:
        raise SessionEnded


def end_sessions(
    *, because: str, user_id: UUID | None = None, session_id: UUID | None = None, keep: UUID | None = None
) -> list[UUID]:
    """End sessions of the current tenant, tokens too: one, or all of a user but `keep`; gives those ended."""
    if user_id is None and session_id is None:
        raise ValueError("say whose sessions end")
    which = []
    if user_id is not None:
        which.append(UserSession.user_id == user_id)
    if session_id is not None:
        which.append(UserSession.id == session_id)
    if keep is not None:
        which.append(UserSession.id != keep)
    return _end(because, *which)


def end_every_session(*, because: str) -> list[UUID]:
    """End all sessions of the current tenant; returns those ended."""
    return _end(because)


def shorten(policy: SecurityPolicy) -> None:
    """Let no device of the current tenant stay signed in for longer than the company now demands."""
    ends = [UserSession.created_at + timedelta(hours=policy.session_hours)]
    if policy.idle_minutes is not None:
        ends.append(UserSession.last_seen_at + timedelta(minutes=policy.idle_minutes) + security.GRACE)
    db.session.execute(
        update(UserSession)
        .where(
            UserSession.kind == DEVICE,
            UserSession.ended_at.is_(None),
            UserSession.expires_at > clock.now(),
        )
        .values(expires_at=func.least(UserSession.expires_at, *ends))
        .execution_options(synchronize_session=False)
    )


def _end(because: str, *which: ColumnElement[bool]) -> list[UUID]:
    at = clock.now()
    ended = db.session.scalars(
        update(UserSession)
        .where(UserSession.ended_at.is_(None), UserSession.expires_at > at, *which)
        .values(ended_at=at, ended_because=because)
        .returning(UserSession.id)
        .execution_options(synchronize_session=False)
    )
    return list(ended)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What presenting a refresh token led to; `opened` is None when it was a copy and all has ended."""

    opened: Opened | None


def refresh(token: str, tenant: Tenant) -> Refreshed:
    """Exchange a refresh token for the next one, inside its tenant.

    A reused token ends its session; the caller commits that and then refuses.

    :raises SessionEnded: if the token or its session is no longer good
    """
    with tenant_scope(tenant.id):
        kept = db.session.scalars(
            select(RefreshToken).where(RefreshToken.digest == tokens.digest(token))
        ).first()
        if kept is None:
            raise SessionEnded
        if not _use(kept):
            end_sessions(because="refresh-reused", session_id=kept.session_id)
            return Refreshed(None)
        session, user = _living(kept.session_id)
        policy, at = security.current(), clock.now()
        addresses.demand(policy.allowed_networks)
        user_seen(user.id)
        session.last_seen_at = at
        session.expires_at = policy.session_end(begun_at=session.created_at, seen_at=at)
        return Refreshed(
            Opened(
                tenant=tenant,
                user=user,
                session_id=session.id,
                refresh_token=_next_refresh(tenant.slug, session.id),
            )
        )


def _use(kept: RefreshToken) -> bool:
    """Mark a token used; False if it was already, even a moment ago by another request."""
    used = db.session.execute(
        update(RefreshToken)
        .where(RefreshToken.digest == kept.digest, RefreshToken.used_at.is_(None))
        .values(used_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    return _count(used) == 1


def _count(result: Result[Any]) -> int:
    assert isinstance(result, CursorResult)  # noqa: S101  (narrows the type; an UPDATE always gives one)
    return result.rowcount


def _living(session_id: UUID) -> tuple[UserSession, User]:
    row = db.session.execute(
        select(UserSession, User)
        .join(User, (User.tenant_id == UserSession.tenant_id) & (User.id == UserSession.user_id))
        .where(
            UserSession.id == session_id,
            UserSession.tenant_id == require_tenant_id(),
            UserSession.ended_at.is_(None),
            UserSession.expires_at > clock.now(),
            User.state == UserState.ACTIVE,
        )
    ).first()
    if row is None:
        raise SessionEnded
    return row[0], row[1]


@unlocked("one's own devices")
def end_own(actor: Actor, *, session_id: UUID | None = None, keep: UUID | None = None) -> None:
    """End one of one's own sessions, or all but one.

    :raises NotFound: if the session is not one's own or has ended
    """
    which = [UserSession.user_id == actor.id, UserSession.kind == DEVICE]
    if session_id is not None:
        which.append(UserSession.id == session_id)
    if keep is not None:
        which.append(UserSession.id != keep)
    ended = _end("revoked", *which)
    if session_id is not None and not ended:
        raise NotFound
    tell(actor, "sessions-ended", actor, [changed("sessions", len(ended), 0)])
