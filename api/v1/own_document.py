"""/api/v1/openapi.json: the interface with the company's own fields in it."""

from flask import Response, current_app
from flask.views import MethodView

from app.http import tenant_openapi
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint("own-document", __name__, url_prefix="/api/v1", description="The interface itself.")


@blp.route("/openapi.json")
class OwnDocument(MethodView):
    """The interface of one's company."""

    @signed_in
    @blp.response(200, {"type": "object"})
    def get(self) -> Response:
        """This document with the company's own fields, as far as one may read and write them."""
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
        return Response(tenant_openapi.document(app, current_actor()), mimetype="application/json")
