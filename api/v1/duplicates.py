"""/api/v1/duplicates: records that may be the same, while they are typed and when they are there."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import duplicates as shapes
from app.customers.duplicates import Traits
from app.http import answers, identity
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.merging import groups, hints, marks

blp = Blueprint("duplicates", __name__, url_prefix="/api/v1", description="Records that may be the same.")


def _traits(sent: dict[str, Any]) -> Traits:
    return Traits(
        name=sent["name"],
        phones=tuple(sent["phones"]),
        email=sent["email"],
        credit_code=sent["credit_code"],
        company=not sent["person"],
    )


@blp.route("/duplicate-hints")
class Hints(MethodView):
    """Who may be the same as somebody about to be entered."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.Traits)
    @blp.response(200, shapes.HintList)
    def post(self, sent: dict[str, Any]) -> dict[str, Any]:
        """Ask; nothing is kept. Of a record that one may not see it is only told whose it is."""
        found = hints.hints(current_actor(), sent["type"], _traits(sent), sent["besides_id"])
        return {"items": found}


@blp.route("/owner-requests")
class OwnerRequests(MethodView):
    """Asking the owners of duplicates that one may not see."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.Traits)
    @blp.response(200, shapes.Asked)
    def post(self, sent: dict[str, Any]) -> dict[str, Any]:
        """Let them know that one would like to talk."""
        told = hints.want_owner(current_actor(), sent["type"], _traits(sent), sent["besides_id"])
        return {"count": told}


@blp.route("/duplicates")
class Groups(MethodView):
    """Records that look alike."""

    @hot_read
    @blp.arguments(shapes.GroupQuery, location="query")
    @blp.response(200, shapes.GroupPage)
    def get(self, asked: dict[str, Any]) -> Response:
        """Groups of records that one may merge and that have the same key."""
        word = asked["type"]
        page = groups.page(
            identity.hot_driver(),
            current_actor(),
            word,
            asked["by"],
            cursor=asked["cursor"],
            limit=asked["limit"],
        )
        both: dict[str, Any] = {"customers": [], "contacts": []}
        return answers.ready({**both, f"{word}s": page["items"], "next_cursor": page["next_cursor"]})


@blp.route("/duplicate-marks")
class Marks(MethodView):
    """What looks alike and is not the same."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.MarkIn)
    @blp.response(201, shapes.Mark)
    def post(self, sent: dict[str, Any]) -> dict[str, Any]:
        """Say that records are different ones: they are no group any more."""
        return {"id": marks.mark(current_actor(), sent["type"], sent["alike_ids"])}


@blp.route("/duplicate-marks/<uuid:mark_id>")
class OneMark(MethodView):
    """Something that was said to be different."""

    @signed_in
    @blp.response(204)
    def delete(self, mark_id: UUID) -> None:
        """Take it back."""
        marks.unmark(current_actor(), mark_id)
