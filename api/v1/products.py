"""/api/v1/products: what the company sells."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1 import timelines
from api.v1.schemas import products as shapes
from api.v1.schemas.timelines import Timeline
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.core.money import Money
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.insights.timeline_reach import PRODUCT
from app.products import cards, queries, services
from app.products.drafts import MONEY, ProductDraft
from app.products.models import Product
from app.products.states import ProductState
from app.products.trail import SUBJECT

blp = Blueprint("products", __name__, url_prefix="/api/v1", description="What the company sells.")

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts)
_as_sent = shapes.ProductPatch()


def _draft(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, in the words of the domain."""
    amounts = {name: Money(**sent[name]) for name in MONEY if sent.get(name)}
    return {**sent, **amounts}


def _to_change(actor: Actor, product_id: UUID, sent: Mapping[str, Any]) -> Product:
    """The product, locked, if the caller's change is based on what it is now."""
    product = queries.get(actor, product_id, to_change=True)
    etag.check(
        product,
        sent,
        lambda: cards.flat(cards.whole_now(actor, product_id)),
        lambda: last_change(SUBJECT, product_id),
    )
    return product


@blp.route("/products")
class Products(MethodView):
    """Products."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.ProductPage)
    def get(self) -> Response:
        """The catalogue, filtered, sorted, found by any fragment of a name, code or specification."""
        asked = paging.asked(cards.LISTING)
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), asked))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.ProductIn)
    @blp.response(201, shapes.ProductWhole)
    def post(self, sent: dict[str, Any]) -> Response:
        """Add a product."""
        actor = current_actor()
        product_id = services.create(actor, ProductDraft(**_draft(sent)))
        response = answers.ready(cards.whole_now(actor, product_id), 201)
        response.headers["Location"] = f"/api/v1/products/{product_id}"
        return response


@blp.route("/products/<uuid:product_id>")
class OneProduct(MethodView):
    """A product."""

    @hot_read
    @blp.response(200, shapes.ProductWhole)
    def get(self, product_id: UUID) -> Response:
        """A product with everything its page shows."""
        return answers.ready(cards.whole(identity.hot_driver(), current_actor(), product_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.ProductPatch)
    @blp.response(200, shapes.ProductWhole)
    def patch(self, sent: dict[str, Any], product_id: UUID) -> Response:
        """Change fields of a product."""
        actor = current_actor()
        product = _to_change(actor, product_id, _as_sent.dump(sent))
        services.update(actor, product, _draft(sent))
        return answers.ready(cards.whole_now(actor, product_id))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, product_id: UUID) -> None:
        """Put a product into the recycle bin."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, product_id, {}))


@blp.route("/products/<uuid:product_id>/retirement")
class Retirement(MethodView):
    """That a product is offered no more."""

    @signed_in
    @blp.takes_key
    @blp.response(200, shapes.ProductWhole)
    def post(self, product_id: UUID) -> Response:
        """Retire a product: it stays where it was used, and is offered no more."""
        return _into(ProductState.RETIRED, product_id)

    @signed_in
    @blp.response(200, shapes.ProductWhole)
    def delete(self, product_id: UUID) -> Response:
        """Offer a retired product again."""
        return _into(ProductState.ACTIVE, product_id)


def _into(state: ProductState, product_id: UUID) -> Response:
    actor = current_actor()
    services.set_state(actor, queries.get(actor, product_id, to_change=True), state)
    return answers.ready(cards.whole_now(actor, product_id))


@blp.route("/products/<uuid:product_id>/timeline")
class ProductTimeline(MethodView):
    """What happened to a product."""

    @hot_read
    @blp.doc(parameters=timelines.PARAMETERS)
    @blp.response(200, Timeline)
    def get(self, product_id: UUID) -> Response:
        """What happened to a product, the latest first."""
        cards.demand(identity.hot_driver(), current_actor(), product_id)
        return timelines.answer(PRODUCT, product_id)
