"""Stories that cross domains. Importing this package makes them listen."""

from app.flows import (
    access_mails,
    approval_notices,
    bulk_endings,
    customer_activities,
    customer_contacts,
    customer_follow_ups,
    export_endings,
    import_notices,
    owner_moves,
    record_kinds,
    record_notes,
    task_reminders,
    tenant_states,
    trials,
    view_kinds,
    webhook_events,
)

__all__ = [
    "access_mails",
    "approval_notices",
    "bulk_endings",
    "customer_activities",
    "customer_contacts",
    "customer_follow_ups",
    "export_endings",
    "import_notices",
    "owner_moves",
    "record_kinds",
    "record_notes",
    "task_reminders",
    "tenant_states",
    "trials",
    "view_kinds",
    "webhook_events",
]
