"""Personal API tokens: what a program shows in place of its owner, never more than a cut of their rights.

A token is a session of a kind of its own: it is checked with every request, and ended, as any other session.
Its secret is looked up once per process inside its company's walls; only a digest of it is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, select
from sqlalchemy.orm import Mapped, mapped_column

from app.access import permission_words, tokens
from app.access.actor import Actor
from app.access.models import User
from app.access.permissions import Permission
from app.core.db import Base, db
from app.core.ids import new_id
from tenants.ownership import TenantOwned, belongs_to, points_to

PREFIX = "gx_"
NEVER = frozenset(
    {Permission.FIELD_MANAGE, Permission.ROLE_MANAGE, Permission.TENANT_MANAGE, Permission.USER_MANAGE}
)
"""Who may do what, and on which terms, people decide in person."""
AREAS = tuple(
    dict.fromkeys(p.resource for p in sorted(Permission, key=permission_words.place) if p not in NEVER)
)
_MOST_KEPT = 20_000


class ApiToken(TenantOwned, Base):
    """A token with what its owner has cut their rights down to; its id is that of its session."""

    __tablename__ = "api_tokens"
    __table_args__ = (points_to("users", "user_id", ondelete="CASCADE"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID]
    name: Mapped[str]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    read_only: Mapped[bool]
    areas: Mapped[list[Any]]
    """What it is good for; none named: for everything its owner may do."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    user: Mapped[User] = belongs_to("ApiToken", "user_id", "User")


@dataclass(frozen=True, slots=True)
class Cut:
    """What a token leaves of its owner's rights; it never changes."""

    token_id: UUID
    read_only: bool
    areas: frozenset[str]

    def keeps(self, permission: Permission) -> bool:
        """Whether a permission of the owner is also the token's."""
        if permission in NEVER or (self.read_only and not permission.reads_only):
            return False
        return not self.areas or permission.resource in self.areas


_known: dict[bytes, Cut] = {}
_actors: dict[Cut, tuple[Actor, Actor]] = {}


def issue(slug: str) -> tuple[str, bytes]:
    """A new token of a company, and the digest to keep."""
    token, _ = tokens.issue(slug)
    whole = f"{PREFIX}{token}"
    return whole, tokens.digest(whole)


def slug_of(token: str) -> str | None:
    """The company a token claims to be of."""
    return tokens.slug_of(token.removeprefix(PREFIX))


def known(token: str) -> Cut | None:
    """What a token is, if this process has looked it up before."""
    return _known.get(tokens.digest(token))


def look_up(token: str) -> Cut | None:
    """What a token of the current company is; whether it is still good, its session says."""
    digest = tokens.digest(token)
    kept = db.session.scalars(select(ApiToken).where(ApiToken.digest == digest)).first()
    if kept is None:
        return None
    if len(_known) >= _MOST_KEPT:
        _known.clear()
    _known[digest] = cut = Cut(kept.id, kept.read_only, frozenset(kept.areas))
    return cut


def cut_of(token_id: UUID) -> Cut | None:
    """What a token of the current company leaves of its owner's rights."""
    kept = db.session.scalars(select(ApiToken).where(ApiToken.id == token_id)).first()
    return Cut(kept.id, kept.read_only, frozenset(kept.areas)) if kept else None


def narrowed(owner: Actor, cut: Cut) -> Actor:
    """A token's owner with no more than the token leaves of their rights."""
    made = _actors.get(cut)
    if made is None or made[0] is not owner:
        if len(_actors) >= _MOST_KEPT:
            _actors.clear()
        left = {permission: scope for permission, scope in owner.grants.items() if cut.keeps(permission)}
        made = _actors[cut] = (owner, replace(owner, grants=left, token_id=cut.token_id))
    return made[1]


def names_of(token_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What tokens of the current company are called, by id."""
    wanted = list(token_ids)
    if not wanted:
        return {}
    rows = db.session.execute(select(ApiToken.id, ApiToken.name).where(ApiToken.id.in_(wanted)))
    return {row.id: row.name for row in rows}
