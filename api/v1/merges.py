"""/api/v1/merges: several records become one, and are parted again."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from api.v1.schemas import duplicates as shapes
from app.access.actor import Actor
from app.core.keyset import read_id_cursor
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor
from app.merging import parting, queries, services
from app.merging.models import Merge
from app.merging.services import Wanted

blp = Blueprint("merges", __name__, url_prefix="/api/v1", description="Several records become one.")


def _shown(actor: Actor, found: list[Merge]) -> list[dict[str, Any]]:
    users = {str(one.merged_by_id) for one in found}
    called = queries.names_of(actor, users)
    return [
        {
            "id": one.id,
            "type": one.type,
            "master": {"id": one.master_id, "name": one.master_name},
            "merged": one.merged,
            "merged_by": called.user(str(one.merged_by_id)),
            "created_at": one.created_at,
            "undone_at": one.undone_at,
            "left_over": one.left_over,
            "can": {"undo": one.undone_at is None and queries.may_merge(actor, one.type)},
        }
        for one in found
    ]


@blp.route("/merges")
class Merges(MethodView):
    """Merges."""

    @signed_in
    @blp.arguments(shapes.MergeQuery, location="query")
    @blp.response(200, shapes.MergePage)
    def get(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The merges of a kind of record, the newest first."""
        actor, before = current_actor(), read_id_cursor(asked["cursor"])
        found, last = queries.page(actor, asked["type"], before=before, limit=asked["limit"])
        return {"items": _shown(actor, list(found)), "next_cursor": last.hex if last else None}

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.MergeIn)
    @blp.response(201, shapes.Merge)
    def post(self, sent: dict[str, Any]) -> dict[str, Any]:
        """Let one record take the place of others, with everything that points to them."""
        actor = current_actor()
        wanted = Wanted(
            type=sent["type"],
            master_id=sent["master_id"],
            versions={one["id"]: one["version"] for one in sent["records"]},
            choices=sent["choices"],
        )
        return _shown(actor, [services.merge(actor, wanted)])[0]


@blp.route("/merges/<uuid:merge_id>")
class OneMerge(MethodView):
    """A merge."""

    @signed_in
    @blp.response(200, shapes.Merge)
    def get(self, merge_id: UUID) -> dict[str, Any]:
        """What became one."""
        actor = current_actor()
        return _shown(actor, [queries.get(actor, merge_id)])[0]


@blp.route("/merges/<uuid:merge_id>/undo")
class MergeUndo(MethodView):
    """Parting what was merged."""

    @signed_in
    @blp.takes_key
    @blp.response(200, shapes.Merge)
    def post(self, merge_id: UUID) -> dict[str, Any]:
        """Put everything back that nobody has changed since; `left_over` tells what could not be."""
        actor = current_actor()
        merge = queries.get(actor, merge_id)
        parting.undo(actor, merge)
        return _shown(actor, [merge])[0]
