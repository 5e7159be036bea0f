"""What lines would come to: worked out as if they were kept, for pages on which they are being written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.customers import queries as customers
from app.papers.filling import drafted
from app.prices.models import PriceBook
from app.quotes import line_cards, paper_sample, pricing, queries
from app.quotes.arithmetic import Discount, Figures, LineFigures
from app.quotes.drafts import LineDraft
from app.quotes.models import Quote
from app.quotes.paper import laid_out
from app.quotes.policies import sees_cost
from app.quotes.pricing import Terms
from tenants.context import require_tenant_id

_SHOWN = ("list_amount", "shared_discount", "net", "tax", "gross", "cost", "margin", "below_floor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """For whom and how lines are to be worked out."""

    customer_id: UUID | None
    currency: str
    with_tax: bool
    discount: Discount
    quote_id: UUID | None = None
    """To which lines with an id belong."""


@permitted(Permission.QUOTE_READ)
def work_out(actor: Actor, lines: Sequence[LineDraft], asked: Asked) -> dict[str, Any]:
    """Lines with all that is filled in, and what they come to, as their reader may know it.

    :raises Invalid: naming everything that cannot be taken
    """
    if asked.customer_id is not None and not customers.sees(actor, asked.customer_id):
        raise invalid("customer_id", "unknown-reference")
    there = queries.lines(_host(actor, asked.quote_id)) if asked.quote_id else ()
    terms = Terms(
        customer_id=asked.customer_id,
        currency=asked.currency,
        with_tax=asked.with_tax,
        discount=asked.discount,
        on=clock.now().astimezone(actor.zone).date(),
    )
    priced = pricing.price(actor, lines, terms, {line.id: line for line in there})
    figures = priced.figures
    books = _books(priced.lines)
    shown = [_line(line, worked, books) for line, worked in zip(priced.lines, figures.lines, strict=True)]
    line_cards.hide(actor, shown)
    sums = {name: getattr(figures, name) for name in ("list_amount", "line_discounts", "discount")}
    return {
        "currency": asked.currency,
        "lines": shown,
        "figures": {**sums, "rates": line_cards.by_rate(shown)},
        **_totals(actor, figures, asked.currency),
        "off_list": priced.off_list,
        "below_floor": figures.below_floor,
    }


def _host(by: Actor, quote_id: UUID) -> Quote:
    try:
        return queries.get(by, quote_id)
    except NotFound:
        raise invalid("quote_id", "unknown-reference") from None


def _totals(reader: Actor, figures: Figures, currency: str) -> dict[str, Any]:
    names = ("net", "tax", "gross", "cost", "margin")
    amounts = {name: getattr(figures, name) for name in names}
    told: dict[str, Any] = {
        name: None if amount is None else {"amount": amount, "currency": currency}
        for name, amount in amounts.items()
    }
    told["margin_rate"] = figures.margin_rate
    return told if sees_cost(reader) else {**told, **dict.fromkeys(("cost", "margin", "margin_rate"))}


def _books(lines: Sequence[Any]) -> dict[UUID, dict[str, Any]]:
    here = require_tenant_id()
    ids = {line["price_book_id"] for line in lines if line["price_book_id"]}
    found = (db.session.get(PriceBook, (here, one)) for one in sorted(ids))
    return {book.id: {"id": book.id, "name": book.name} for book in found if book}


def _line(line: Any, worked: LineFigures, books: dict[UUID, dict[str, Any]]) -> dict[str, Any]:
    return {
        **{name: value for name, value in line.items() if name not in ("discount_rate", "discount_amount")},
        "discount": {"rate": line["discount_rate"], "amount": line["discount_amount"]},
        "own_discount": worked.discount,
        "price_book": books.get(line["price_book_id"]),
        **{name: getattr(worked, name) for name in _SHOWN},
    }


@permitted(Permission.TENANT_MANAGE)
def paper(actor: Actor, layout: Mapping[str, Any]) -> bytes:
    """How a made-up quote looks in a layout that is being shaped: the first page, a PNG.

    :raises Invalid: naming what cannot be taken
    """
    shaped = drafted(layout)
    return laid_out(paper_sample.body(shaped.locale), shaped).first_page()
