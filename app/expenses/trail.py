"""What the trail is told about expenses: what people read."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from app.audit.services import Entry
from app.core.money import CURRENCIES
from app.expenses.models import ExpenseClaim

SUBJECT = "expense-claim"
Change = Mapping[str, Any]
TOLD = ("title", "currency", "remark")


def entry(claim: ExpenseClaim, action: str, changes: Sequence[Change] = ()) -> Entry:
    """One line about a claim."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=claim.id,
        subject_label=claim.label,
        changes=changes,
        about_id=claim.id,
    )


def shown(claim: ExpenseClaim) -> dict[str, Any]:
    """What of a claim is told when it changes, but for its lines."""
    amount = {"amount": claim.amount, "currency": claim.currency}
    return {**{name: getattr(claim, name) for name in TOLD}, "amount": amount}


def paid(claim: ExpenseClaim, written_off: int, facts: Mapping[str, str | None]) -> list[dict[str, Any]]:
    """What is told of a payment: what of it was offset by advances, and what else is known of it."""
    told: list[dict[str, Any]] = [
        {"field": name, "before": None, "after": said} for name, said in facts.items() if said
    ]
    if written_off:
        money = {"amount": written_off, "currency": claim.currency}
        told.append({"field": "written_off", "before": None, "after": money})
    return told


def told(line: Mapping[str, Any], kind: str, currency: str, receipts: int) -> str:
    """A line as people read it: `交通 · 2026-11-20 · 128.00 CNY · 上海 · [2]` (receipts)."""
    amount = f"{Decimal(line['amount']).scaleb(-CURRENCIES[currency]):f} {currency}"
    files = f"[{receipts}]" if receipts else ""
    parts = (
        kind,
        str(line["spent_on"]),
        amount,
        line["city"],
        line["description"],
        line["over_reason"],
        files,
    )
    return " · ".join(part for part in parts if part)
