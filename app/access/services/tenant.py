"""The company's own settings."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.access import actors
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.audit import services as audit
from app.audit.services import Entry
from app.core.db import db
from tenants.models import Tenant

# The tenant's own id never leaves the server; within a tenant there is but one.
SUBJECT_ID = UUID(int=0)


@permitted(Permission.TENANT_MANAGE)
def change(actor: Actor, tenant: Tenant, changes: Mapping[str, Any]) -> None:
    """Change the company's name, language or time zone.

    :param changes: any of name, locale, timezone
    """
    for field in ("name", "locale", "timezone"):
        setattr(tenant, field, changes.get(field, getattr(tenant, field)))
    told = audit.changes_of(tenant)
    db.session.flush()
    if told:
        # Actors know what day it is where the company is.
        actors.access_changed()
        audit.record(
            actor,
            Entry(
                action="updated",
                subject_type="tenant",
                subject_id=SUBJECT_ID,
                subject_label=tenant.name,
                changes=told,
            ),
        )
