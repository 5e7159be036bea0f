"""Invitations, and what one shows to whoever holds its link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.models import Invitation, InvitationState, Role
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationCard:
    """An invitation with the roles it brings, and its state just now."""

    invitation: Invitation
    roles: Sequence[Role]
    state: InvitationState


@permitted(Permission.USER_READ)
def page(_actor: Actor, *, state: str | None, after: UUID | None, limit: int) -> Sequence[InvitationCard]:
    """Invitations, the newest first, from behind `after`."""
    at = clock.now()
    statement = _invitations().order_by(Invitation.id.desc()).limit(limit)
    if after is not None:
        statement = statement.where(Invitation.id < after)
    if state is not None:
        statement = statement.where(*_in_state(InvitationState(state), at))
    return cards(db.session.scalars(statement).all())


@permitted(Permission.USER_READ)
def get(_actor: Actor, invitation_id: UUID) -> InvitationCard:
    """One invitation.

    :raises NotFound: if there is none such
    """
    found = db.session.scalars(_invitations().where(Invitation.id == invitation_id)).first()
    if found is None:
        raise NotFound
    return cards([found])[0]


def cards(invitations: Sequence[Invitation]) -> Sequence[InvitationCard]:
    """Invitations with their roles; a role deleted meanwhile is left out."""
    at = clock.now()
    wanted = {UUID(role_id) for invitation in invitations for role_id in invitation.role_ids}
    roles: Mapping[UUID, Role] = {
        role.id: role for role in db.session.scalars(select(Role).where(Role.id.in_(wanted)))
    }
    return [
        InvitationCard(
            invitation=invitation,
            roles=[roles[UUID(id_)] for id_ in invitation.role_ids if UUID(id_) in roles],
            state=invitation.state_at(at),
        )
        for invitation in invitations
    ]


def open_ones() -> Select[Invitation]:
    """Those that are neither accepted nor revoked, even if too old."""
    return select(Invitation).where(Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))


def locked(invitations: Select[Invitation]) -> Select[Invitation]:
    """The same as they are now, held until the transaction ends: who accepts one meanwhile comes second."""
    held = invitations.order_by(Invitation.id).with_for_update(of=Invitation, key_share=True)
    return held.execution_options(populate_existing=True)


def _in_state(state: InvitationState, at: datetime) -> list[ColumnElement[bool]]:
    if state is InvitationState.ACCEPTED:
        return [Invitation.accepted_at.is_not(None)]
    if state is InvitationState.REVOKED:
        return [Invitation.accepted_at.is_(None), Invitation.revoked_at.is_not(None)]
    young = Invitation.expires_at > at
    return [
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        young if state is InvitationState.PENDING else ~young,
    ]


def _invitations() -> Select[Invitation]:
    return select(Invitation).options(joinedload(Invitation.department), joinedload(Invitation.invited_by))
