"""Templates as the trail tells of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.audit.services import Entry
from app.message_templates.models import MessageTemplate

SUBJECT = "message-template"
_TOLD = {
    "name": "name",
    "way": "message_way",
    "purpose": "message_purpose",
    "locale": "locale",
    "subject": "message_subject",
    "body": "message_body",
    "links": "message_links",
    "state": "template_state",
}
_LONGEST = 2000


def shown(template: MessageTemplate) -> dict[str, Any]:
    """What of a template people are told when it changes."""
    told = {field: getattr(template, name) for name, field in _TOLD.items()}
    return told | {"message_body": template.body[:_LONGEST]}


def entry(template: MessageTemplate, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    """One line about a template."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=template.id,
        subject_label=template.name,
        changes=changes,
    )
