"""/api/v1/records/{type}/{id}/attachments: files on records of any kind."""

from typing import Any
from uuid import UUID

from flask import Response, g, request
from flask.views import MethodView

from api.v1.record_paths import RECORD
from api.v1.schemas import attachments as shapes
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.core.uow import unit_of_work
from app.files import arrivals, cards, queries, services, uploads
from app.files.arrivals import Arrival
from app.files.policies import Hung
from app.files.services import SUBJECT
from app.http import answers, attached, etag, idempotency, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import Door, current_door, signed_in
from app.http.identity import current_actor
from app.records import queries as records
from app.records.kinds import Record

blp = Blueprint("attachments", __name__, url_prefix="/api/v1", description="Files on records.")

_AROUND_A_FILE = 64 * 1024


@blp.before_request
def _receive() -> None:
    """Take a file in: only for a record one sees, and with no transaction open, as it can last minutes.

    The view asks again who is calling and what they see: much can have changed meanwhile.
    """
    doors = {f"{blp.name}.{door.__name__}" for door in (Attachments, Uploads)}
    if request.endpoint not in doors or request.method != "POST":
        return
    with unit_of_work():
        identity.admit(current_door() or Door("signed-in"), reading=False)
        actor, way = current_actor(), request.view_args or {}
        record = records.get(actor, way["type"], way["record_id"]) if way else uploads.desk(actor)
        used = idempotency.is_used(actor)
        if not used:
            arrivals.expect(actor, record)
    # Only an upload may be larger than other requests.
    request.max_content_length = arrivals.limits().largest + _AROUND_A_FILE
    sent = request.files.get("file")
    if not used and sent is not None and sent.filename:
        looked = arrivals.look(sent.stream, sent.filename)
        g.arrival = arrivals.keep(actor, record, looked, sent.stream)
        sent.stream.seek(0)


def _shown(actor: Actor, record: Record, attachment_id: UUID, status: int = 200) -> Response:
    return answers.ready(cards.whole_now(actor, record, attachment_id), status)


def _to_change(actor: Actor, attachment_id: UUID, sent: dict[str, Any]) -> Hung:
    """The file, locked, if the caller's change is based on what it is now."""
    hung = queries.get(actor, attachment_id, to_change=True)
    etag.check(
        hung.attachment,
        sent,
        lambda: cards.whole_now(actor, hung.record, attachment_id),
        lambda: last_change(SUBJECT, attachment_id),
    )
    return hung


@blp.route(RECORD + "/attachments")
class Attachments(MethodView):
    """The files of a record."""

    @signed_in
    @blp.doc(parameters=paging.PAGE)
    @blp.response(200, shapes.AttachmentPage)
    def get(self, type: str, record_id: UUID) -> Response:  # noqa: A002
        """The files of a record, the latest first."""
        actor, sent = current_actor(), paging.only("limit", "cursor")
        after, limit = paging.after(sent, cards.SORT), paging.limit(sent)
        record = records.get(actor, type, record_id)
        return answers.ready(cards.page(actor, record, after=after, limit=limit))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.AttachmentIn, location="form", content_type="multipart/form-data")
    @blp.response(201, shapes.AttachmentOut)
    def post(self, sent: dict[str, Any], type: str, record_id: UUID) -> Response:  # noqa: A002
        """Hang a file on a record: a picture, PDF, office document, text, audio or archive, by its bytes."""
        actor, arrival = current_actor(), g.arrival
        assert isinstance(arrival, Arrival)  # noqa: S101  (what came as `file` was received)
        record = records.get(actor, type, record_id)
        attachment = services.attach(actor, record, arrival)
        response = _shown(actor, record, attachment.id, 201)
        response.headers["Location"] = f"/api/v1/attachments/{attachment.id}"
        return response


@blp.route("/uploads")
class Uploads(MethodView):
    """Files that wait to be hung somewhere."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.AttachmentIn, location="form", content_type="multipart/form-data")
    @blp.response(201, shapes.AttachmentOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Bring a file for a form that is being filled in; it is kept for a week unless the form is saved."""
        actor, arrival = current_actor(), g.arrival
        assert isinstance(arrival, Arrival)  # noqa: S101  (what came as `file` was received)
        record = uploads.desk(actor)
        return _shown(actor, record, services.attach(actor, record, arrival).id, 201)


@blp.route("/attachments/<uuid:attachment_id>")
class OneAttachment(MethodView):
    """A file on a record."""

    @signed_in
    @blp.response(200, shapes.AttachmentOut)
    def get(self, attachment_id: UUID) -> Response:
        """What is known of a file on a record one sees."""
        actor = current_actor()
        return _shown(actor, queries.get(actor, attachment_id).record, attachment_id)

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.AttachmentPatch)
    @blp.response(200, shapes.AttachmentOut)
    def patch(self, sent: dict[str, Any], attachment_id: UUID) -> Response:
        """Call a file otherwise."""
        actor = current_actor()
        hung = _to_change(actor, attachment_id, sent)
        services.rename(actor, hung, sent["name"])
        return _shown(actor, hung.record, attachment_id)

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, attachment_id: UUID) -> None:
        """Take a file off its record; it can be restored for a week."""
        actor = current_actor()
        services.remove(actor, _to_change(actor, attachment_id, {}))


@blp.route("/attachments/<uuid:attachment_id>/restoration")
class AttachmentRestoration(MethodView):
    """Hanging a file back."""

    @signed_in
    @blp.takes_key
    @blp.response(200, shapes.AttachmentOut)
    def post(self, attachment_id: UUID) -> Response:
        """Hang a file back that was taken off."""
        actor = current_actor()
        hung = queries.to_restore(actor, attachment_id)
        services.restore(actor, hung)
        return _shown(actor, hung.record, attachment_id)


@blp.route("/attachments/<uuid:attachment_id>/content")
class AttachmentContent(MethodView):
    """The bytes of a file."""

    @signed_in
    @blp.doc(responses=attached.CONTENT)
    def get(self, attachment_id: UUID) -> Response:
        """The bytes of a file; pictures and PDF as what they are, all else to be saved."""
        return attached.content(queries.get(current_actor(), attachment_id).attachment)


@blp.route("/attachments/<uuid:attachment_id>/thumbnail")
class AttachmentThumbnail(MethodView):
    """A small picture of a picture."""

    @signed_in
    @blp.doc(responses=attached.THUMBNAIL)
    def get(self, attachment_id: UUID) -> Response:
        """A picture, small, as WebP."""
        return attached.thumbnail(queries.get(current_actor(), attachment_id).attachment)
