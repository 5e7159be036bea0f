"""/api/v1/price-books: what products cost, for whom, and when."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView
from marshmallow import Schema

from api.v1.schemas import price_books as shapes
from api.v1.schemas.paging import PageQuery
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.core.errors import invalid
from app.core.keyset import read_id_cursor
from app.core.search import Query, parse
from app.http import etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor
from app.prices import offering, pricing, queries, services
from app.prices.drafts import BookDraft, ProductPrices, Step
from app.prices.models import PriceBook
from app.prices.queries import Place
from app.prices.trail import SUBJECT
from app.products import queries as products

blp = Blueprint("price-books", __name__, url_prefix="/api/v1", description="What products cost.")
_page, _detail, _lines = shapes.PriceBookPage(), shapes.PriceBookDetail(), shapes.PriceLinePage()
_found, _booked, _unpriced = shapes.PriceFound(), shapes.BookPricePage(), shapes.UnpricedPage()


def _answer(actor: Actor, book: PriceBook, status: int = 200) -> Response:
    response = etag.tag(jsonify(_detail.dump(queries.detail(actor, book))), book)
    response.status_code = status
    if status == 201:
        response.headers["Location"] = f"/api/v1/price-books/{book.id}"
    return response


def _to_change(actor: Actor, price_book_id: UUID, sent: dict[str, Any]) -> PriceBook:
    """The book, locked, if the caller's change is based on what it is now."""
    book = queries.get(actor, price_book_id, to_change=True)
    etag.check(
        book,
        sent,
        lambda: dict(_detail.dump(queries.detail(actor, book))),
        lambda: last_change(SUBJECT, price_book_id),
    )
    return book


def _read_place(cursor: str | None) -> Place | None:
    if not cursor:
        return None
    row, _, parts = cursor.partition(".")
    after = read_id_cursor(row)
    if after is None or not parts.isascii() or not parts.isdigit() or len(parts) > 14:
        raise invalid("cursor", "bad-cursor")
    return Place(after, int(parts))


def _read_query(asked: dict[str, Any]) -> Query | None:
    return parse(asked["q"]) if asked.get("q") else None


def _page_of(shape: Schema, found: list[dict[str, Any]], limit: int) -> Response:
    """A page of prices, of which one more was asked for than fits on it."""
    place = found[limit - 1]["place"] if len(found) > limit else None
    last = f"{place.id.hex}.{place.from_quantity}" if place else None
    return jsonify(shape.dump({"items": found[:limit], "next_cursor": last}))


@blp.route("/price-books")
class PriceBooks(MethodView):
    """Price books."""

    @signed_in
    @blp.arguments(shapes.PriceBookQuery, location="query")
    @blp.response(200, shapes.PriceBookPage)
    def get(self, asked: dict[str, Any]) -> Response:
        """The company's price books, the newest first."""
        limit = asked["limit"]
        found = queries.page(
            current_actor(),
            state=asked.get("state"),
            kind=asked.get("kind"),
            after=read_id_cursor(asked["cursor"]),
            limit=limit + 1,
        )
        last = found[limit - 1]["id"].hex if len(found) > limit else None
        return jsonify(_page.dump({"items": found[:limit], "next_cursor": last}))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.PriceBookIn)
    @blp.response(201, shapes.PriceBookDetail)
    def post(self, sent: dict[str, Any]) -> Response:
        """Make a price book, as a draft: no price is taken from it yet."""
        actor = current_actor()
        return _answer(actor, services.create(actor, BookDraft(**sent)), 201)


@blp.route("/price-books/<uuid:price_book_id>")
class OnePriceBook(MethodView):
    """One price book."""

    @signed_in
    @blp.response(200, shapes.PriceBookDetail)
    def get(self, price_book_id: UUID) -> Response:
        """A price book, and for whom it is."""
        actor = current_actor()
        return _answer(actor, queries.get(actor, price_book_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.PriceBookPatch)
    @blp.response(200, shapes.PriceBookDetail)
    def patch(self, sent: dict[str, Any], price_book_id: UUID) -> Response:
        """Change its name, its validity, or for whom it is; customers that one does not see stay."""
        actor = current_actor()
        book = _to_change(actor, price_book_id, sent)
        services.change(actor, book, sent)
        return _answer(actor, book)


@blp.route("/price-books/<uuid:price_book_id>/activation")
class Activation(MethodView):
    """Prices are taken from it."""

    @signed_in
    @blp.takes_key
    @blp.response(200, shapes.PriceBookDetail)
    def post(self, price_book_id: UUID) -> Response:
        """Take prices from a book, on the days that it is valid."""
        actor = current_actor()
        book = queries.get(actor, price_book_id, to_change=True)
        services.activate(actor, book)
        return _answer(actor, book)


@blp.route("/price-books/<uuid:price_book_id>/retirement")
class Retirement(MethodView):
    """No more prices are taken from it."""

    @signed_in
    @blp.takes_key
    @blp.response(200, shapes.PriceBookDetail)
    def post(self, price_book_id: UUID) -> Response:
        """Take no more prices from a book; it can be activated again."""
        actor = current_actor()
        book = queries.get(actor, price_book_id, to_change=True)
        services.retire(actor, book)
        return _answer(actor, book)


@blp.route("/price-books/<uuid:price_book_id>/prices")
class Prices(MethodView):
    """What stands in a price book."""

    @signed_in
    @blp.arguments(shapes.PriceLineQuery, location="query")
    @blp.response(200, shapes.PriceLinePage)
    def get(self, asked: dict[str, Any], price_book_id: UUID) -> Response:
        """The prices of a book, each product's together."""
        actor, limit = current_actor(), asked["limit"]
        book, after = queries.get(actor, price_book_id), _read_place(asked["cursor"])
        found = queries.prices(actor, book, q=_read_query(asked), after=after, limit=limit + 1)
        return _page_of(_lines, found, limit)

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.PricesPatch)
    @blp.response(200, shapes.PriceBookDetail)
    def patch(self, sent: dict[str, Any], price_book_id: UUID) -> Response:
        """Say all that some products cost in a book; other products stay as they are."""
        actor = current_actor()
        book = _to_change(actor, price_book_id, {})
        wanted = [
            ProductPrices(product_id=one["product_id"], steps=[Step(**step) for step in one["steps"]])
            for one in sent["products"]
        ]
        pricing.set_prices(actor, book, wanted)
        return _answer(actor, book)


@blp.route("/price-books/<uuid:price_book_id>/unpriced-products")
class UnpricedProducts(MethodView):
    """What a price book could still take up."""

    @signed_in
    @blp.arguments(shapes.UnpricedQuery, location="query")
    @blp.response(200, shapes.UnpricedPage)
    def get(self, asked: dict[str, Any], price_book_id: UUID) -> Response:
        """Products on sale without a price in a book, the latest first."""
        actor, limit = current_actor(), asked["limit"]
        found = offering.unpriced(
            actor,
            queries.get(actor, price_book_id),
            q=_read_query(asked),
            category_id=asked.get("category_id"),
            after=read_id_cursor(asked["cursor"]),
            limit=limit + 1,
        )
        last = found[limit - 1]["id"].hex if len(found) > limit else None
        return jsonify(_unpriced.dump({"items": found[:limit], "next_cursor": last}))


@blp.route("/price-books/<uuid:price_book_id>/adjustment")
class PriceAdjustment(MethodView):
    """All prices at once."""

    @signed_in
    @blp.takes_key
    @blp.needs_version
    @blp.arguments(shapes.Adjustment)
    @blp.response(200, shapes.PriceBookDetail)
    def post(self, sent: dict[str, Any], price_book_id: UUID) -> Response:
        """Raise or lower all prices of a book by a share."""
        actor = current_actor()
        book = _to_change(actor, price_book_id, {})
        pricing.adjust(actor, book, **sent)
        return _answer(actor, book)


@blp.route("/price-books/<uuid:price_book_id>/copy")
class PriceBookCopy(MethodView):
    """One book after another."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.CopyIn)
    @blp.response(201, shapes.PriceBookDetail)
    def post(self, sent: dict[str, Any], price_book_id: UUID) -> Response:
        """Make a draft with the same prices, or with those raised or lowered by a share."""
        actor = current_actor()
        return _answer(actor, pricing.copy(actor, queries.get(actor, price_book_id), **sent), 201)


@blp.route("/products/<uuid:product_id>/price")
class ProductPrice(MethodView):
    """What a product costs."""

    @signed_in
    @blp.arguments(shapes.PriceQuery, location="query")
    @blp.response(200, shapes.PriceFound)
    def get(self, asked: dict[str, Any], product_id: UUID) -> Response:
        """What a product costs a customer in a quantity on a day, and which price book says so."""
        found = queries.price_of(current_actor(), product_id, **asked)
        book = {"id": found.price_book_id, "name": found.price_book_name} if found.price_book_id else None
        return jsonify(_found.dump({**asdict(found), "price_book": book}))


@blp.route("/products/<uuid:product_id>/prices")
class PricesOfProduct(MethodView):
    """Where a product has a price."""

    @signed_in
    @blp.arguments(PageQuery, location="query")
    @blp.response(200, shapes.BookPricePage)
    def get(self, asked: dict[str, Any], product_id: UUID) -> Response:
        """What a product costs in the price books that are active and not over."""
        actor, limit = current_actor(), asked["limit"]
        product = products.get(actor, product_id)
        after = _read_place(asked["cursor"])
        found = queries.of_product(actor, product.id, after=after, limit=limit + 1)
        return _page_of(_booked, found, limit)
