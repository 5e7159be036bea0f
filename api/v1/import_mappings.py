"""/api/v1/import-mappings: how files are read, kept for the next one with the same headings."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from api.v1.schemas import imports as shapes
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor
from app.imports import kept_mappings, queries

blp = Blueprint("import-mappings", __name__, url_prefix="/api/v1", description="How files are read.")


@blp.route("/import-mappings")
class KeptMappings(MethodView):
    """Mappings that are kept for further files."""

    @signed_in
    @blp.arguments(shapes.KeptMappingQuery, location="query")
    @blp.response(200, shapes.KeptMappingList)
    def get(self, asked: dict[str, Any]) -> dict[str, Any]:
        """All of them, by name."""
        return {"items": kept_mappings.all_of(current_actor(), asked["type"])}

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.KeptMappingIn)
    @blp.response(201, shapes.KeptMapping)
    def post(self, sent: dict[str, Any]) -> Any:
        """Keep how a file is read, in place of what was kept under that name."""
        actor = current_actor()
        return kept_mappings.keep(actor, queries.get(actor, sent["import_id"]), sent["name"])


@blp.route("/import-mappings/<uuid:mapping_id>")
class OneKeptMapping(MethodView):
    """A mapping that is kept."""

    @signed_in
    @blp.response(204)
    def delete(self, mapping_id: UUID) -> None:
        """Keep it no longer; imports stay as they are."""
        kept_mappings.forget(current_actor(), mapping_id)
