"""/api/v1/approval-files: what hangs on what is to be granted, for those who are asked."""

from uuid import UUID

from flask import Response
from flask.views import MethodView

from app.approvals.cards import seen
from app.http import attached
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint("approval-files", __name__, url_prefix="/api/v1", description="Files to look at.")
_FILE = "/approval-files/<uuid:attachment_id>"


@blp.route(_FILE + "/content")
class ApprovalFile(MethodView):
    """The bytes of a file."""

    @signed_in
    @blp.doc(responses=attached.CONTENT)
    def get(self, attachment_id: UUID) -> Response:
        """The bytes of a file on what an approval is about."""
        return attached.content(seen.file(current_actor(), attachment_id))


@blp.route(_FILE + "/thumbnail")
class ApprovalFileThumbnail(MethodView):
    """A small picture of a picture."""

    @signed_in
    @blp.doc(responses=attached.THUMBNAIL)
    def get(self, attachment_id: UUID) -> Response:
        """A picture on what an approval is about, small, as WebP."""
        return attached.thumbnail(seen.file(current_actor(), attachment_id))
