"""What the current tenant is called outside the database."""

from app.core.db import db
from tenants.context import require_tenant_id
from tenants.models import Tenant


def slug() -> str:
    """The current tenant's name on disk and in addresses."""
    return db.session.get_one(Tenant, require_tenant_id()).slug
