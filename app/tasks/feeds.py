"""One's tasks in a calendar of one's own: an address that cannot be guessed, renewed and revoked at will."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from app.access import actors, throttle, tokens
from app.access.actor import Actor
from app.access.models import User, UserState
from app.access.permissions import Permission
from app.access.queries.standing import tenant_of
from app.access.rules import permitted, unlocked
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.tasks.models import TaskFeed
from tenants import provisioning
from tenants.models import Tenant, TenantState
from tenants.rls import step_in

_TOKEN = re.compile(r"[A-Za-z0-9._-]{1,200}")
SUBJECT = "task_feed"


@dataclass(frozen=True, slots=True)
class Subscribed:
    """Whose tasks an address gives, and the company they belong to."""

    actor: Actor
    company: str


@permitted(Permission.TASK_READ)
def since(actor: Actor) -> datetime | None:
    """From when on the actor's address has been good; None without one."""
    return db.session.scalar(select(TaskFeed.created_at).where(TaskFeed.user_id == actor.id))


@permitted(Permission.TASK_READ)
def renew(actor: Actor) -> str:
    """A new address; the one before is dead from now on. Its token is shown now, and kept nowhere."""
    token, digest = tokens.issue(tenant_of(actor).slug)
    fresh = {"digest": digest, "created_at": clock.now()}
    db.session.execute(
        insert(TaskFeed)
        .values(user_id=actor.id, **fresh)
        .on_conflict_do_update(index_elements=[TaskFeed.tenant_id, TaskFeed.user_id], set_=fresh)
    )
    audit.record(actor, _entry(actor, "created"))
    return token


@permitted(Permission.TASK_READ)
def revoke(actor: Actor) -> None:
    """Let the actor's address be dead from now on; without one nothing happens."""
    if since(actor) is not None:
        db.session.execute(delete(TaskFeed).where(TaskFeed.user_id == actor.id))
        audit.record(actor, _entry(actor, "revoked"))


@unlocked("whoever holds the address; it gives what its owner may read at this moment")
def open_address(token: str) -> Subscribed:
    """Enter the tenant of an address that is good, as its owner.

    :raises NotFound: if it is not, or no longer
    """
    throttle.count(throttle.FEED_BY_ADDRESS, throttle.here())
    slug = tokens.slug_of(token) if _TOKEN.fullmatch(token) else None
    tenant = provisioning.tenant_by_slug(slug) if slug else None
    if tenant is None or tenant.state == TenantState.CLOSED:
        raise NotFound
    tenant_id = tenant.id
    step_in(db.session(), tenant_id)
    tenant = db.session.get_one(Tenant, tenant_id)
    user_id = db.session.scalar(
        select(TaskFeed.user_id)
        .join(User, (User.tenant_id == TaskFeed.tenant_id) & (User.id == TaskFeed.user_id))
        .where(TaskFeed.digest == tokens.digest(token), User.state == UserState.ACTIVE)
    )
    if user_id is None:
        raise NotFound
    actor = actors.load(user_id, access_version=tenant.access_version, state=tenant.state)
    if not actor.may(Permission.TASK_READ):
        raise NotFound
    return Subscribed(actor, tenant.name)


def _entry(actor: Actor, action: str) -> Entry:
    return Entry(action=action, subject_type=SUBJECT, subject_id=actor.id, subject_label=actor.name)
