"""/api/v1/product-categories: the drawers of the catalogue."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import products as shapes
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.http import etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor
from app.products import categories, queries
from app.products.models import ProductCategory
from app.products.trail import CATEGORY

blp = Blueprint(
    "product-categories", __name__, url_prefix="/api/v1", description="The drawers of the catalogue."
)
_one = shapes.CategoryOut()


def _cards(actor: Actor) -> list[dict[str, Any]]:
    return [dict(_one.dump(row)) for row in queries.tree(actor)]


def _card(actor: Actor, category_id: UUID) -> dict[str, Any]:
    return next(card for card in _cards(actor) if card["id"] == str(category_id))


def _to_change(actor: Actor, category_id: UUID, sent: dict[str, Any]) -> ProductCategory:
    category = queries.category(actor, category_id, to_change=True)
    etag.check(category, sent, lambda: _card(actor, category_id), lambda: last_change(CATEGORY, category_id))
    return category


def _answer(actor: Actor, category: ProductCategory, status: int = 200) -> Response:
    response = jsonify(_card(actor, category.id))
    response.status_code = status
    return etag.tag(response, category)


@blp.route("/product-categories")
class Categories(MethodView):
    """All categories."""

    @signed_in
    @blp.response(200, shapes.CategoryTree)
    def get(self) -> Response:
        """The whole tree, flat."""
        return jsonify({"items": _cards(current_actor())})

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.CategoryIn)
    @blp.response(201, shapes.CategoryOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Make a category."""
        actor = current_actor()
        return _answer(actor, categories.create(actor, **sent), 201)


@blp.route("/product-categories/<uuid:category_id>")
class OneCategory(MethodView):
    """One category."""

    @signed_in
    @blp.response(200, shapes.CategoryOut)
    def get(self, category_id: UUID) -> Response:
        """A category."""
        actor = current_actor()
        return _answer(actor, queries.category(actor, category_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.CategoryPatch)
    @blp.response(200, shapes.CategoryOut)
    def patch(self, sent: dict[str, Any], category_id: UUID) -> Response:
        """Rename, move or reorder a category."""
        actor = current_actor()
        category = _to_change(actor, category_id, shapes.CategoryPatch().dump(sent))
        categories.change(actor, category, sent)
        return _answer(actor, category)

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, category_id: UUID) -> None:
        """Delete an empty category."""
        actor = current_actor()
        categories.remove(actor, _to_change(actor, category_id, {}))
