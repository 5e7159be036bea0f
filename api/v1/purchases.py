"""/api/v1/purchases: what customers have bought, and when."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import purchases as shapes
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.core.money import Money
from app.customers.cards import demand as demand_customer
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.purchases import cards, queries, services, summing
from app.purchases.drafts import PurchaseDraft
from app.purchases.models import Purchase
from app.purchases.policies import SUBJECT

blp = Blueprint("purchases", __name__, url_prefix="/api/v1", description="What customers have bought.")

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts, searchable=False)
_as_sent = shapes.PurchasePatch()


def _drafted(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, in the words of the domain."""
    values = dict(sent)
    if values.get("amount") is not None:
        values["amount"] = Money(**values["amount"])
    return values


def _to_change(actor: Actor, purchase_id: UUID, sent: Mapping[str, Any]) -> Purchase:
    """The purchase, locked, if the caller's change is based on what it is now."""
    purchase = queries.get(actor, purchase_id, to_change=True)
    etag.check(
        purchase,
        _as_sent.dump(sent),
        lambda: cards.flat(cards.whole_now(actor, purchase_id)),
        lambda: last_change(SUBJECT, purchase_id),
    )
    return purchase


@blp.route("/purchases")
class Purchases(MethodView):
    """Purchases."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.PurchasePage)
    def get(self) -> Response:
        """What the customers one may see have bought, filtered and sorted."""
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), paging.asked(cards.LISTING)))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.PurchaseIn)
    @blp.response(201, shapes.PurchaseWhole)
    def post(self, sent: dict[str, Any]) -> Response:
        """Tell what a customer has bought; without a name it is called as its product."""
        actor = current_actor()
        purchase_id = services.create(actor, PurchaseDraft(**_drafted(sent)))
        response = answers.ready(cards.whole_now(actor, purchase_id), 201)
        response.headers["Location"] = f"/api/v1/purchases/{purchase_id}"
        return response


@blp.route("/purchases/<uuid:purchase_id>")
class OnePurchase(MethodView):
    """A purchase."""

    @hot_read
    @blp.response(200, shapes.PurchaseWhole)
    def get(self, purchase_id: UUID) -> Response:
        """What was bought once."""
        return answers.ready(cards.whole(identity.hot_driver(), current_actor(), purchase_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.PurchasePatch)
    @blp.response(200, shapes.PurchaseWhole)
    def patch(self, sent: dict[str, Any], purchase_id: UUID) -> Response:
        """Change what was told."""
        actor = current_actor()
        services.update(actor, _to_change(actor, purchase_id, sent), _drafted(sent))
        return answers.ready(cards.whole_now(actor, purchase_id))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, purchase_id: UUID) -> None:
        """Put a purchase into the recycle bin."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, purchase_id, {}))


@blp.route("/customers/<uuid:customer_id>/purchase-summary")
class PurchaseSummary(MethodView):
    """What a customer has bought in all."""

    @hot_read
    @blp.response(200, shapes.PurchaseSummary)
    def get(self, customer_id: UUID) -> Response:
        """How much a customer has bought, month by month, how often, and when they may buy again."""
        actor, connection = current_actor(), identity.hot_driver()
        demand_customer(connection, actor, customer_id)
        return answers.ready(summing.of_customer(connection, actor, customer_id))
