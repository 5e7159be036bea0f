"""/api/v1/outreach-messages: what people outside are told, followed from the occasion to the receipt."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import outreach_messages as shapes
from app.contacts import queries as contacts
from app.http import answers, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.outreach import cards, queries, services

blp = Blueprint("outreach", __name__, url_prefix="/api/v1", description="Messages to people outside.")

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts)
_preview = shapes.OutreachPreview()


@blp.route("/outreach-messages")
class OutreachMessages(MethodView):
    """Messages to people outside."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.OutreachMessagePage)
    def get(self) -> Response:
        """The messages to contacts that one sees, filtered and sorted."""
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), paging.asked(cards.LISTING)))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.OutreachMessageIn)
    @blp.response(201, shapes.OutreachMessageWhole)
    def post(self, sent: dict[str, Any]) -> Response:
        """Write to a contact by hand; it goes out as soon as the company writes at this hour."""
        actor = current_actor()
        contact = contacts.get(actor, sent["contact_id"], to_change=True)
        message_id = services.write(actor, contact, sent["template_ids"])
        response = answers.ready(cards.whole_now(actor, message_id), 201)
        response.headers["Location"] = f"/api/v1/outreach-messages/{message_id}"
        return response


@blp.route("/outreach-messages/<uuid:message_id>")
class OneOutreachMessage(MethodView):
    """A message."""

    @hot_read
    @blp.response(200, shapes.OutreachMessageWhole)
    def get(self, message_id: UUID) -> Response:
        """A message from its occasion to the last receipt."""
        return answers.ready(cards.whole(identity.hot_driver(), current_actor(), message_id))


@blp.route("/outreach-messages/<uuid:message_id>/cancellation")
class OutreachCancellation(MethodView):
    """Taking a message back."""

    @signed_in
    @blp.takes_key
    @blp.response(201, shapes.OutreachMessageWhole)
    def post(self, message_id: UUID) -> Response:
        """Take back a message that nobody has begun to send."""
        actor = current_actor()
        message, contact = queries.get(actor, message_id)
        services.cancel(actor, contact, message)
        return answers.ready(cards.whole_now(actor, message_id), 201)


@blp.route("/outreach-messages/<uuid:message_id>/repetition")
class OutreachRepetition(MethodView):
    """Trying once more."""

    @signed_in
    @blp.takes_key
    @blp.response(201, shapes.OutreachMessageWhole)
    def post(self, message_id: UUID) -> Response:
        """Try a message that did not arrive once more; one that is uncertain may come twice."""
        actor = current_actor()
        message, contact = queries.get(actor, message_id)
        services.repeat(actor, contact, message)
        return answers.ready(cards.whole_now(actor, message_id), 201)


@blp.route("/outreach-previews")
class OutreachPreviews(MethodView):
    """Looking before sending."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.OutreachMessageIn)
    @blp.response(200, shapes.OutreachPreview)
    def post(self, sent: dict[str, Any]) -> Response:
        """What would come of a message, if it were sent now; nothing is written."""
        actor = current_actor()
        found = services.foresee(actor, contacts.get(actor, sent["contact_id"]), sent["template_ids"])
        words = found.words
        return jsonify(
            _preview.dump(
                {
                    "at": found.at,
                    "way": found.way,
                    "subject": words and words.subject,
                    "text": words and words.text,
                    "html": words and words.html,
                    "reason": found.reason,
                    "held_by": found.held_by,
                    "passed": found.passed,
                }
            )
        )
