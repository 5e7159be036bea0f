"""/api/v1/customers: companies and persons we deal with."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1 import timelines
from api.v1.schemas import customers as shapes
from api.v1.schemas.timelines import Timeline
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.core.errors import NotFound
from app.core.filters import Op, Test
from app.core.money import Money
from app.core.phones import Phone
from app.customers import cards, facets, queries, services
from app.customers.drafts import CustomerDraft
from app.customers.models import Customer
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.insights.timeline_reach import CUSTOMER
from app.merging import queries as merging

blp = Blueprint(
    "customers", __name__, url_prefix="/api/v1", description="Companies and persons we deal with."
)

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts)
_as_sent = shapes.CustomerPatch()


def _written(actor: Actor, customer_id: UUID, status: int = 200) -> Response:
    """The record after a change; shown even if the change has put it out of the actor's sight."""
    return answers.ready(cards.whole_now(actor, customer_id), status)


def _draft(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, in the words of the domain."""
    values = dict(sent)
    if values.get("annual_revenue"):
        values["annual_revenue"] = Money(**values["annual_revenue"])
    if "phones" in values:
        values["phones"] = tuple(Phone(**phone) for phone in values["phones"])
    if "tags" in values:
        values["tags"] = tuple(values["tags"])
    return values


def _to_change(actor: Actor, customer_id: UUID, sent: Mapping[str, Any]) -> Customer:
    """The customer, locked, if the caller's change is based on what it is now."""
    customer = queries.get(actor, customer_id, to_change=True)
    etag.check(
        customer,
        sent,
        lambda: cards.flat(cards.whole_now(actor, customer_id)),
        lambda: last_change("customer", customer_id),
    )
    return customer


@blp.route("/customers")
class Customers(MethodView):
    """Customers."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.CustomerPage)
    def get(self) -> Response:
        """The customers one may see, filtered, sorted, found by any fragment of a name."""
        asked = paging.asked(cards.LISTING)
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), asked))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.CustomerIn)
    @blp.response(201, shapes.CustomerWhole)
    def post(self, sent: dict[str, Any]) -> Response:
        """Add a customer."""
        actor = current_actor()
        customer_id = services.create(actor, CustomerDraft(**_draft(sent)))
        response = _written(actor, customer_id, 201)
        response.headers["Location"] = f"/api/v1/customers/{customer_id}"
        return response


@blp.route("/customers/<uuid:customer_id>")
class OneCustomer(MethodView):
    """A customer."""

    @hot_read
    @blp.alt_response(307, description="It was merged: its place is taken by another.")
    @blp.response(200, shapes.CustomerWhole)
    def get(self, customer_id: UUID) -> Response:
        """A customer with everything its page shows; of one that was merged, where to find it now."""
        actor, connection = current_actor(), identity.hot_driver()
        try:
            return answers.ready(cards.whole(connection, actor, customer_id))
        except NotFound:
            master_id = merging.master_of(connection, actor, "customer", customer_id)
            cards.demand(connection, actor, master_id)
            return answers.elsewhere(f"/api/v1/customers/{master_id}")

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.CustomerPatch)
    @blp.response(200, shapes.CustomerWhole)
    def patch(self, sent: dict[str, Any], customer_id: UUID) -> Response:
        """Change fields of a customer."""
        actor = current_actor()
        customer = _to_change(actor, customer_id, _as_sent.dump(sent))
        services.update(actor, customer, _draft(sent))
        return _written(actor, customer_id)

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, customer_id: UUID) -> None:
        """Put a customer into the recycle bin."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, customer_id, {}))


@blp.route("/customers/<uuid:customer_id>/timeline")
class CustomerTimeline(MethodView):
    """What happened to a customer."""

    @hot_read
    @blp.doc(parameters=timelines.PARAMETERS)
    @blp.response(200, Timeline)
    def get(self, customer_id: UUID) -> Response:
        """What happened to a customer and what belongs to it, the latest first."""
        cards.demand(identity.hot_driver(), current_actor(), customer_id)
        return timelines.answer(CUSTOMER, customer_id)


@blp.route("/customers/<uuid:customer_id>/children")
class CustomerChildren(MethodView):
    """The customers below another."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.CustomerPage)
    def get(self, customer_id: UUID) -> Response:
        """The customers that belong to this one, as far as one may see them."""
        actor, connection = current_actor(), identity.hot_driver()
        cards.demand(connection, actor, customer_id)
        below = Test(cards.LISTING.fields["parent_id"], Op.EQ, customer_id)
        return answers.ready(cards.page(connection, actor, paging.asked(cards.LISTING, below)))


@blp.route("/customers/<uuid:customer_id>/transfer")
class CustomerTransfer(MethodView):
    """Giving a customer to a colleague."""

    @signed_in
    @blp.takes_key
    @blp.needs_version
    @blp.arguments(shapes.TransferIn)
    @blp.response(200, shapes.CustomerWhole)
    def post(self, sent: dict[str, Any], customer_id: UUID) -> Response:
        """Give a customer to another colleague; it follows them into their department."""
        actor = current_actor()
        customer = _to_change(actor, customer_id, {"owner_id": str(sent["owner_id"])})
        services.transfer(actor, customer, owner_id=sent["owner_id"])
        return _written(actor, customer_id)


@blp.route("/customers/<uuid:customer_id>/collaborators")
class CustomerCollaborators(MethodView):
    """With whom a customer is shared."""

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.CollaboratorsIn)
    @blp.response(200, shapes.CustomerWhole)
    def put(self, sent: dict[str, Any], customer_id: UUID) -> Response:
        """Say with whom a customer is shared: they may read and edit it."""
        actor = current_actor()
        user_ids = sorted(map(str, sent["user_ids"]))
        customer = _to_change(actor, customer_id, {"user_ids": user_ids})
        services.set_collaborators(actor, customer, sent["user_ids"])
        return _written(actor, customer_id)


@blp.route("/customer-facets")
class CustomerFacets(MethodView):
    """Words in use."""

    @hot_read
    @blp.response(200, shapes.Facets)
    def get(self) -> Response:
        """What stands most often in the newest customers one may see, to suggest in forms and filters."""
        return answers.ready(facets.facets(identity.hot_driver(), current_actor()))
