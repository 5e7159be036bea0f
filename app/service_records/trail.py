"""What the trail tells of service records: what people read, not ids."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.access.models import User
from app.assets.models import Asset
from app.audit.services import Entry
from app.contacts.models import Contact
from app.hosted.placing import ref
from app.service_records.models import ServiceRecord
from app.service_records.policies import SUBJECT


def entry(record: ServiceRecord, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    """One line about a service record, which the timelines of its customer and asset tell too."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=record.id,
        subject_label=record.gist,
        changes=changes,
        about_id=record.customer_id,
        also_about_id=record.asset_id,
    )


def shown(record: ServiceRecord) -> dict[str, Any]:
    """What of a service record is told when it changes."""
    fee = None if record.fee is None else {"amount": record.fee, "currency": record.currency}
    done_by = ref(User, record.done_by_id)
    return {
        "kind": record.kind,
        "content": record.content,
        "done_on": record.done_on.isoformat(),
        "done_by": done_by["name"] if done_by else record.done_by_name,
        "next_due_on": record.next_due_on.isoformat() if record.next_due_on else None,
        "fee": fee,
        "asset": ref(Asset, record.asset_id),
        "contact": ref(Contact, record.contact_id),
    }
