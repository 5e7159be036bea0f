"""What the trail tells of activities."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.activities.models import Activity
from app.audit.services import Entry

SUBJECT = "activity"


def entry(activity: Activity, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    """What the trail tells of an activity."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=activity.id,
        subject_label=activity.gist,
        changes=changes,
        about_id=activity.customer_id or activity.contact_id,
        also_about_id=activity.contact_id if activity.customer_id else None,
    )
