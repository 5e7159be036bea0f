"""Making price books, and changing what stands in them."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.audit import services as audit
from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db
from app.core.errors import Conflict, invalid
from app.core.ids import new_id
from app.customers import queries as customers
from app.prices import drafts, making, queries
from app.prices.drafts import BookDraft
from app.prices.models import PriceBook, PriceBookCustomer
from app.prices.states import BookKind, BookState
from app.prices.trail import tell
from tenants.context import require_tenant_id

_TOLD = ("name", "kind", "currency", "tiers", "valid_from", "valid_until")
_PLAIN = ("name", "valid_from", "valid_until")


class EmptyPriceBook(Conflict):
    """A book without a price would be passed over anyway."""

    code = "empty-price-book"


@permitted(Permission.PRICE_BOOK_MANAGE)
def create(actor: Actor, draft: BookDraft) -> PriceBook:
    """A new price book, as a draft: no price is taken from it yet.

    :raises Invalid: naming what cannot be taken
    """
    book = making.begin(actor, draft)
    told = audit.facts_of(book, _TOLD)
    if book.kind == BookKind.CUSTOMER:
        told += _serve(actor, book, draft.customer_ids)
    tell(actor, "created", book, told)
    return book


@permitted(Permission.PRICE_BOOK_MANAGE)
def change(actor: Actor, book: PriceBook, changes: Mapping[str, Any]) -> None:
    """Change a price book's name, its validity, or for whom it is.

    :param changes: any of name, valid_from, valid_until, tiers, customer_ids
    :raises Invalid: naming what cannot be taken
    """
    first, last = changes.get("valid_from", book.valid_from), changes.get("valid_until", book.valid_until)
    drafts.demand_validity(first, last)
    # First, because it asks the database, and what is set would be written then.
    served = changes.get("customer_ids") if book.kind == BookKind.CUSTOMER else None
    of_customers = [] if served is None else _serve(actor, book, served)
    for name in _PLAIN:
        setattr(book, name, changes.get(name, getattr(book, name)))
    if "tiers" in changes and book.kind == BookKind.TIER:
        drafts.demand_readers(book.kind, changes["tiers"], ())
        book.tiers = sorted(set(changes["tiers"]))
    told = audit.changes_of(book) + of_customers
    if told:
        book.updated_at = clock.now()
        db.session.flush()
        tell(actor, "updated", book, told)


@permitted(Permission.PRICE_BOOK_MANAGE)
def activate(actor: Actor, book: PriceBook) -> None:
    """Take prices from a book, on the days that it is valid.

    :raises EmptyPriceBook: if there is none in it
    """
    if queries.count(book) == 0:
        raise EmptyPriceBook
    _turn(actor, book, BookState.ACTIVE, "activated")


@permitted(Permission.PRICE_BOOK_MANAGE)
def retire(actor: Actor, book: PriceBook) -> None:
    """Take no more prices from a book; what was quoted stays as it is."""
    _turn(actor, book, BookState.RETIRED, "retired")


def _turn(by: Actor, book: PriceBook, state: BookState, action: str) -> None:
    if book.state == state:
        return
    book.state = state
    told = audit.changes_of(book)
    book.updated_at = clock.now()
    db.session.flush()
    tell(by, action, book, told)


def _serve(by: Actor, book: PriceBook, wanted: Collection[UUID]) -> list[dict[str, Any]]:
    """Let a book be for these customers; for those that `by` does not see it stays what it is."""
    before = queries.customer_ids(book)
    seen = customers.visible(by, {*before, *wanted}, to_change=False)
    for place, one in enumerate(wanted):
        if one not in seen:
            raise invalid(f"customer_ids.{place}", "unknown-reference")
    gone, come = (before & seen.keys()) - set(wanted), set(wanted) - before
    drafts.demand_readers(book.kind, (), (before - gone) | come)
    if gone:
        _forget(book, gone)
    here = require_tenant_id()
    rows = [
        {"tenant_id": here, "id": new_id(), "price_book_id": book.id, "customer_id": one}
        for one in sorted(come)
    ]
    insert_many(PriceBookCustomer, rows)
    if not gone and not come:
        return []
    names = [[seen[one].name for one in sorted(some)] for some in (gone, come)]
    return [{"field": "customers", "before": names[0], "after": names[1]}]


def _forget(book: PriceBook, customer_ids: Collection[UUID]) -> None:
    db.session.execute(
        delete(PriceBookCustomer)
        .where(
            PriceBookCustomer.price_book_id == book.id,
            PriceBookCustomer.customer_id.in_(customer_ids),
        )
        .execution_options(synchronize_session=False)
    )
