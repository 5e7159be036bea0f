"""/api/v1/contacts: the people we know, and how they know each other."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1 import timelines
from api.v1.schemas import contacts as shapes
from api.v1.schemas.timelines import Timeline
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.contacts import cards, queries, relationships, services
from app.contacts.birthdays import Birthday, Calendar
from app.contacts.drafts import ContactDraft
from app.contacts.models import Contact
from app.contacts.states import RelationshipKind
from app.core.errors import NotFound
from app.core.filters import Op, Test
from app.core.phones import Phone
from app.customers.cards import demand as demand_customer
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.insights.timeline_reach import CONTACT
from app.merging import queries as merging

blp = Blueprint(
    "contacts", __name__, url_prefix="/api/v1", description="The people we know, at customers or not."
)

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts)
_as_sent = shapes.ContactPatch()


def _draft(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, in the words of the domain."""
    values = dict(sent)
    if "phones" in values:
        values["phones"] = tuple(Phone(**phone) for phone in values["phones"])
    if values.get("birthday"):
        birthday = values["birthday"]
        values["birthday"] = Birthday(**{**birthday, "calendar": Calendar(birthday["calendar"])})
    return values


def _to_change(actor: Actor, contact_id: UUID, sent: Mapping[str, Any]) -> Contact:
    """The contact, locked, if the caller's change is based on what it is now."""
    contact = queries.get(actor, contact_id, to_change=True)
    etag.check(
        contact,
        sent,
        lambda: cards.flat(cards.whole_now(actor, contact_id)),
        lambda: last_change("contact", contact_id),
    )
    return contact


@blp.route("/contacts")
class Contacts(MethodView):
    """Contacts."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.ContactPage)
    def get(self) -> Response:
        """The contacts one may see, filtered, sorted, found by any fragment of a name."""
        asked = paging.asked(cards.LISTING)
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), asked))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.ContactIn)
    @blp.response(201, shapes.ContactWhole)
    def post(self, sent: dict[str, Any]) -> Response:
        """Add a contact, at a customer or on their own."""
        actor = current_actor()
        contact_id = services.create(actor, ContactDraft(**_draft(sent))).id
        response = answers.ready(cards.whole_now(actor, contact_id), 201)
        response.headers["Location"] = f"/api/v1/contacts/{contact_id}"
        return response


@blp.route("/contacts/<uuid:contact_id>")
class OneContact(MethodView):
    """A contact."""

    @hot_read
    @blp.alt_response(307, description="They were merged: their place is taken by another.")
    @blp.response(200, shapes.ContactWhole)
    def get(self, contact_id: UUID) -> Response:
        """A contact with everything its page shows; of one who was merged, where to find them now."""
        actor, connection = current_actor(), identity.hot_driver()
        try:
            return answers.ready(cards.whole(connection, actor, contact_id))
        except NotFound:
            master_id = merging.master_of(connection, actor, "contact", contact_id)
            cards.demand(connection, actor, master_id)
            return answers.elsewhere(f"/api/v1/contacts/{master_id}")

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.ContactPatch)
    @blp.response(200, shapes.ContactWhole)
    def patch(self, sent: dict[str, Any], contact_id: UUID) -> Response:
        """Change fields of a contact."""
        actor = current_actor()
        contact = _to_change(actor, contact_id, _as_sent.dump(sent))
        services.update(actor, contact, _draft(sent))
        return answers.ready(cards.whole_now(actor, contact_id))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, contact_id: UUID) -> None:
        """Put a contact into the recycle bin."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, contact_id, {}))


@blp.route("/customers/<uuid:customer_id>/contacts")
class CustomerContacts(MethodView):
    """The contacts of a customer."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.ContactPage)
    def get(self, customer_id: UUID) -> Response:
        """The contacts of a customer, as far as one may see them."""
        actor, connection = current_actor(), identity.hot_driver()
        demand_customer(connection, actor, customer_id)
        there = Test(cards.LISTING.fields["customer_id"], Op.EQ, customer_id)
        return answers.ready(cards.page(connection, actor, paging.asked(cards.LISTING, there)))


@blp.route("/contacts/<uuid:contact_id>/timeline")
class ContactTimeline(MethodView):
    """What happened to a contact."""

    @hot_read
    @blp.doc(parameters=timelines.PARAMETERS)
    @blp.response(200, Timeline)
    def get(self, contact_id: UUID) -> Response:
        """What happened to a contact and what was done with them, the latest first."""
        cards.demand(identity.hot_driver(), current_actor(), contact_id)
        return timelines.answer(CONTACT, contact_id)


@blp.route("/contacts/<uuid:contact_id>/relationships")
class ContactRelationships(MethodView):
    """Whom a contact knows."""

    @hot_read
    @blp.response(200, shapes.RelationshipList)
    def get(self, contact_id: UUID) -> Response:
        """Whom a contact knows, as far as one may see them too."""
        actor, connection = current_actor(), identity.hot_driver()
        cards.demand(connection, actor, contact_id)
        return answers.ready({"items": relationships.of_contact(connection, actor, contact_id)})

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.RelationshipIn)
    @blp.response(201, shapes.RelationshipOut)
    def post(self, sent: dict[str, Any], contact_id: UUID) -> Response:
        """Note what another contact is to this one; the other's page shows it from its side."""
        actor = current_actor()
        relationship = relationships.link(
            actor,
            queries.get(actor, contact_id),
            sent["other_id"],
            kind=RelationshipKind(sent["kind"]),
            remark=sent["remark"],
        )
        row = relationship.row
        shown = {
            "id": row.id,
            "other": {"id": relationship.other.id, "name": relationship.other.name},
            "kind": relationship.kind,
            "remark": row.remark,
            "created_at": row.created_at,
        }
        return answers.ready(shapes.RelationshipOut().dump(shown), 201)


@blp.route("/contact-relationships/<uuid:relationship_id>")
class OneRelationship(MethodView):
    """How two contacts know each other."""

    @signed_in
    @blp.response(204)
    def delete(self, relationship_id: UUID) -> None:
        """Forget that two contacts know each other."""
        actor = current_actor()
        relationships.unlink(actor, queries.relationship(actor, relationship_id))
