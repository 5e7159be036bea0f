"""Telling the trail about webhooks."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.audit import services as audit
from app.audit.services import Doer, Entry

SUBJECT = "webhook"


def tell(
    doer: Doer, action: str, webhook_id: UUID, name: str, changes: Sequence[Mapping[str, Any]] = ()
) -> None:
    """Add one line to the trail."""
    audit.record(
        doer,
        Entry(
            action=action, subject_type=SUBJECT, subject_id=webhook_id, subject_label=name, changes=changes
        ),
    )
