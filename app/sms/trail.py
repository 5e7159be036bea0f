"""What the trail is told of accounts and of the texts that were handed in there."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.audit.services import Entry
from app.sms.models import SmsAccount

SUBJECT = "sms-account"
SHOWN = ("vendor", "name", "state", "app_id", "key_id", "signature", "price", "per_minute", "place")


def shown(account: SmsAccount) -> dict[str, Any]:
    """An account as the trail tells it: never its secret."""
    return {name: getattr(account, name) for name in SHOWN}


def entry(account: SmsAccount, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    """One line about an account."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=account.id,
        subject_label=account.name,
        changes=changes,
    )
