"""The browser's and integrations' door: one file per resource."""

from typing import Any

from api.v1 import (
    audit_records,
    customers,
    departments,
    dev_mailbox,
    imports,
    invitations,
    jobs,
    notifications,
    password_resets,
    profile,
    roles,
    session,
    tenant,
    users,
)

BLUEPRINTS: list[Any] = [
    audit_records.blp,
    customers.blp,
    departments.blp,
    imports.blp,
    invitations.blp,
    jobs.blp,
    notifications.blp,
    password_resets.blp,
    profile.blp,
    roles.blp,
    session.blp,
    tenant.blp,
    users.blp,
]
DEVELOPMENT_BLUEPRINTS: list[Any] = [dev_mailbox.blp]
