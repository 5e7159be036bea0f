"""/api/v1/approvals/{id}/receipts: the receipts of a claim, for whoever is asked about it."""

from uuid import UUID

from flask import Response
from flask.views import MethodView

from app.expenses import receipts
from app.files import queries as files
from app.files import storage
from app.files.types import SHOWN
from app.http import downloads
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint(
    "expense-receipts", __name__, url_prefix="/api/v1", description="Receipts, for those who are asked."
)
_BYTES = {"type": "string", "format": "binary"}
_CONTENT = {"description": "A picture or PDF", "content": {one: {"schema": _BYTES} for one in sorted(SHOWN)}}
_SMALL = {"description": "OK", "content": {"image/webp": {"schema": _BYTES}}}
_UNCHANGED = {"description": "The reader has it already"}
_ONE = "/approvals/<uuid:approval_id>/receipts/<uuid:attachment>"


@blp.route(f"{_ONE}/content")
class ReceiptContent(MethodView):
    """The bytes of a receipt."""

    @signed_in
    @blp.doc(responses={"200": _CONTENT, "304": _UNCHANGED})
    def get(self, approval_id: UUID, attachment: UUID) -> Response:
        """The bytes of a receipt that an approval shows its reader."""
        shown = receipts.submitted_with(current_actor(), approval_id, attachment)
        slug, sha256 = files.content(shown)
        return downloads.safely(
            lambda: storage.store().read(storage.key_of(slug, sha256)),
            shown.name,
            tag=sha256,
            shown_as=shown.media_type,
        )


@blp.route(f"{_ONE}/thumbnail")
class ReceiptThumbnail(MethodView):
    """A small picture of a receipt."""

    @signed_in
    @blp.doc(responses={"200": _SMALL, "304": _UNCHANGED})
    def get(self, approval_id: UUID, attachment: UUID) -> Response:
        """A receipt that an approval shows its reader, small, as WebP."""
        shown = receipts.submitted_with(current_actor(), approval_id, attachment)
        slug, sha256 = files.content(shown)
        return downloads.safely(
            lambda: storage.store().read(storage.thumbnail_of(slug, sha256)),
            "thumbnail.webp",
            tag=f"{sha256}-small",
            shown_as="image/webp",
        )
