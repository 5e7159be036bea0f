"""What the operator does with tenants."""

from app.core.db import db
from app.core.errors import NotFound
from app.core.events import publish
from tenants import provisioning
from tenants.events import TenantStateChanged
from tenants.models import Tenant, TenantState
from tenants.rls import step_in


def set_state(slug: str, state: TenantState) -> TenantState:
    """Let a tenant do more or less, from the next request on; returns what it was.

    Closing ends every session. The trail of the tenant tells of it.

    :raises NotFound: if there is no such tenant
    """
    found = provisioning.tenant_by_slug(slug)
    if found is None:
        raise NotFound
    tenant_id = found.id
    step_in(db.session(), tenant_id)
    tenant = db.session.get_one(Tenant, tenant_id)
    before = TenantState(tenant.state)
    if before != state:
        tenant.state = state
        db.session.flush()
        publish(TenantStateChanged(tenant_id=tenant_id, before=before, after=state))
    return before
