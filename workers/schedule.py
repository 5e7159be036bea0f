"""What happens by the clock. Two schedulers at once do no harm: every task may run twice."""

from typing import Any

SCHEDULE: dict[str, dict[str, Any]] = {
    "advances": {"task": "advances.remind", "schedule": 600.0, "options": {"expires": 600}},
    "approvals": {"task": "approvals.sweep", "schedule": 15.0, "options": {"expires": 15}},
    "bulk-actions": {"task": "bulk_actions.tidy", "schedule": 3600.0, "options": {"expires": 3600}},
    "campaigns": {"task": "campaigns.sweep", "schedule": 15.0, "options": {"expires": 15}},
    "care": {"task": "care.sweep", "schedule": 60.0, "options": {"expires": 60}},
    "comments": {"task": "comments.tidy", "schedule": 3600.0, "options": {"expires": 3600}},
    "files": {"task": "files.sweep", "schedule": 3600.0, "options": {"expires": 3600}},
    "heartbeat": {"task": "heartbeat.beat", "schedule": 15.0, "options": {"expires": 30}},
    "exports": {"task": "exports.tidy", "schedule": 3600.0, "options": {"expires": 3600}},
    "imports": {"task": "imports.tidy", "schedule": 3600.0, "options": {"expires": 3600}},
    "jobs": {"task": "jobs.sweep", "schedule": 10.0, "options": {"expires": 10}},
    "jobs-tidying": {"task": "jobs.tidy", "schedule": 3600.0, "options": {"expires": 3600}},
    "birthdays": {"task": "birthdays.sweep", "schedule": 600.0, "options": {"expires": 600}},
    "reminders": {"task": "reminders.sweep", "schedule": 15.0, "options": {"expires": 15}},
    "quotes": {"task": "quotes.expire", "schedule": 600.0, "options": {"expires": 600}},
    "sessions": {"task": "sessions.tidy", "schedule": 3600.0, "options": {"expires": 3600}},
    "keys": {"task": "keys.tidy", "schedule": 3600.0, "options": {"expires": 3600}},
    "tasks": {"task": "tasks.tidy", "schedule": 3600.0, "options": {"expires": 3600}},
    "trials": {"task": "trials.watch", "schedule": 600.0, "options": {"expires": 600}},
    "audit": {"task": "audit.seal", "schedule": 60.0, "options": {"expires": 60}},
    "audit-everyone": {"task": "audit.seal_everyone", "schedule": 3600.0, "options": {"expires": 3600}},
    "webhooks": {"task": "webhooks.sweep", "schedule": 10.0, "options": {"expires": 10}},
    "webhooks-tidying": {"task": "webhooks.tidy", "schedule": 3600.0, "options": {"expires": 3600}},
    "sms-filings": {"task": "sms_filings.sweep", "schedule": 30.0, "options": {"expires": 30}},
    "returns": {"task": "returns.fetch", "schedule": 60.0, "options": {"expires": 60}},
    "sms-inquiries": {"task": "sms_inquiries.sweep", "schedule": 60.0, "options": {"expires": 60}},
    "outreach": {"task": "outreach.sweep", "schedule": 15.0, "options": {"expires": 15}},
    "deliveries": {"task": "deliveries.sweep", "schedule": 10.0, "options": {"expires": 10}},
}
