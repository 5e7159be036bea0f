"""A price book before anything stands in it."""

from datetime import date

from app.access.actor import Actor
from app.core import clock
from app.core.db import db
from app.prices import drafts, queries
from app.prices.drafts import BookDraft
from app.prices.models import PriceBook


def begin(by: Actor, draft: BookDraft) -> PriceBook:
    """A book without prices and customers; whoever calls tells the trail."""
    at = clock.now()
    facts = drafts.facts(draft)
    book = PriceBook(**facts, created_by_id=by.id, created_at=at, updated_at=at)
    db.session.add(book)
    db.session.flush()
    return book


def copied_draft(book: PriceBook, *, name: str, valid_from: date, valid_until: date | None) -> BookDraft:
    """A draft of a book that is for the same ones as another."""
    return BookDraft(
        name=name,
        kind=book.kind,
        currency=book.currency,
        tiers=book.tiers,
        customer_ids=sorted(queries.customer_ids(book)),
        valid_from=valid_from,
        valid_until=valid_until,
    )
