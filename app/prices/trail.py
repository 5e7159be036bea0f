"""Telling the trail about price books."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.access.actor import Actor
from app.audit import services as audit
from app.audit.services import Entry
from app.prices.models import PriceBook

SUBJECT = "price-book"


def tell(by: Actor, action: str, book: PriceBook, changes: Sequence[Mapping[str, Any]] = ()) -> None:
    """Add one line to the trail."""
    audit.record(
        by,
        Entry(
            action=action, subject_type=SUBJECT, subject_id=book.id, subject_label=book.name, changes=changes
        ),
    )
