"""/api/v1/lists/{list}/views: ways to look at a list, kept."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import views as shapes
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.http import answers, etag, identity
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.views import queries, services
from app.views.models import SavedView
from app.views.services import SUBJECT, ViewDraft

blp = Blueprint("views", __name__, url_prefix="/api/v1", description="Ways to look at lists.")

_LIST = (
    "/lists/<any(customer, contact, activity, task, product, quote, asset, 'service-record', purchase, "
    "'expense-claim', 'expense-request', advance, 'outreach-message', campaign, letter):list_name>"
)


def _written(actor: Actor, view_id: UUID, status: int = 200) -> Response:
    response = answers.ready(queries.one_now(actor, view_id), status)
    if status == 201:
        response.headers["Location"] = f"/api/v1/views/{view_id}"
    return response


def _to_change(actor: Actor, view_id: UUID, sent: dict[str, Any]) -> SavedView:
    """The view, locked, if the caller's change is based on what it is now."""
    view = queries.to_change(actor, view_id)
    etag.check(view, sent, lambda: queries.one_now(actor, view_id), lambda: last_change(SUBJECT, view_id))
    return view


@blp.route(_LIST + "/views")
class Views(MethodView):
    """The views of a list."""

    @hot_read
    @blp.response(200, shapes.Views)
    def get(self, list_name: str) -> Response:
        """One's own views of a list and those shared with one, in one's own order."""
        return answers.ready(queries.all_of(identity.hot_driver(), current_actor(), list_name))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.ViewIn)
    @blp.response(201, shapes.ViewOut)
    def post(self, sent: dict[str, Any], list_name: str) -> Response:
        """Keep a way to look at a list."""
        actor = current_actor()
        view = services.create(actor, ViewDraft(list_name=list_name, **sent))
        return _written(actor, view.id, 201)


@blp.route(_LIST + "/view-choice")
class ViewChoice(MethodView):
    """What one prefers."""

    @signed_in
    @blp.arguments(shapes.ViewChoiceIn)
    @blp.response(200, shapes.Views)
    def put(self, sent: dict[str, Any], list_name: str) -> Response:
        """Say in which order one has the views of a list, and which one sees first."""
        actor = current_actor()
        services.choose(actor, list_name, sent["view_ids"], sent["default_view_id"])
        return answers.ready(queries.all_of_now(actor, list_name))


@blp.route("/views/<uuid:view_id>")
class OneView(MethodView):
    """A view."""

    @hot_read
    @blp.response(200, shapes.ViewOut)
    def get(self, view_id: UUID) -> Response:
        """A view as far as one may have it, and what was dropped."""
        return answers.ready(queries.one(identity.hot_driver(), current_actor(), view_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.ViewPatch)
    @blp.response(200, shapes.ViewOut)
    def patch(self, sent: dict[str, Any], view_id: UUID) -> Response:
        """Change a view."""
        actor = current_actor()
        services.change(actor, _to_change(actor, view_id, sent), sent)
        return _written(actor, view_id)

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, view_id: UUID) -> None:
        """Do away with a view; it can be restored."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, view_id, {}))


@blp.route("/views/<uuid:view_id>/restoration")
class ViewRestoration(MethodView):
    """Bringing a view back."""

    @signed_in
    @blp.takes_key
    @blp.response(200, shapes.ViewOut)
    def post(self, view_id: UUID) -> Response:
        """Restore a view that was deleted."""
        actor = current_actor()
        services.restore(actor, queries.to_change(actor, view_id, deleted=True))
        return _written(actor, view_id)
