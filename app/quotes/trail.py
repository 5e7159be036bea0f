"""What the trail is told about quotes: what people read, never what things cost the company."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.audit.services import Entry
from app.contacts.models import Contact
from app.core.db import db
from app.core.money import written
from app.core.quantities import parts_written
from app.customers.models import Customer
from app.quotes.models import Quote
from tenants.context import require_tenant_id

SUBJECT = "quote"
Change = Mapping[str, Any]
_NAMED: dict[str, type[Any]] = {"customer": Customer, "contact": Contact}
_NOBODY: Mapping[UUID, str] = {}
TOLD = ("title", "currency", "with_tax", "terms", "remark")


def entry(quote: Quote, action: str, changes: Sequence[Change] = ()) -> Entry:
    """One line about a quote, which its customer's timeline tells too."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=quote.id,
        subject_label=quote.label,
        changes=changes,
        about_id=quote.customer_id,
        also_about_id=quote.contact_id,
    )


def shown(quote: Quote) -> dict[str, Any]:
    """What of a quote is told when it changes, but for its lines; what it refers to by id (see `named`)."""
    return {
        **{name: getattr(quote, name) for name in TOLD},
        "valid_until": quote.valid_until.isoformat() if quote.valid_until else None,
        "customer": quote.customer_id,
        "contact": quote.contact_id,
        "discount": _discount(quote.discount_rate, quote.discount_amount, quote.currency),
        "gross": {"amount": quote.gross, "currency": quote.currency},
    }


def named(changes: Iterable[Change], known: Mapping[UUID, str] = _NOBODY) -> list[dict[str, Any]]:
    """Changes of what is `shown`, with names in place of ids.

    :param known: names that are at hand; the others are looked up one by one
    """
    told = [dict(change) for change in changes]
    for change in told:
        if model := _NAMED.get(change["field"]):
            change["before"] = _ref(model, change["before"], known)
            change["after"] = _ref(model, change["after"], known)
    return told


def of_lines(
    before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]], currency: str
) -> list[dict[str, Any]]:
    """The lines that are other than they were, as one change; nothing if none is."""
    then = {line["id"]: told(line, currency) for line in before}
    now = {line["id"]: told(line, currency) for line in after}
    was = [text for line_id, text in then.items() if now.get(line_id) != text]
    is_now = [text for line_id, text in now.items() if then.get(line_id) != text]
    return [{"field": "lines", "before": was, "after": is_now}] if was or is_now else []


def told(line: Mapping[str, Any], currency: str) -> str:
    """A line as people read it: `球阀 ×10 套 · 90.00 CNY · −5%`."""
    amount = f"{written(line['unit_price'], currency)} {currency}"
    off = _discount(line["discount_rate"], line["discount_amount"], currency)
    unit = f" {line['unit']}" if line["unit"] else ""
    parts = (f"{line['name']} ×{parts_written(line['quantity'])}{unit}", amount, off)
    return " · ".join(filter(None, parts))


def _discount(rate: int, amount: int, currency: str) -> str | None:
    if rate:
        return f"−{parts_written(rate * 100)}%"
    return f"−{written(amount, currency)} {currency}" if amount else None


def _ref(model: type[Any], record_id: UUID | None, known: Mapping[UUID, str]) -> dict[str, str] | None:
    if record_id and record_id in known:
        return {"id": str(record_id), "name": known[record_id]}
    found = db.session.get(model, (require_tenant_id(), record_id)) if record_id else None
    return {"id": str(found.id), "name": found.name} if found else None
