"""The browser's and integrations' door: one file per resource."""

from typing import Any

from api.v1 import (
    activities,
    attachments,
    audit_records,
    comments,
    contacts,
    customers,
    departments,
    dev_mailbox,
    exports,
    imports,
    invitations,
    jobs,
    notifications,
    password_resets,
    profile,
    recycle_bin,
    roles,
    search,
    session,
    tasks,
    tenant,
    users,
)

BLUEPRINTS: list[Any] = [
    activities.blp,
    attachments.blp,
    audit_records.blp,
    comments.blp,
    contacts.blp,
    customers.blp,
    departments.blp,
    exports.blp,
    imports.blp,
    invitations.blp,
    jobs.blp,
    notifications.blp,
    password_resets.blp,
    profile.blp,
    recycle_bin.blp,
    roles.blp,
    search.blp,
    session.blp,
    tasks.blp,
    tenant.blp,
    users.blp,
]
DEVELOPMENT_BLUEPRINTS: list[Any] = [dev_mailbox.blp]
