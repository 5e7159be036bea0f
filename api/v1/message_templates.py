"""/api/v1/message-templates: what is written to people outside."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import message_templates as shapes
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.insights import message_previews
from app.message_templates import cards, own_variables, queries, services, trials
from app.message_templates.models import MessageTemplate
from app.message_templates.trail import SUBJECT
from app.message_templates.variables import ALWAYS_KNOWN, VARIABLES

blp = Blueprint("message-templates", __name__, url_prefix="/api/v1", description="What is written to people.")

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts, searchable=False)
_as_sent, _variables, _preview = (
    shapes.MessageTemplatePatch(),
    shapes.MessageVariables(),
    shapes.MessagePreview(),
)


def _made(actor: Actor, template: MessageTemplate) -> Response:
    response = answers.ready(cards.whole_now(actor, template.id), 201)
    response.headers["Location"] = f"/api/v1/message-templates/{template.id}"
    return response


def _to_change(actor: Actor, template_id: UUID, sent: Mapping[str, Any]) -> MessageTemplate:
    """The template, locked, if the caller's change is based on what it is now."""
    template = queries.get(actor, template_id, to_change=True)
    etag.check(
        template,
        _as_sent.dump(sent),
        lambda: cards.flat(cards.whole_now(actor, template_id)),
        lambda: last_change(SUBJECT, template_id),
    )
    return template


@blp.route("/message-templates")
class MessageTemplates(MethodView):
    """Templates."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.MessageTemplatePage)
    def get(self) -> Response:
        """The templates of the company, filtered and sorted."""
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), paging.asked(cards.LISTING)))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.MessageTemplateIn)
    @blp.response(201, shapes.MessageTemplateOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Write a template; it is a draft until it is made active."""
        actor = current_actor()
        return _made(actor, services.create(actor, sent))


@blp.route("/message-templates/<uuid:template_id>")
class OneMessageTemplate(MethodView):
    """A template."""

    @hot_read
    @blp.response(200, shapes.MessageTemplateOut)
    def get(self, template_id: UUID) -> Response:
        """A template."""
        return answers.ready(cards.whole(identity.hot_driver(), current_actor(), template_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.MessageTemplatePatch)
    @blp.response(200, shapes.MessageTemplateOut)
    def patch(self, sent: dict[str, Any], template_id: UUID) -> Response:
        """Change what a template says, have it used, or archive it."""
        actor = current_actor()
        services.change(actor, _to_change(actor, template_id, sent), sent)
        return answers.ready(cards.whole_now(actor, template_id))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, template_id: UUID) -> None:
        """Take away a template that was never active."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, template_id, {}))


@blp.route("/message-templates/<uuid:template_id>/copies")
class Copies(MethodView):
    """The same once more."""

    @signed_in
    @blp.takes_key
    @blp.response(201, shapes.MessageTemplateOut)
    def post(self, template_id: UUID) -> Response:
        """Copy a template; the copy is a draft."""
        actor = current_actor()
        return _made(actor, services.copy(actor, queries.get(actor, template_id)))


@blp.route("/message-templates/<uuid:template_id>/translations")
class Translations(MethodView):
    """The same in other languages."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.TranslationIn)
    @blp.response(201, shapes.MessageTemplateOut)
    def post(self, sent: dict[str, Any], template_id: UUID) -> Response:
        """Begin a template in another language, a draft with the words of this one still to be changed."""
        actor = current_actor()
        template = queries.get(actor, template_id, to_change=True)
        return _made(actor, services.translate(actor, template, sent["locale"]))


@blp.route("/message-templates/<uuid:template_id>/trial-mails")
class TrialMails(MethodView):
    """A mail to oneself."""

    @signed_in
    @blp.takes_key
    @blp.response(201, shapes.TrialMail)
    def post(self, template_id: UUID) -> Response:
        """Send a mail as it stands in the template, with samples filled in, to one's own address."""
        actor = current_actor()
        address = trials.send(actor, queries.get(actor, template_id))
        return answers.ready({"address": address}, 201)


@blp.route("/message-variables")
class MessageVariables(MethodView):
    """What can stand in a message."""

    @signed_in
    @blp.response(200, shapes.MessageVariables)
    def get(self) -> Response:
        """All variables that can stand in a template, and which record each needs."""
        items = [
            {
                "name": one.name,
                "zh": one.zh,
                "en": one.en,
                "about": one.about,
                "always": one.name in ALWAYS_KNOWN,
            }
            for one in (*VARIABLES.values(), *own_variables.offered(current_actor()))
        ]
        return jsonify(_variables.dump({"items": items}))


@blp.route("/message-previews")
class MessagePreviews(MethodView):
    """How a message would look."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.MessagePreviewIn)
    @blp.response(200, shapes.MessagePreview)
    def post(self, sent: dict[str, Any]) -> Response:
        """How a message would look to a contact, or to somebody of whom all is known; nothing is saved."""
        contact_id = sent.pop("contact_id")
        return jsonify(_preview.dump(message_previews.preview(current_actor(), sent, contact_id)))
