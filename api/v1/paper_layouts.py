"""/api/v1/paper-layouts: how what leaves the house looks."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import paper_layouts as shapes
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.http import answers, etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor
from app.papers import pictures, queries, services
from app.papers.models import PaperLayout
from app.papers.services import SUBJECT
from app.quotes import previews

blp = Blueprint("paper-layouts", __name__, url_prefix="/api/v1", description="How paper looks.")
_list, _one = shapes.PaperLayoutList(), shapes.PaperLayoutOut(exclude=("logo",))


def _shown(layout: PaperLayout) -> dict[str, Any]:
    return {**_one.dump(layout), "logo": pictures.shown(layout.logo)}


def _answer(layout: PaperLayout, status: int = 200) -> Response:
    response = answers.ready(_shown(layout), status)
    if status == 201:
        response.headers["Location"] = f"/api/v1/paper-layouts/{layout.id}"
    return response


def _to_change(actor: Actor, layout_id: UUID, sent: dict[str, Any]) -> PaperLayout:
    layout = queries.get(actor, layout_id, to_change=True)
    etag.check(layout, sent, lambda: _shown(layout), lambda: last_change(SUBJECT, layout_id))
    return layout


@blp.route("/paper-layouts")
class PaperLayouts(MethodView):
    """Layouts of paper."""

    @signed_in
    @blp.response(200, shapes.PaperLayoutList)
    def get(self) -> Response:
        """All layouts, the oldest first; without one, paper looks as the product says."""
        return jsonify(_list.dump({"items": queries.every(current_actor())}))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.PaperLayoutIn)
    @blp.response(201, shapes.PaperLayoutOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Make a layout; the first is taken unless another is asked for."""
        return _answer(services.create(current_actor(), sent), 201)


@blp.route("/paper-layouts/<uuid:layout_id>")
class OnePaperLayout(MethodView):
    """One layout."""

    @signed_in
    @blp.response(200, shapes.PaperLayoutOut)
    def get(self, layout_id: UUID) -> Response:
        """A layout, whole."""
        return _answer(queries.get(current_actor(), layout_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.PaperLayoutPatch)
    @blp.response(200, shapes.PaperLayoutOut)
    def patch(self, sent: dict[str, Any], layout_id: UUID) -> Response:
        """Change a layout."""
        actor = current_actor()
        layout = _to_change(actor, layout_id, sent)
        services.change(actor, layout, sent)
        return _answer(layout)

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, layout_id: UUID) -> None:
        """Remove a layout for ever."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, layout_id, {}))


@blp.route("/paper-previews")
class PaperPreviews(MethodView):
    """Looking at a layout."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.PaperLayoutIn)
    @blp.response(200, shapes.PaperPreview)
    def post(self, sent: dict[str, Any]) -> Response:
        """How a made-up quote would look in a layout; nothing is kept."""
        page = previews.paper(current_actor(), sent)
        return answers.ready({"page": pictures.shown(page)})
