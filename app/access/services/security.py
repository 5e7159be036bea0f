"""What a company demands of whoever enters it."""

from collections.abc import Mapping
from typing import Any

from app.access import actors, security
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.queries.standing import tenant_of
from app.access.rules import permitted
from app.access.security import SecurityPolicy
from app.access.services.tenant import SUBJECT_ID
from app.audit import services as audit
from app.audit.services import Entry
from app.core.db import db


@permitted(Permission.TENANT_MANAGE)
def policy(_actor: Actor) -> SecurityPolicy:
    """What the company demands."""
    return security.current()


@permitted(Permission.TENANT_MANAGE)
def change(actor: Actor, changes: Mapping[str, Any]) -> SecurityPolicy:
    """Demand something else, from the next request on.

    :param changes: any of the policy's fields
    """
    actors.access_changed()
    wanted = security.current()
    told = [
        {"field": name, "before": audit.plain(getattr(wanted, name)), "after": audit.plain(value)}
        for name, value in changes.items()
        if getattr(wanted, name) != value
    ]
    if not told:
        return wanted
    for name, value in changes.items():
        setattr(wanted, name, value)
    wanted.version += 1
    db.session.add(wanted)
    db.session.flush()
    audit.record(
        actor,
        Entry(
            action="updated",
            subject_type="security-policy",
            subject_id=SUBJECT_ID,
            subject_label=tenant_of(actor).name,
            changes=told,
        ),
    )
    return wanted
