"""/api/v1/records/{type}/{id}/comments: what is said about records of any kind."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.record_paths import RECORD
from api.v1.schemas import comments as shapes
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.comments import cards, queries, services
from app.comments.policies import Said
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.records import queries as records

blp = Blueprint("comments", __name__, url_prefix="/api/v1", description="What is said about records.")

_MOST_OPTIONS = 20


def _written(actor: Actor, comment_id: UUID, status: int = 200) -> Response:
    response = answers.ready(cards.whole_now(actor, comment_id), status)
    if status == 201:
        response.headers["Location"] = f"/api/v1/comments/{comment_id}"
    return response


def _to_change(actor: Actor, comment_id: UUID, sent: dict[str, Any]) -> Said:
    """The comment, locked, if the caller's change is based on what it is now."""
    said = queries.get(actor, comment_id)
    etag.check(
        said.comment,
        sent,
        lambda: cards.whole_now(actor, comment_id),
        lambda: last_change(said.comment.kind, comment_id),
    )
    return said


@blp.route(RECORD + "/comments")
class Comments(MethodView):
    """What is said about a record."""

    @hot_read
    @blp.doc(parameters=paging.PAGE)
    @blp.response(200, shapes.CommentPage)
    def get(self, type: str, record_id: UUID) -> Response:  # noqa: A002
        """What is said about a record, annotations included, the latest first."""
        actor, sent, connection = current_actor(), paging.only("limit", "cursor"), identity.hot_driver()
        records.demand(connection, actor, type, record_id)
        after, limit = paging.after(sent, cards.SORT), paging.limit(sent)
        return answers.ready(cards.page(connection, actor, type, record_id, after=after, limit=limit))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.NewComment)
    @blp.response(201, shapes.CommentOut)
    def post(self, sent: dict[str, Any], type: str, record_id: UUID) -> Response:  # noqa: A002
        """Say something about a record; colleagues who are mentioned are told."""
        actor = current_actor()
        record, files = records.get(actor, type, record_id), sent["attachment_ids"]
        comment = services.create(actor, record, sent["text"], files)
        return _written(actor, comment.id, 201)


@blp.route(RECORD + "/mention-options")
class MentionOptions(MethodView):
    """Whom one can mention."""

    @signed_in
    @blp.arguments(shapes.MentionQuery, location="query")
    @blp.response(200, shapes.MentionOptions)
    def get(self, asked: dict[str, Any], type: str, record_id: UUID) -> Response:  # noqa: A002
        """The first colleagues who may see a record, themselves left out."""
        actor = current_actor()
        record = records.get(actor, type, record_id)
        found = records.colleagues_who_see(actor, record, asked["q"], most=_MOST_OPTIONS + 1)
        items = [
            {"id": str(one.actor.id), "name": one.actor.name, "department_name": one.department_name}
            for one in found
            if one.actor.id != actor.id
        ]
        return answers.ready({"items": items[:_MOST_OPTIONS]})


@blp.route("/activities/<uuid:activity_id>/annotations")
class Annotations(MethodView):
    """What managers say about a follow-up."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.CommentIn)
    @blp.response(201, shapes.CommentOut)
    def post(self, sent: dict[str, Any], activity_id: UUID) -> Response:
        """Annotate a colleague's follow-up; they are told."""
        actor = current_actor()
        comment = services.annotate(actor, records.get(actor, "activity", activity_id), sent["text"])
        return _written(actor, comment.id, 201)


@blp.route("/comments/<uuid:comment_id>")
class OneComment(MethodView):
    """A comment."""

    @signed_in
    @blp.response(200, shapes.CommentOut)
    def get(self, comment_id: UUID) -> Response:
        """A comment on a record one sees."""
        actor = current_actor()
        queries.get(actor, comment_id)
        return _written(actor, comment_id)

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.CommentIn)
    @blp.response(200, shapes.CommentOut)
    def patch(self, sent: dict[str, Any], comment_id: UUID) -> Response:
        """Say one's own words otherwise."""
        actor = current_actor()
        services.update(actor, _to_change(actor, comment_id, sent), sent["text"])
        return _written(actor, comment_id)

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, comment_id: UUID) -> None:
        """Take one's own words back; they can be restored for a week."""
        actor = current_actor()
        services.delete(actor, _to_change(actor, comment_id, {}))


@blp.route("/comments/<uuid:comment_id>/restoration")
class CommentRestoration(MethodView):
    """Letting one's words stand again."""

    @signed_in
    @blp.takes_key
    @blp.response(200, shapes.CommentOut)
    def post(self, comment_id: UUID) -> Response:
        """Restore a comment that one has taken back."""
        actor = current_actor()
        services.restore(actor, queries.to_restore(actor, comment_id))
        return _written(actor, comment_id)
