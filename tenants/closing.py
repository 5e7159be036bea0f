"""Companies that are closed: nothing goes out for them, and nothing is lost until they are open again."""

from sqlalchemy import ColumnElement, exists

from tenants.context import current_tenant_id
from tenants.models import Tenant, TenantState


def is_open() -> ColumnElement[bool]:
    """That the current company is not closed, as a condition."""
    return exists().where(Tenant.id == current_tenant_id(), Tenant.state != TenantState.CLOSED)
