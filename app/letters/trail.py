"""Letters as the trail tells of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.audit.services import Entry
from app.letters.models import Letter

SUBJECT = "letter"
_LONGEST = 2000
_TOLD = {
    "name": "name",
    "locale": "locale",
    "heading": "letter_heading",
    "salutation": "letter_salutation",
    "signature": "letter_signature",
    "letterhead": "letterhead",
    "dated_on": "letter_dated_on",
    "sender_name": "sender_name",
    "sender_address": "sender_address",
    "sender_postcode": "sender_postcode",
    "sender_phone": "sender_phone",
    "audience": "audience",
    "campaign_id": "letter_campaign",
    "campaign_part": "campaign_part",
    "one_each": "one_each",
}


def shown(letter: Letter) -> dict[str, Any]:
    """What of a letter people are told when it changes."""
    told = {field: getattr(letter, name) for name, field in _TOLD.items()}
    plain = {field: value if _is_plain(value) else str(value) for field, value in told.items()}
    return plain | {"letter_body": letter.body[:_LONGEST]}


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | bool | dict)


def entry(letter: Letter, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    """One line about a letter."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=letter.id,
        subject_label=letter.name,
        changes=changes,
    )
