"""Making and revoking personal API tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from app.access import api_tokens, policies, sessions, throttle, tidying
from app.access.actor import Actor
from app.access.api_tokens import ApiToken
from app.access.models import User, UserSession
from app.access.queries import users
from app.access.queries.api_tokens import TokenCard
from app.access.queries.standing import tenant_of
from app.access.rules import unlocked
from app.access.trail import changed, tell
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.core.ids import new_id

MOST = 50
"""How many living tokens one may have."""


class TokensOff(Forbidden):
    """The company does not let programs in."""

    code = "api-tokens-off"


class TooManyTokens(Conflict):
    """One has enough of them; those no longer needed are to be revoked first."""

    code = "too-many-api-tokens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A new token; its secret is shown only now."""

    card: TokenCard
    secret: str


@unlocked("a token of one's own, with no more than one has")
def create(actor: Actor, *, name: str, days: int, read_only: bool, areas: Sequence[str] | None) -> Made:
    """A new token for oneself.

    :param areas: what it is good for; None for everything one may do
    :raises TokensOff: where the company lets no programs in
    :raises TooManyTokens: when one has enough
    """
    if not actor.entry.tokens_allowed:
        raise TokensOff
    sessions.user_seen(actor.id)
    if _living(actor) >= MOST:
        raise TooManyTokens(max=MOST)
    throttle.count(throttle.API_TOKENS_BY_USER, str(actor.id))
    secret, digest = api_tokens.issue(tenant_of(actor).slug)
    at, user = clock.now(), db.session.get_one(User, (actor.tenant_id, actor.id))
    token = ApiToken(
        id=new_id(),
        user_id=actor.id,
        name=name,
        digest=digest,
        read_only=read_only,
        areas=sorted(set(areas or ())),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    _open(token, user)
    db.session.add(token)
    db.session.flush()
    tell(actor, "created", token, audit.facts_of(token, ("name", "read_only", "areas", "expires_at")))
    return Made(card=TokenCard(token=token, state="active"), secret=secret)


@unlocked("one's own tokens; those of colleagues under the lock on managing them")
def revoke(actor: Actor, card: TokenCard) -> None:
    """Let a token open nothing from the next request on; doing it again changes nothing.

    :raises BeyondOwnRights: if it is a colleague's who may do more than the actor
    """
    token = card.token
    if token.user_id != actor.id:
        owner = users.get(actor, token.user_id)
        if not policies.manage_user.allows(actor, owner):
            raise policies.manage_user.refusal(actor)
    if sessions.end_sessions(because="revoked", session_id=token.id):
        tell(actor, "revoked", token, [changed("name", token.name, None)])


def _open(token: ApiToken, user: User) -> None:
    """The session that the token is."""
    db.session.add(
        UserSession(
            id=token.id,
            kind=sessions.TOKEN,
            user_id=user.id,
            person_id=user.person_id,
            created_at=token.created_at,
            last_seen_at=token.created_at,
            expires_at=token.expires_at,
        )
    )
    db.session.flush()
    tidying.note(token.expires_at)


def _living(actor: Actor) -> int:
    living = select(func.count()).where(
        UserSession.user_id == actor.id,
        UserSession.kind == sessions.TOKEN,
        UserSession.ended_at.is_(None),
        UserSession.expires_at > clock.now(),
    )
    return db.session.scalar(living) or 0
