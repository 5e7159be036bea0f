"""Personal API tokens: one's own, and, for those who manage colleagues, everyone's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.api_tokens import ApiToken
from app.access.models import UserSession
from app.access.permissions import Permission
from app.access.rules import permitted, unlocked
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCard:
    """A token, whether it still opens anything, and when it last did."""

    token: ApiToken
    state: str
    last_used_at: datetime | None = None
    last_used_ip: str | None = None


@unlocked("one's own tokens")
def own_page(actor: Actor, *, after: UUID | None, limit: int) -> Sequence[TokenCard]:
    """One's own tokens, the newest first, from behind `after`."""
    return _cards(_tokens().where(ApiToken.user_id == actor.id), after, limit)


@permitted(Permission.USER_MANAGE)
def page(_actor: Actor, *, after: UUID | None, limit: int) -> Sequence[TokenCard]:
    """Everyone's tokens, the newest first, from behind `after`."""
    return _cards(_tokens(), after, limit)


@unlocked("one's own tokens, or everyone's for those who manage colleagues")
def get(actor: Actor, token_id: UUID) -> TokenCard:
    """One token.

    :raises NotFound: if there is none such, or it is a colleague's and none of one's business
    """
    found = _cards(_tokens().where(ApiToken.id == token_id), None, 1)
    if not found or (found[0].token.user_id != actor.id and not actor.may(Permission.USER_MANAGE)):
        raise NotFound
    return found[0]


def _tokens() -> Select[ApiToken, UserSession]:
    return (
        select(ApiToken, UserSession)
        .outerjoin(
            UserSession, and_(UserSession.tenant_id == ApiToken.tenant_id, UserSession.id == ApiToken.id)
        )
        .options(joinedload(ApiToken.user))
    )


def _cards(statement: Select[ApiToken, UserSession], after: UUID | None, limit: int) -> Sequence[TokenCard]:
    if after is not None:
        statement = statement.where(ApiToken.id < after)
    rows = db.session.execute(statement.order_by(ApiToken.id.desc()).limit(limit))
    return [_card(token, session) for token, session in rows]


def _card(token: ApiToken, session: UserSession | None) -> TokenCard:
    if session is None:
        # Sessions that are long over are forgotten.
        return TokenCard(token=token, state="expired")
    used = session.last_seen_at > session.created_at
    return TokenCard(
        token=token,
        state=_state(session),
        last_used_at=session.last_seen_at if used else None,
        last_used_ip=session.ip if used else None,
    )


def _state(session: UserSession) -> str:
    if session.ended_at is not None:
        return "ended"
    return "active" if session.expires_at > clock.now() else "expired"
