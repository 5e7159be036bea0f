"""What the trail is told about expense requests: what people read."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.audit.services import Entry
from app.core.money import CURRENCIES
from app.expense_requests.models import ExpenseRequest

SUBJECT = "expense-request"
Change = Mapping[str, Any]
_TOLD = ("title", "currency", "remark", "city")
_DAYS = ("starts_on", "ends_on")


def entry(request: ExpenseRequest, action: str, changes: Sequence[Change] = ()) -> Entry:
    """One line about a request."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=request.id,
        subject_label=request.label,
        changes=changes,
        about_id=request.id,
    )


def shown(request: ExpenseRequest) -> dict[str, Any]:
    """What of a request is told when it changes, but for its lines, and whom it is for."""
    days = {name: getattr(request, name) for name in _DAYS}
    return {
        **{name: getattr(request, name) for name in _TOLD},
        **{name: day and day.isoformat() for name, day in days.items()},
        "amount": {"amount": request.amount, "currency": request.currency},
    }


def of_whom(name: str, before: UUID | None, after: UUID | None) -> dict[str, Any]:
    """That a request is for another customer or quote; not which one, as not all who read of it see that."""
    noun = name.removesuffix("_id")
    if before and after:
        return {"field": f"other_{noun}", "before": None, "after": True}
    return {"field": f"for_{noun}", "before": before is not None, "after": after is not None}


def of_lines(before: Sequence[str], after: Sequence[str]) -> list[dict[str, Any]]:
    """The lines that are other than they were, as one change; nothing if none is."""
    if list(before) == list(after):
        return []
    was, is_now = [one for one in before if one not in after], [one for one in after if one not in before]
    # What only stands in another order is told whole.
    told = (was, is_now) if was or is_now else (list(before), list(after))
    return [{"field": "lines", "before": told[0], "after": told[1]}]


def told(line: Mapping[str, Any], kind: str, currency: str) -> str:
    """A line as people read it: `住宿 · 1200.00 CNY · 两晚`."""
    amount = f"{Decimal(line['amount']).scaleb(-CURRENCIES[currency]):f} {currency}"
    return " · ".join(part for part in (kind, amount, line["description"]) if part)
