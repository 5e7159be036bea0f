"""/api/v1/quotes/{id}/pdf: quotes as paper."""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas.paper_layouts import PaperQuery
from app.core.uow import let_go
from app.http import downloads
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor
from app.quotes import paper, queries
from app.quotes.paper import Paper

blp = Blueprint("quote-papers", __name__, url_prefix="/api/v1", description="Quotes as paper.")
_FILE = {"type": "string", "format": "binary"}
PDF = "application/pdf"


def printed(read: Paper) -> Response:
    """A paper as a file; nothing of the database is held while it is set."""
    let_go()
    return downloads.attachment(BytesIO(read.pdf()), read.name, PDF)


@blp.route("/quotes/<uuid:quote_id>/pdf")
class QuotePdf(MethodView):
    """A quote as PDF."""

    @signed_in
    @blp.arguments(PaperQuery, location="query")
    @blp.response(200, _FILE, content_type=PDF)
    def get(self, asked: dict[str, Any], quote_id: UUID) -> Response:
        """A quote as it is, without what only colleagues may know; a draft says that it is one."""
        actor = current_actor()
        quote = queries.get(actor, quote_id)
        return printed(paper.of(actor, quote, layout_id=asked.get("layout_id")))


@blp.route("/quotes/<uuid:quote_id>/versions/<int:revision>/pdf")
class VersionPdf(MethodView):
    """A version of a quote as PDF."""

    @signed_in
    @blp.arguments(PaperQuery, location="query")
    @blp.response(200, _FILE, content_type=PDF)
    def get(self, asked: dict[str, Any], quote_id: UUID, revision: int) -> Response:
        """What was submitted as a version."""
        actor = current_actor()
        quote = queries.get(actor, quote_id)
        layout_id = asked.get("layout_id")
        return printed(paper.of(actor, quote, revision=revision, layout_id=layout_id))
