"""/api/v1/followed-links: where links in mail lead, by way of us."""

from typing import Any

from flask import Response, request
from flask.views import MethodView

from api.v1.schemas.outreach_messages import FollowedLinkQuery
from app.http.blueprint import Blueprint
from app.http.door import public
from app.outreach import clicking, visitors

blp = Blueprint("followed-links", __name__, url_prefix="/api/v1", description="Links in mail.")


@blp.route("/followed-links")
class FollowedLinks(MethodView):
    """Links in mail."""

    @public("whoever reads a mail follows its links without an account; the link is the proof")
    @blp.arguments(FollowedLinkQuery, location="query")
    @blp.response(302)
    def get(self, asked: dict[str, Any]) -> Response:
        """Lead on to where a link of a mail leads; that somebody has followed it is noted once."""
        seen = visitors.is_person(request.method, dict(request.headers))
        answer = Response(status=302)
        answer.headers["Location"] = clicking.follow(asked["token"], in_person=seen)
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer
