"""What is told of merges: a line of the trail for each record, and others who reckon by them."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.audit.services import Entry
from app.core.db import db
from app.core.events import publish
from app.events.activities import ActivitiesChanged
from app.events.tasks import StepsChanged
from app.merging.kinds import Kind


def entry(kind: Kind, record: Any, action: str, changes: Sequence[Mapping[str, Any]]) -> Entry:
    """A line of the trail about a record."""
    return Entry(
        action=action,
        subject_type=kind.word,
        subject_id=record.id,
        subject_label=record.name,
        changes=changes,
        about_id=getattr(record, "customer_id", None),
    )


def keep_in_step(kind: Kind, records: Sequence[Any]) -> None:
    """Let others reckon anew what hangs on records whose relations have moved."""
    ids = [one.id if kind.word == "customer" else one.customer_id for one in records]
    hosts = tuple(one for one in dict.fromkeys(ids) if one)
    db.session.expire_all()
    publish(ActivitiesChanged(customer_ids=hosts))
    publish(StepsChanged(customer_ids=hosts, contact_ids=()))
