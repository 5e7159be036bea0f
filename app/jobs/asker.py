"""Whoever asked for a job, with what they may do at this moment: not what they could when they asked."""

from uuid import UUID

from sqlalchemy import select

from app.access import actors, api_tokens
from app.access.actor import Actor
from app.access.models import User, UserState
from app.core.db import db
from app.core.errors import Forbidden
from tenants.context import require_tenant_id
from tenants.models import Tenant, TenantState


class UserDisabled(Forbidden):
    """Whoever asked for the work may no longer sign in to this company."""

    code = "user-disabled"


class TenantClosed(Forbidden):
    """The company has left."""

    code = "tenant-closed"


def present(user_id: UUID, token_id: UUID | None = None) -> Actor:
    """A user of the current tenant as an actor.

    :param token_id: the token that asked in their place, of which no more can come than it leaves

    :raises UserDisabled: if they may do nothing any more
    :raises TenantClosed: if nobody may
    """
    tenant_id = require_tenant_id()
    row = db.session.execute(
        select(User.state, Tenant.state, Tenant.access_version)
        .join(Tenant, Tenant.id == User.tenant_id)
        .where(User.id == user_id)
    ).one()
    user_state, tenant_state, access_version = row
    if user_state != UserState.ACTIVE:
        raise UserDisabled
    if tenant_state == TenantState.CLOSED:
        raise TenantClosed
    kept = actors.cached(tenant_id, user_id, access_version=access_version, state=tenant_state)
    actor = kept or actors.load(user_id, access_version=access_version, state=tenant_state)
    if token_id is None:
        return actor
    cut = api_tokens.cut_of(token_id)
    if cut is None:
        raise UserDisabled
    return api_tokens.narrowed(actor, cut)
