"""What follows when a tenant may do more or less than before."""

from app.access import sessions
from app.access.actor import Actor
from app.access.services.tenant import SUBJECT_ID
from app.access.trail import changed
from app.audit import services as audit
from app.audit.services import Entry
from app.core.db import db
from app.core.events import on
from tenants.events import TenantStateChanged
from tenants.models import Tenant, TenantState


@on(TenantStateChanged)
def tell_the_trail(event: TenantStateChanged) -> None:
    """The company itself sees in its trail when the operator did what."""
    tenant = db.session.get_one(Tenant, event.tenant_id)
    audit.record(
        Actor.system(event.tenant_id),
        Entry(
            action="state-changed",
            subject_type="tenant",
            subject_id=SUBJECT_ID,
            subject_label=tenant.name,
            changes=[changed("state", event.before.value, event.after.value)],
        ),
    )


@on(TenantStateChanged)
def end_sessions_of_the_closed(event: TenantStateChanged) -> None:
    """A closed company lets nobody in, and whoever was in is out for good."""
    if event.after is TenantState.CLOSED:
        sessions.end_every_session(because="tenant-closed")
