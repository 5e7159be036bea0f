"""/api/v1/forms: what colleagues fill in, as an administrator designs it."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import forms as shapes
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.forms import queries
from app.forms.cards import forms as cards
from app.forms.models import Form
from app.forms.services import designing
from app.http import answers, etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint("forms", __name__, url_prefix="/api/v1", description="What colleagues fill in.")


def _to_change(actor: Actor, form_id: UUID, sent: dict[str, Any]) -> Form:
    """The form, locked, if the caller's change is based on what it is now."""
    form = queries.get(actor, form_id, to_change=True)
    etag.check(form, sent, lambda: cards.card(form), lambda: last_change(designing.SUBJECT, form_id))
    return form


@blp.route("/forms")
class Forms(MethodView):
    """Forms."""

    @signed_in
    @blp.response(200, shapes.Forms)
    def get(self) -> Response:
        """All forms, by name, for those who design them."""
        return answers.ready({"items": [cards.card(form) for form in queries.all_forms(current_actor())]})

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.FormIn)
    @blp.response(201, shapes.FormWhole)
    def post(self, sent: dict[str, Any]) -> Response:
        """Begin a form, empty or with fields to begin with."""
        form = designing.create(current_actor(), **sent)
        response = answers.ready(cards.whole(form), 201)
        response.headers["Location"] = f"/api/v1/forms/{form.id}"
        return response


@blp.route("/forms/<uuid:form_id>")
class OneForm(MethodView):
    """A form."""

    @signed_in
    @blp.response(200, shapes.FormWhole)
    def get(self, form_id: UUID) -> Response:
        """A form with what is designed, or else in force."""
        return answers.ready(cards.whole(queries.get(current_actor(), form_id)))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.FormPatch)
    @blp.response(200, shapes.FormWhole)
    def patch(self, sent: dict[str, Any], form_id: UUID) -> Response:
        """Call a form otherwise, or say anew who starts, sees and manages it."""
        actor = current_actor()
        form = _to_change(actor, form_id, sent)
        designing.update(actor, form, sent)
        return answers.ready(cards.whole(form))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, form_id: UUID) -> None:
        """Delete a form that was never in force."""
        actor = current_actor()
        designing.delete(actor, _to_change(actor, form_id, {}))


@blp.route("/forms/<uuid:form_id>/draft")
class Draft(MethodView):
    """What is designed."""

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.FormDraftIn)
    @blp.response(200, shapes.FormWhole)
    def put(self, sent: dict[str, Any], form_id: UUID) -> Response:
        """Keep what is designed, though it be unfinished; tells what is still wrong with it."""
        actor = current_actor()
        form = _to_change(actor, form_id, {})
        designing.design(actor, form, sent["definition"])
        return answers.ready(cards.whole(form))


@blp.route("/forms/<uuid:form_id>/publication")
class Publication(MethodView):
    """In force."""

    @signed_in
    @blp.takes_key
    @blp.needs_version
    @blp.response(200, shapes.FormWhole)
    def post(self, form_id: UUID) -> Response:
        """Put what is designed in force; a form without a flow gets one that asks the head of department."""
        actor = current_actor()
        form = _to_change(actor, form_id, {})
        designing.publish(actor, form)
        return answers.ready(cards.whole(form))


@blp.route("/forms/<uuid:form_id>/retirement")
class Retirement(MethodView):
    """Not in force any more."""

    @signed_in
    @blp.takes_key
    @blp.needs_version
    @blp.response(200, shapes.FormWhole)
    def post(self, form_id: UUID) -> Response:
        """Let nobody start a form any more; what was begun finishes."""
        actor = current_actor()
        form = _to_change(actor, form_id, {})
        designing.retire(actor, form)
        return answers.ready(cards.whole(form))


@blp.route("/forms/<uuid:form_id>/versions")
class Versions(MethodView):
    """What was in force."""

    @signed_in
    @blp.response(200, shapes.FormVersions)
    def get(self, form_id: UUID) -> Response:
        """The published versions of a form, the latest first."""
        return answers.ready(cards.versions(queries.get(current_actor(), form_id)))


@blp.route("/form-versions/<uuid:form_version_id>")
class OneVersion(MethodView):
    """What was in force."""

    @signed_in
    @blp.response(200, shapes.FormVersionOut)
    def get(self, form_version_id: UUID) -> Response:
        """A published version with its definition."""
        return answers.ready(cards.version_whole(queries.version(current_actor(), form_version_id)))
