"""What the current tenant is called outside the database."""

from sqlalchemy import select

from app.core.db import db
from tenants.context import require_tenant_id
from tenants.models import Tenant


def slug() -> str:
    """The current tenant's name on disk and in addresses."""
    return db.session.scalars(select(Tenant.slug).where(Tenant.id == require_tenant_id())).one()
