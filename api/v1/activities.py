"""/api/v1/activities: what was done with customers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import activities as shapes
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.activities import cards, queries, services
from app.activities.models import Activity
from app.activities.services import ActivityDraft, NextStep
from app.activities.states import ActivityKind
from app.activities.trail import SUBJECT
from app.contacts.cards import demand as demand_contact
from app.core.filters import Op, Test
from app.customers.cards import demand as demand_customer
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor

blp = Blueprint("activities", __name__, url_prefix="/api/v1", description="What was done with customers.")

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts, searchable=False)
_as_sent = shapes.ActivityPatch()


def _draft(sent: Mapping[str, Any]) -> ActivityDraft:
    """What was sent, in the words of the domain."""
    next_step = sent.get("next_step")
    return ActivityDraft(
        **{
            **sent,
            "kind": ActivityKind(sent["kind"]),
            "next_step": NextStep(**next_step) if next_step else None,
        }
    )


def _to_change(actor: Actor, activity_id: UUID, sent: Mapping[str, Any]) -> Activity:
    """The activity, locked, if the caller's change is based on what it is now."""
    activity = queries.get(actor, activity_id, to_change=True)
    etag.check(
        activity,
        sent,
        lambda: cards.flat(cards.whole_now(actor, activity_id)),
        lambda: last_change(SUBJECT, activity_id),
    )
    return activity


def _page_of(field: str, record_id: UUID) -> Response:
    there = Test(cards.LISTING.fields[field], Op.EQ, record_id)
    return answers.ready(
        cards.page(identity.hot_driver(), current_actor(), paging.asked(cards.LISTING, there))
    )


@blp.route("/activities")
class Activities(MethodView):
    """Activities."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.ActivityPage)
    def get(self) -> Response:
        """The activities one may see, the latest first."""
        asked = paging.asked(cards.LISTING)
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), asked))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.ActivityIn)
    @blp.response(201, shapes.ActivityOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Note what was done; a next step becomes a task of one's own."""
        actor = current_actor()
        activity_id = services.create(actor, _draft(sent)).id
        response = answers.ready(cards.whole_now(actor, activity_id), 201)
        response.headers["Location"] = f"/api/v1/activities/{activity_id}"
        return response


@blp.route("/activities/<uuid:activity_id>")
class OneActivity(MethodView):
    """An activity."""

    @hot_read
    @blp.response(200, shapes.ActivityOut)
    def get(self, activity_id: UUID) -> Response:
        """An activity."""
        return answers.ready(cards.whole(identity.hot_driver(), current_actor(), activity_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.ActivityPatch)
    @blp.response(200, shapes.ActivityOut)
    def patch(self, sent: dict[str, Any], activity_id: UUID) -> Response:
        """Change what was noted."""
        actor = current_actor()
        activity = _to_change(actor, activity_id, _as_sent.dump(sent))
        services.update(actor, activity, sent)
        return answers.ready(cards.whole_now(actor, activity_id))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, activity_id: UUID) -> None:
        """Put an activity into the recycle bin."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, activity_id, {}))


@blp.route("/customers/<uuid:customer_id>/activities")
class CustomerActivities(MethodView):
    """The activities at a customer."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.ActivityPage)
    def get(self, customer_id: UUID) -> Response:
        """What was done with a customer."""
        demand_customer(identity.hot_driver(), current_actor(), customer_id)
        return _page_of("customer_id", customer_id)


@blp.route("/contacts/<uuid:contact_id>/activities")
class ContactActivities(MethodView):
    """The activities with a contact."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.ActivityPage)
    def get(self, contact_id: UUID) -> Response:
        """What was done with a contact."""
        demand_contact(identity.hot_driver(), current_actor(), contact_id)
        return _page_of("contact_id", contact_id)
