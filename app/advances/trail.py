"""What the trail is told about advances: what people read."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.advances.models import Advance
from app.audit.services import Entry

SUBJECT = "advance"
Change = Mapping[str, Any]
TOLD = ("title", "currency", "remark")


def entry(advance: Advance, action: str, changes: Sequence[Change] = ()) -> Entry:
    """One line about an advance."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=advance.id,
        subject_label=advance.label,
        changes=changes,
        about_id=advance.id,
    )


def money(advance: Advance, amount: int) -> dict[str, Any]:
    """An amount in the currency of an advance."""
    return {"amount": amount, "currency": advance.currency}


def shown(advance: Advance) -> dict[str, Any]:
    """What of an advance is told when it changes."""
    plain = {name: getattr(advance, name) for name in TOLD}
    return {**plain, "amount": money(advance, advance.amount), "due_on": advance.due_on.isoformat()}


def moved(advance: Advance, before: int, after: int, **more: str | None) -> list[dict[str, Any]]:
    """What becomes of what is owed, and what else is to be known of it."""
    told = [{"field": name, "before": None, "after": said} for name, said in more.items() if said]
    return [
        {"field": "outstanding", "before": money(advance, before), "after": money(advance, after)},
        *told,
    ]
