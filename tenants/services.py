"""What the operator, and time, do with tenants."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.events import publish
from tenants import provisioning
from tenants.context import require_tenant_id
from tenants.events import TenantStateChanged
from tenants.models import Tenant, TenantState
from tenants.rls import step_in


def set_state(slug: str, state: TenantState) -> TenantState:
    """Let a tenant do more or less, from the next request on; returns what it was.

    Closing ends every session. A trial that was over begins anew. The trail of the tenant tells of it.

    :raises NotFound: if there is no such tenant
    """
    found = provisioning.tenant_by_slug(slug)
    if found is None:
        raise NotFound
    step_in(db.session(), found.id)
    tenant = _locked(found.id)
    if state is TenantState.TRIAL and _is_over(tenant):
        tenant.trial_ends_at = clock.now() + provisioning.TRIAL
    return _change(tenant, state)


def trials_ending(*, within: timedelta) -> Sequence[int]:
    """The tenants whose trial is over, or will be within that time."""
    return db.session.scalars(
        select(Tenant.id).where(
            Tenant.state == TenantState.TRIAL, Tenant.trial_ends_at <= clock.now() + within
        )
    ).all()


def end_trial() -> bool:
    """Make the current tenant read-only if its trial is over; nothing of it is lost. Says whether it was."""
    tenant = _locked(require_tenant_id())
    if tenant.state != TenantState.TRIAL or not _is_over(tenant):
        return False
    _change(tenant, TenantState.READ_ONLY)
    return True


def _locked(tenant_id: int) -> Tenant:
    return db.session.get_one(Tenant, tenant_id, with_for_update=True, populate_existing=True)


def _is_over(tenant: Tenant) -> bool:
    return tenant.trial_ends_at is not None and tenant.trial_ends_at <= clock.now()


def _change(tenant: Tenant, state: TenantState) -> TenantState:
    before = TenantState(tenant.state)
    if before != state:
        tenant.state = state
        db.session.flush()
        publish(TenantStateChanged(tenant_id=tenant.id, before=before, after=state))
    return before
